import { z } from 'zod';
import type { Clock } from '../clock';
import type { JsonValue } from '../turn/turnStore';
import { storedLine } from './identityRecords';
import type { LineDirectory } from './lineDirectory';
import type { OneTimeCodes } from './oneTimeCode';
import type { UsableLines } from './usableLines';

const payloadShape = z.strictObject({
  challengeNonce: z.string(),
  lineId: storedLine,
  binding: z.strictObject({ channelId: z.string(), conversationId: z.string(), userId: z.string() }),
  purpose: z.string(),
  digits: z.number().int().min(1).max(12),
  expiresAtMs: z.number().int(),
  language: z.enum(['ko', 'en']),
});
/** What lies in the outbox: neither the code nor the phone number. */
export type CodePayload = z.input<typeof payloadShape>;

export interface CodeMessage {
  /** Digits only. */
  readonly phoneNumber: string;
  readonly code: string;
  readonly language: 'ko' | 'en';
  /** Epoch ms. */
  readonly expiresAtMs: number;
}

/** Makes messages of outbox entries, at the moment they leave. */
export class CodeMessages {
  constructor(
    private readonly lines: LineDirectory,
    private readonly usable: UsableLines,
    private readonly codes: OneTimeCodes,
    private readonly clock: Clock,
  ) {}

  /** Asks the line system again: the SIM may have changed since. @returns undefined when nothing must go out */
  async messageOf(payload: JsonValue): Promise<CodeMessage | undefined> {
    const parsed = payloadShape.safeParse(payload);
    if (!parsed.success) return undefined;
    const { challengeNonce, lineId, binding, purpose, digits, expiresAtMs, language } = parsed.data;
    if (lineId === null || this.clock.now() >= expiresAtMs) return undefined;
    const line = await this.usable.findAgain(lineId);
    const phoneNumber = await this.lines.phoneNumberOf(lineId);
    if (line === undefined || phoneNumber === undefined) return undefined;
    const code = this.codes.codeOf({ nonce: challengeNonce, binding, target: lineId, purpose, digits });
    return { phoneNumber, code, language, expiresAtMs };
  }
}
