import type { z } from 'zod';
import { audit } from '../audit/auditEvent';
import type { Clock } from '../clock';
import type { Randomness } from '../randomness';
import type { JsonValue } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';
import type { AgencyVerification } from './agencyVerification';
import { type CodeMessage, CodeMessages, type CodePayload } from './codeMessages';
import { budgetSpent, countFailure } from './failureBudget';
import { type IdentityPolicy, identityPolicy } from './identityPolicy';
import {
  type ChallengeRecord,
  challengeKey,
  challengeRecord,
  codeEntryKey,
  readOrForget,
  type SessionRecord,
  sessionKey,
  sessionRecord,
  storedLineId,
} from './identityRecords';
import type { Line, LineDirectory } from './lineDirectory';
import { type CodeFacts, OneTimeCodes } from './oneTimeCode';
import { type Binding, levelLimits, mintProof, type Proof, requireLevel } from './proof';
import { RealAges } from './realAges';
import { admitSend, forgiveSends } from './sendLimits';
import type { CheckAgencyResult, CheckCodeResult, SendCodeResult, StartAgencyResult, StepUp } from './stepUp';
import { UsableLines } from './usableLines';

/** The only purpose so far: opening acr1. Part of every code. */
const purpose = 'acr1';

/**
 * Step-up by a one-time code to the billing line's own number (NIST SP 800-63B out-of-band, restricted).
 * Remembers through the turn's transaction only; a challenge holds a random nonce, and the code is derived
 * from it where it is needed (`OneTimeCodes` says why). A number without a usable line goes the same way
 * to the end: same results, same records, same outbox entry, from which no message is made.
 */
export class IdentityService implements StepUp {
  private readonly lines: LineDirectory;
  private readonly usable: UsableLines;
  private readonly messages: CodeMessages;
  private readonly ages: RealAges;
  private readonly clock: Clock;
  private readonly randomness: Randomness;
  private readonly codes: OneTimeCodes;
  private readonly policy: IdentityPolicy;
  private readonly agency: AgencyVerification | undefined;

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
    /** Absent: acr2 cannot be reached. */
    agency?: AgencyVerification;
  }) {
    this.lines = options.lines;
    this.clock = options.clock;
    this.randomness = options.randomness;
    this.codes = new OneTimeCodes(options.key);
    this.policy = { ...identityPolicy, ...options.policy };
    this.usable = new UsableLines(options.lines, options.clock, this.policy.simChangeQuarantineMs);
    this.messages = new CodeMessages(options.lines, this.usable, this.codes, options.clock);
    this.ages = new RealAges(options.clock);
    this.agency = options.agency;
  }

  async sendCode(
    tx: TurnTransaction,
    binding: Binding,
    phoneNumber: string,
    language: 'ko' | 'en',
    clientAddress?: string,
  ): Promise<SendCodeResult> {
    const line = await this.usable.find(phoneNumber);
    const numberDigest = this.codes.numberDigest(phoneNumber);
    return this.challenge(tx, { binding, numberDigest, line, language, clientAddress });
  }

  async sendCodeToLine(
    tx: TurnTransaction,
    binding: Binding,
    lineId: string,
    language: 'ko' | 'en',
    clientAddress?: string,
  ): Promise<SendCodeResult> {
    // An id that no line has is counted like a number that nobody has.
    const phoneNumber = (await this.lines.phoneNumberOf(lineId)) ?? `line:${lineId}`;
    return this.sendCode(tx, binding, phoneNumber, language, clientAddress);
  }

  async resendCode(
    tx: TurnTransaction,
    binding: Binding,
    language: 'ko' | 'en',
    clientAddress?: string,
  ): Promise<SendCodeResult | { status: 'noChallenge' }> {
    const last = await readOrForget(tx, challengeKey(binding), challengeRecord);
    if (last === undefined || this.clock.now() - last.sentAtMs > this.policy.challengeMemoryMs)
      return { status: 'noChallenge' };
    const { numberDigest } = last;
    const line = await this.usable.findAgain(last.lineId);
    return this.challenge(tx, { binding, numberDigest, line, language, clientAddress });
  }

  async checkCode(tx: TurnTransaction, binding: Binding, code: string): Promise<CheckCodeResult> {
    const nowMs = this.clock.now();
    const challenge = await readOrForget(tx, challengeKey(binding), challengeRecord);
    if (challenge === undefined) return unheard(tx, binding, 'noChallenge', null);
    const refusal = await this.refusalOf(tx, challenge, nowMs);
    if (refusal !== undefined) return unheard(tx, binding, refusal, challenge.lineId);
    // Both always happen, so that a wrong code and a missing line take the same way.
    const matches = this.codes.matches(factsOf(binding, challenge), code);
    const line = await this.usable.findAgain(challenge.lineId);
    if (!matches || line === undefined) return this.refuse(tx, binding, challenge, nowMs);

    await tx.delete(challengeKey(binding));
    await forgiveSends(tx, this.policy, challenge);
    const { lineId } = line;
    const session: SessionRecord = {
      nonce: challenge.nonce,
      lineId,
      acr: 'acr1',
      authTimeMs: nowMs,
      lastUsedMs: nowMs,
      expiresAtMs: nowMs + levelLimits.acr1.maxAgeMs,
    };
    this.ages.begin(sessionAge(session));
    await tx.write(sessionKey(binding), session, session.expiresAtMs);
    audit(tx, binding, { kind: 'verified', by: 'sms', line: lineId, acr: 'acr1' });
    return { status: 'verified', proof: proofOf(binding, session, nowMs) };
  }

  async startAgency(
    tx: TurnTransaction,
    binding: Binding,
    language: 'ko' | 'en',
  ): Promise<StartAgencyResult> {
    if (this.agency === undefined) return { status: 'noAgency' };
    const proof = await this.currentProof(tx, binding);
    if (proof === undefined) return { status: 'codeFirst' };
    const { lineId } = proof.facts;
    const started = await this.agency.start(tx, binding, lineId, language);
    if (started.status === 'limited') audit(tx, binding, { kind: 'challengeLimited', limit: 'agency' });
    else audit(tx, binding, { kind: 'challenged', by: 'agency', line: lineId });
    return started;
  }

  async checkAgency(tx: TurnTransaction, binding: Binding): Promise<CheckAgencyResult> {
    if (this.agency === undefined) return { status: 'noAgency' };
    const session = await readOrForget(tx, sessionKey(binding), sessionRecord);
    const nowMs = this.clock.now();
    // Idle time does not count: the customer was busy in the agency's window.
    if (session === undefined || nowMs < session.authTimeMs || this.hasEnded(session, nowMs))
      return { status: 'codeFirst' };
    const { lineId } = session;
    const seen = await this.agency.check(tx, binding, lineId);
    if (seen.status !== 'holder') {
      if (seen.status !== 'pending' && seen.status !== 'noChallenge')
        audit(tx, binding, { kind: 'refused', by: 'agency', reason: seen.status, line: lineId });
      return { status: seen.status };
    }
    const raised: SessionRecord = {
      ...session,
      lastUsedMs: nowMs,
      agencyTimeMs: nowMs,
      expiresAtMs: Math.max(session.expiresAtMs, nowMs + levelLimits.acr2.maxAgeMs),
    };
    await tx.write(sessionKey(binding), raised, raised.expiresAtMs);
    audit(tx, binding, { kind: 'verified', by: 'agency', line: lineId, acr: 'acr2' });
    return { status: 'verified', proof: proofOf(binding, raised, nowMs) };
  }

  async currentProof(tx: TurnTransaction, binding: Binding): Promise<Proof | undefined> {
    const session = await readOrForget(tx, sessionKey(binding), sessionRecord);
    if (session === undefined) return undefined;
    const nowMs = this.clock.now();
    const ended = this.hasEnded(session, nowMs) || !isFresh(proofOf(binding, session, nowMs), nowMs);
    if (ended) {
      await tx.delete(sessionKey(binding));
      return undefined;
    }
    const touched = { ...session, lastUsedMs: nowMs };
    await tx.write(sessionKey(binding), touched, session.expiresAtMs);
    return proofOf(binding, touched, nowMs);
  }

  maskedNumberOf(lineId: string): Promise<string | undefined> {
    return this.lines.maskedNumberOf(lineId);
  }

  async signOut(tx: TurnTransaction, binding: Binding): Promise<void> {
    const session = await readOrForget(tx, sessionKey(binding), sessionRecord);
    if (session !== undefined) audit(tx, binding, { kind: 'signedOut' });
    await tx.delete(sessionKey(binding));
    await tx.delete(challengeKey(binding));
    await this.agency?.forget(tx, binding);
  }

  /**
   * What an outbox entry of kind 'sms' comes to, for the SMS sink alone. Asks the line system again: the
   * SIM may have changed since.
   * @param payload as enqueued by this service
   * @returns undefined when nothing must go out: no usable line, code no longer valid, foreign payload
   */
  smsOf(payload: JsonValue): Promise<CodeMessage | undefined> {
    return this.messages.messageOf(payload);
  }

  private async challenge(
    tx: TurnTransaction,
    { binding, numberDigest, line, language, clientAddress }: CodeRequest,
  ): Promise<SendCodeResult> {
    const nowMs = this.clock.now();
    const request = {
      binding,
      numberDigest,
      sendId: this.codes.sendId(binding, numberDigest),
      addressDigest: clientAddress === undefined ? null : this.codes.addressDigest(clientAddress),
    };
    const admission = await admitSend(tx, this.policy, request, nowMs);
    if (admission.status === 'limited') {
      const { limit, retryAtMs } = admission;
      audit(tx, binding, { kind: 'challengeLimited', limit });
      return { status: 'limited', retryAtMs };
    }
    const nonce = this.randomness.bytes(16).toString('base64url');
    const digits = await this.digitsNow(tx, nowMs);
    const expiresAtMs = nowMs + this.policy.codeLifetimeMs;
    const lineId = storedLineId(line?.lineId ?? null);
    const { sendId, addressDigest } = request;
    const challenge: z.input<typeof challengeRecord> = {
      nonce,
      lineId,
      numberDigest,
      sendId,
      addressDigest,
      purpose,
      digits,
      sentAtMs: nowMs,
      seenAtMs: nowMs,
      expiresAtMs,
      triesLeft: this.policy.triesPerChallenge,
    };
    this.ages.begin(nonce);
    await tx.write(challengeKey(binding), challenge, nowMs + this.policy.challengeMemoryMs);
    const { channelId, conversationId, userId } = binding;
    const payload: CodePayload = {
      challengeNonce: nonce,
      lineId,
      binding: { channelId, conversationId, userId },
      purpose,
      digits,
      expiresAtMs,
      language,
    };
    tx.enqueue({ key: codeEntryKey(nonce), kind: 'sms', payload });
    audit(tx, binding, { kind: 'challenged', by: 'sms', line: line?.lineId ?? null });
    return { status: 'sent', expiresAtMs, sendsLeft: admission.sendsLeft, codeLength: digits };
  }

  /** Why a challenge is not even compared with what was typed; undefined when it is. */
  private async refusalOf(
    tx: TurnTransaction,
    challenge: ChallengeRecord,
    nowMs: number,
  ): Promise<'exhausted' | 'expired' | undefined> {
    const { nonce, triesLeft, seenAtMs, expiresAtMs, digits } = challenge;
    if (triesLeft <= 0) return 'exhausted';
    if (nowMs < seenAtMs || nowMs >= expiresAtMs) return 'expired';
    if (this.ages.ageOf(nonce) >= this.policy.codeLifetimeMs) return 'expired';
    return digits < (await this.digitsNow(tx, nowMs)) ? 'expired' : undefined;
  }

  private async refuse(
    tx: TurnTransaction,
    binding: Binding,
    challenge: ChallengeRecord,
    nowMs: number,
  ): Promise<CheckCodeResult> {
    const triesLeft = challenge.triesLeft - 1;
    const lineId = storedLineId(challenge.lineId);
    const tried: z.input<typeof challengeRecord> = { ...challenge, lineId, triesLeft, seenAtMs: nowMs };
    await tx.write(challengeKey(binding), tried, challenge.sentAtMs + this.policy.challengeMemoryMs);
    await countFailure(tx, this.policy, nowMs);
    audit(tx, binding, { kind: 'refused', by: 'sms', reason: 'wrong', line: challenge.lineId });
    return triesLeft > 0 ? { status: 'wrong', triesLeft } : { status: 'exhausted' };
  }

  private hasEnded(session: SessionRecord, nowMs: number): boolean {
    const { authTimeMs, expiresAtMs } = session;
    return nowMs > expiresAtMs || this.ages.ageOf(sessionAge(session)) > expiresAtMs - authTimeMs;
  }

  private async digitsNow(tx: TurnTransaction, nowMs: number): Promise<number> {
    const { codeDigits, codeDigitsUnderAttack } = this.policy;
    return (await budgetSpent(tx, this.policy, nowMs)) ? codeDigitsUnderAttack : codeDigits;
  }
}

interface CodeRequest {
  readonly binding: Binding;
  readonly numberDigest: string;
  readonly line: Line | undefined;
  readonly language: 'ko' | 'en';
  readonly clientAddress: string | undefined;
}

function factsOf(binding: Binding, challenge: ChallengeRecord): CodeFacts {
  const { nonce, lineId, numberDigest, digits } = challenge;
  return { nonce, binding, target: lineId ?? numberDigest, purpose: challenge.purpose, digits };
}

/** Writes down that a code was not even compared. */
function unheard<T extends string>(tx: TurnTransaction, binding: Binding, reason: T, line: string | null) {
  audit(tx, binding, { kind: 'refused', by: 'sms', reason, line });
  return { status: reason };
}

/** acr2 as long as the agency's word is fresh, then what is left of acr1. */
function proofOf(binding: Binding, session: SessionRecord, nowMs: number): Proof {
  const { lineId, acr, authTimeMs, lastUsedMs, agencyTimeMs } = session;
  // A time that lies ahead opens nothing: `requireLevel` refuses it.
  if (agencyTimeMs !== undefined && nowMs - agencyTimeMs <= levelLimits.acr2.maxAgeMs)
    return mintProof({ binding, lineId, acr: 'acr2', authTimeMs: agencyTimeMs, lastUsedMs });
  return mintProof({ binding, lineId, acr, authTimeMs, lastUsedMs });
}

function sessionAge({ nonce }: SessionRecord): string {
  return `session/${nonce}`;
}

function isFresh(proof: Proof, nowMs: number): boolean {
  try {
    requireLevel(proof, 'acr1', nowMs);
    return true;
  } catch {
    return false;
  }
}
