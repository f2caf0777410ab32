import { z } from 'zod';
import { wholeNumber } from './fields';

/** Who takes conversations over from the bot, and when. */
export interface HandoffConfig {
  /** 'none': customers hear which numbers to call. */
  readonly provider: 'desk' | 'chatwoot' | 'none';
  /** 'callCentre': as `data/channels.json` has it for the phone, Korean holidays left out. */
  readonly hours: 'callCentre' | 'always';
  /** How long a customer waits before hearing that nobody came, ms. */
  readonly timeoutMs: number;
}

export const handoffDefaults: HandoffConfig = {
  provider: 'desk',
  hours: 'callCentre',
  timeoutMs: 15 * 60_000,
};

/** For the schema in `bot/config.ts`. */
export const handoffSettings = {
  HANDOFF_PROVIDER: z
    .enum(['desk', 'chatwoot', 'none'], { error: 'must be desk, chatwoot or none.' })
    .default(handoffDefaults.provider),
  HANDOFF_HOURS: z
    .enum(['callCentre', 'always'], { error: 'must be callCentre or always.' })
    .default(handoffDefaults.hours),
  HANDOFF_TIMEOUT_MINUTES: wholeNumber(1, 1_440).default(handoffDefaults.timeoutMs / 60_000),
};

export function handoffOf(data: {
  readonly HANDOFF_PROVIDER: HandoffConfig['provider'];
  readonly HANDOFF_HOURS: HandoffConfig['hours'];
  readonly HANDOFF_TIMEOUT_MINUTES: number;
}): HandoffConfig {
  return {
    provider: data.HANDOFF_PROVIDER,
    hours: data.HANDOFF_HOURS,
    timeoutMs: data.HANDOFF_TIMEOUT_MINUTES * 60_000,
  };
}
