import { z } from 'zod';
import type { Clock } from '../clock';
import { StepUpRequired } from '../errors';
import type { Randomness } from '../randomness';
import type { JsonValue } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';
import { budgetSpent, countFailure } from './failureBudget';
import { type IdentityPolicy, identityPolicy } from './identityPolicy';
import {
  type ChallengeRecord,
  challengeKey,
  challengeRecord,
  readOrForget,
  type SessionRecord,
  sessionKey,
  sessionRecord,
} from './identityRecords';
import type { Line, LineDirectory } from './lineDirectory';
import { type CodeFacts, OneTimeCodes } from './oneTimeCode';
import { type Binding, levelLimits, mintProof, type Proof, requireLevel } from './proof';
import { admitSend, forgetSends } from './sendLimits';
import type { CheckCodeResult, SendCodeResult, StepUp } from './stepUp';

/** The only purpose so far: opening acr1. Part of every code. */
const purpose = 'acr1';

/** Codes go to Korean mobile numbers and nowhere else: no premium or foreign range costs money. */
const koreanMobile = /^010\d{8}$/;

const smsPayload = z.strictObject({
  challengeNonce: z.string(),
  lineId: z.string().nullable(),
  binding: z.strictObject({ channelId: z.string(), conversationId: z.string(), userId: z.string() }),
  purpose: z.string(),
  digits: z.number().int().min(1).max(12),
  expiresAtMs: z.number().int(),
  language: z.enum(['ko', 'en']),
});

export interface CodeMessage {
  /** Digits only. */
  readonly phoneNumber: string;
  readonly code: string;
  readonly language: 'ko' | 'en';
  /** Epoch ms. */
  readonly expiresAtMs: number;
}

/**
 * Step-up by a one-time code to the billing line's own number (NIST SP 800-63B out-of-band, restricted).
 * Remembers through the turn's transaction only; a challenge holds a random nonce, and the code is derived
 * from it where it is needed (`OneTimeCodes` says why). A number without a usable line goes the same way
 * to the end: same results, same records, same outbox entry, from which no message is made.
 */
export class IdentityService implements StepUp {
  private readonly lines: LineDirectory;
  private readonly clock: Clock;
  private readonly randomness: Randomness;
  private readonly codes: OneTimeCodes;
  private readonly policy: IdentityPolicy;

  /**
   * @param options.key 32 secret bytes, the same after a restart
   * @throws ConfigurationError when the key has another length
   */
  constructor(options: {
    lines: LineDirectory;
    clock: Clock;
    randomness: Randomness;
    key: Buffer;
    policy?: Partial<IdentityPolicy>;
  }) {
    this.lines = options.lines;
    this.clock = options.clock;
    this.randomness = options.randomness;
    this.codes = new OneTimeCodes(options.key);
    this.policy = { ...identityPolicy, ...options.policy };
  }

  async sendCode(
    tx: TurnTransaction,
    binding: Binding,
    phoneNumber: string,
    language: 'ko' | 'en',
  ): Promise<SendCodeResult> {
    const line = await this.usableLine(phoneNumber);
    return this.challenge(tx, binding, this.codes.numberDigest(phoneNumber), line, language);
  }

  async resendCode(
    tx: TurnTransaction,
    binding: Binding,
    language: 'ko' | 'en',
  ): Promise<SendCodeResult | { status: 'noChallenge' }> {
    const last = await readOrForget(tx, challengeKey(binding), challengeRecord);
    if (last === undefined) return { status: 'noChallenge' };
    if (this.clock.now() - last.sentAtMs > this.policy.challengeMemoryMs) return { status: 'noChallenge' };
    return this.challenge(tx, binding, last.numberDigest, await this.stillUsable(last.lineId), language);
  }

  async checkCode(tx: TurnTransaction, binding: Binding, code: string): Promise<CheckCodeResult> {
    const nowMs = this.clock.now();
    const challenge = await readOrForget(tx, challengeKey(binding), challengeRecord);
    if (challenge === undefined) return { status: 'noChallenge' };
    if (challenge.triesLeft <= 0) return { status: 'exhausted' };
    if (nowMs < challenge.seenAtMs || nowMs >= challenge.expiresAtMs) return { status: 'expired' };
    if (challenge.digits < (await this.digitsNow(tx, nowMs))) return { status: 'expired' };

    // Both always happen, so that a wrong code and a missing line take the same way.
    const matches = this.codes.matches(factsOf(binding, challenge), code);
    const line = await this.stillUsable(challenge.lineId);
    if (!matches || line === undefined) return this.refuse(tx, binding, challenge, nowMs);

    await tx.delete(challengeKey(binding));
    await forgetSends(tx, challenge.numberDigest);
    const session: SessionRecord = {
      lineId: line.lineId,
      acr: 'acr1',
      authTimeMs: nowMs,
      lastUsedMs: nowMs,
      expiresAtMs: nowMs + levelLimits.acr1.maxAgeMs,
    };
    await tx.write(sessionKey(binding), session, session.expiresAtMs);
    return { status: 'verified', proof: proofOf(binding, session) };
  }

  async currentProof(tx: TurnTransaction, binding: Binding): Promise<Proof | undefined> {
    const session = await readOrForget(tx, sessionKey(binding), sessionRecord);
    if (session === undefined) return undefined;
    const nowMs = this.clock.now();
    if (nowMs > session.expiresAtMs || !isFresh(proofOf(binding, session), nowMs)) {
      await tx.delete(sessionKey(binding));
      return undefined;
    }
    const touched = { ...session, lastUsedMs: nowMs };
    await tx.write(sessionKey(binding), touched, session.expiresAtMs);
    return proofOf(binding, touched);
  }

  async signOut(tx: TurnTransaction, binding: Binding): Promise<void> {
    await tx.delete(sessionKey(binding));
    await tx.delete(challengeKey(binding));
  }

  /**
   * What an outbox entry of kind 'sms' comes to, for the SMS sink alone. Asks the line system again: the
   * SIM may have changed since.
   * @param payload as enqueued by this service
   * @returns undefined when nothing must go out: no usable line, code no longer valid, foreign payload
   */
  async smsOf(payload: JsonValue): Promise<CodeMessage | undefined> {
    const parsed = smsPayload.safeParse(payload);
    if (!parsed.success) return undefined;
    const { challengeNonce, lineId, binding, digits, expiresAtMs, language } = parsed.data;
    if (lineId === null || this.clock.now() >= expiresAtMs) return undefined;
    if ((await this.stillUsable(lineId)) === undefined) return undefined;
    const phoneNumber = await this.lines.phoneNumberOf(lineId);
    if (phoneNumber === undefined) return undefined;
    const facts = { nonce: challengeNonce, binding, target: lineId, purpose: parsed.data.purpose, digits };
    return { phoneNumber, code: this.codes.codeOf(facts), language, expiresAtMs };
  }

  private async challenge(
    tx: TurnTransaction,
    binding: Binding,
    numberDigest: string,
    line: Line | undefined,
    language: 'ko' | 'en',
  ): Promise<SendCodeResult> {
    const nowMs = this.clock.now();
    const admission = await admitSend(tx, this.policy, binding, numberDigest, nowMs);
    if (admission.status === 'limited') return admission;

    const challenge: ChallengeRecord = {
      nonce: this.randomness.bytes(16).toString('base64url'),
      lineId: line?.lineId ?? null,
      numberDigest,
      purpose,
      digits: await this.digitsNow(tx, nowMs),
      sentAtMs: nowMs,
      seenAtMs: nowMs,
      expiresAtMs: nowMs + this.policy.codeLifetimeMs,
      triesLeft: this.policy.triesPerChallenge,
    };
    const { nonce, lineId, digits, expiresAtMs } = challenge;
    await tx.write(challengeKey(binding), challenge, nowMs + this.policy.challengeMemoryMs);
    const { channelId, conversationId, userId } = binding;
    tx.enqueue({
      key: `sms/code/${nonce}`,
      kind: 'sms',
      payload: {
        challengeNonce: nonce,
        lineId,
        binding: { channelId, conversationId, userId },
        purpose,
        digits,
        expiresAtMs,
        language,
      },
    });
    return { status: 'sent', expiresAtMs, sendsLeft: admission.sendsLeft, codeLength: digits };
  }

  private async refuse(
    tx: TurnTransaction,
    binding: Binding,
    challenge: ChallengeRecord,
    nowMs: number,
  ): Promise<CheckCodeResult> {
    const triesLeft = challenge.triesLeft - 1;
    const rememberedUntilMs = challenge.sentAtMs + this.policy.challengeMemoryMs;
    await tx.write(challengeKey(binding), { ...challenge, triesLeft, seenAtMs: nowMs }, rememberedUntilMs);
    await countFailure(tx, this.policy, nowMs);
    return triesLeft > 0 ? { status: 'wrong', triesLeft } : { status: 'exhausted' };
  }

  private async digitsNow(tx: TurnTransaction, nowMs: number): Promise<number> {
    const { codeDigits, codeDigitsUnderAttack } = this.policy;
    return (await budgetSpent(tx, this.policy, nowMs)) ? codeDigitsUnderAttack : codeDigits;
  }

  /** A line that may prove who is asking: mobile, active, and with the same SIM for three days. */
  private async usableLine(phoneNumber: string): Promise<Line | undefined> {
    const line = await this.lines.findByPhoneNumber(phoneNumber);
    if (line === undefined || !koreanMobile.test(phoneNumber) || line.status !== 'active') return undefined;
    const { simChangedAtMs } = line;
    const changedLately =
      simChangedAtMs !== undefined && this.clock.now() - simChangedAtMs < this.policy.simChangeQuarantineMs;
    return changedLately ? undefined : line;
  }

  /** Asks again, by number: the line may have been suspended, or its number given to somebody else. */
  private async stillUsable(lineId: string | null): Promise<Line | undefined> {
    const phoneNumber = await this.lines.phoneNumberOf(lineId ?? '');
    const line = await this.usableLine(phoneNumber ?? '');
    return line !== undefined && line.lineId === lineId ? line : undefined;
  }
}

function factsOf(binding: Binding, challenge: ChallengeRecord): CodeFacts {
  const { nonce, lineId, numberDigest, digits } = challenge;
  return { nonce, binding, target: lineId ?? numberDigest, purpose: challenge.purpose, digits };
}

function proofOf(binding: Binding, session: SessionRecord): Proof {
  const { lineId, acr, authTimeMs, lastUsedMs } = session;
  return mintProof({ binding, lineId, acr, authTimeMs, lastUsedMs });
}

function isFresh(proof: Proof, nowMs: number): boolean {
  try {
    requireLevel(proof, 'acr1', nowMs);
    return true;
  } catch (error) {
    if (error instanceof StepUpRequired) return false;
    throw error;
  }
}
