import { z } from 'zod';
import { secret } from './fields';

/** KakaoTalk's Event API, by which the bot speaks first. */
export interface KakaoEventConfig {
  readonly botId: string;
  readonly restKey: string;
  readonly eventName: string;
}

/** For the schema in `bot/config.ts`. */
export const kakaoEventSettings = {
  KAKAO_EVENT_BOT_ID: z
    .string()
    .regex(
      /^[0-9a-f]{24}!?$/,
      'must be the id of the bot: 24 hexadecimal digits, and ! for the development channel.',
    )
    .optional(),
  KAKAO_EVENT_REST_KEY: secret.optional(),
  KAKAO_EVENT_NAME: z
    .string()
    .regex(/^[\p{L}\p{N}_-]{1,40}$/u, 'must be the name of the event as the Event block has it.')
    .optional(),
};

const names = ['KAKAO_EVENT_BOT_ID', 'KAKAO_EVENT_REST_KEY', 'KAKAO_EVENT_NAME'] as const;

/** Undefined: KakaoTalk customers are reminded when they next write, or by another way. */
export function kakaoEventOf(
  data: z.output<z.ZodObject<typeof kakaoEventSettings>>,
): KakaoEventConfig | undefined {
  const { KAKAO_EVENT_BOT_ID: botId, KAKAO_EVENT_REST_KEY: restKey, KAKAO_EVENT_NAME: eventName } = data;
  if (botId === undefined || restKey === undefined || eventName === undefined) return undefined;
  return { botId, restKey, eventName };
}

/** Settings that are fine alone but not together. */
export function kakaoEventContradictions(given: Readonly<Record<string, string>>): string[] {
  const missing = names.filter((name) => !given[name]);
  if (missing.length === 0)
    return given.KAKAO_SKILL_SECRET ? [] : ['KAKAO_EVENT_NAME needs KAKAO_SKILL_SECRET.'];
  return missing.length === names.length ? [] : [`KakaoTalk events need ${missing.join(', ')} too.`];
}
