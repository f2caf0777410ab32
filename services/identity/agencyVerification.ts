import { z } from 'zod';
import type { Clock } from '../clock';
import { IdentityAgencyUnavailableError, LineSystemUnavailableError } from '../errors';
import type { Randomness } from '../randomness';
import type { JsonValue } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';
import type { HolderDigests } from './agencyPerson';
import type { AgencyLink, AgencyTokens } from './agencyTokens';
import type { AgencyResult, AgencyStart, IdentityAgency } from './identityAgency';
import { keyOf, readLimit, readOrForget } from './identityRecords';
import type { LineDirectory } from './lineDirectory';
import type { Binding } from './proof';
import { notAhead } from './sendLimits';

/** Times in ms. A verification costs the carrier money, and each one asks a person to open an app. */
export const agencyPolicy = Object.freeze({
  /** From the link in the chat to the answer of the agency. */
  lifetimeMs: 10 * 60_000,
  checksPerChallenge: 20,
  startsPerLine: 5,
  startsWindowMs: 3_600_000,
});

const epochMs = z.number().int();
const agencyChallenge = z.strictObject({
  nonce: z.string(),
  verificationId: z.string(),
  lineId: z.string(),
  startedAtMs: epochMs,
  expiresAtMs: epochMs,
  checksLeft: z.number().int().min(0),
});
export type AgencyChallenge = z.infer<typeof agencyChallenge>;
const startLimit = z.strictObject({ startedAtMs: z.array(epochMs) });

export type AgencyStartResult =
  | { readonly status: 'started'; readonly url: string; readonly expiresAtMs: number }
  | { readonly status: 'limited'; readonly retryAtMs: number };

export type AgencyCheckResult =
  /** The agency saw the line's holder. */
  | { readonly status: 'holder' }
  | { readonly status: 'pending' | 'failed' | 'expired' | 'noChallenge' | 'unavailable' }
  | { readonly status: 'otherPerson' | 'underage' };

type Judgement = 'pending' | 'failed' | 'holder' | 'otherPerson' | 'underage';

export interface AgencyVerificationParts {
  readonly agency: IdentityAgency;
  readonly lines: Pick<LineDirectory, 'holderDigestOf'>;
  readonly holders: HolderDigests;
  readonly tokens: AgencyTokens;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Where customers reach this server, without a trailing slash; known once it listens. */
  readonly publicUrl: () => string;
}

/**
 * One verification by an identity agency: issued for a conversation, a user and a line, looked up server to server,
 * compared with the line's holder, used once. Makes no proof: that is `IdentityService`'s alone.
 */
export class AgencyVerification {
  constructor(private readonly parts: AgencyVerificationParts) {}

  /** A link to the start page. An earlier link of this conversation is void. @param lineId of a fresh acr1 proof */
  async start(
    tx: TurnTransaction,
    binding: Binding,
    lineId: string,
    language: 'ko' | 'en',
  ): Promise<AgencyStartResult> {
    const { clock, randomness, tokens, publicUrl } = this.parts;
    const nowMs = clock.now();
    const retryAtMs = await this.admit(tx, lineId, nowMs);
    if (retryAtMs !== undefined) return { status: 'limited', retryAtMs };
    const challenge: AgencyChallenge = {
      nonce: randomness.bytes(16).toString('base64url'),
      verificationId: `bill-guide-${randomness.bytes(18).toString('hex')}`,
      lineId,
      startedAtMs: nowMs,
      expiresAtMs: nowMs + agencyPolicy.lifetimeMs,
      checksLeft: agencyPolicy.checksPerChallenge,
    };
    const { nonce, expiresAtMs } = challenge;
    await tx.write(agencyChallengeKey(binding), challenge, expiresAtMs);
    const { channelId, conversationId, userId } = binding;
    const link = { kind: 'start', nonce, lineId, channelId, conversationId, userId, language } as const;
    const token = await tokens.issue(link, expiresAtMs);
    return { status: 'started', url: `${publicUrl()}/identity/start?t=${token}`, expiresAtMs };
  }

  /**
   * Asks the agency, and compares. Whatever settles the matter also ends the challenge: an answer counts once. What
   * cannot be asked or compared now settles nothing.
   * @param lineId whose holder it must be
   */
  async check(tx: TurnTransaction, binding: Binding, lineId: string): Promise<AgencyCheckResult> {
    const { agency, clock } = this.parts;
    const nowMs = clock.now();
    const key = agencyChallengeKey(binding);
    const challenge = await readOrForget(tx, key, agencyChallenge);
    if (challenge === undefined || challenge.lineId !== lineId) return { status: 'noChallenge' };
    if (nowMs < challenge.startedAtMs || nowMs >= challenge.expiresAtMs || challenge.checksLeft === 0) {
      await tx.delete(key);
      return { status: 'expired' };
    }
    let status: Judgement;
    try {
      status = await this.judge(await agency.result(challenge.verificationId), lineId, nowMs);
    } catch (error) {
      if (error instanceof IdentityAgencyUnavailableError || error instanceof LineSystemUnavailableError)
        return { status: 'unavailable' };
      throw error;
    }
    if (status === 'pending')
      await tx.write(key, { ...challenge, checksLeft: challenge.checksLeft - 1 }, challenge.expiresAtMs);
    else await tx.delete(key);
    return { status };
  }

  async forget(tx: TurnTransaction, binding: Binding): Promise<void> {
    await tx.delete(agencyChallengeKey(binding));
  }

  /** The challenge that a link from outside belongs to, if it is still the conversation's present one. */
  async open(
    kind: AgencyLink['kind'],
    token: string,
    readRecord: (key: string) => Promise<{ readonly value: JsonValue | undefined }>,
  ): Promise<{ link: AgencyLink; challenge: AgencyChallenge | undefined } | undefined> {
    const link = await this.parts.tokens.read(kind, token);
    if (link === undefined) return undefined;
    const { value } = await readRecord(agencyChallengeKey(link));
    const challenge = agencyChallenge.safeParse(value);
    const present =
      challenge.success &&
      challenge.data.nonce === link.nonce &&
      challenge.data.lineId === link.lineId &&
      this.parts.clock.now() < challenge.data.expiresAtMs;
    return { link, challenge: present ? challenge.data : undefined };
  }

  /** What the start page needs to open the agency's window, and the address to come back to. */
  async begin(
    link: AgencyLink,
    challenge: AgencyChallenge,
  ): Promise<{ start: AgencyStart; returnToken: string; returnUrl: string }> {
    const { agency, tokens, publicUrl } = this.parts;
    const returnToken = await tokens.issue({ ...link, kind: 'return' }, challenge.expiresAtMs);
    const returnUrl = `${publicUrl()}/identity/return?t=${returnToken}`;
    const start = agency.start({ verificationId: challenge.verificationId, returnUrl });
    return { start, returnToken, returnUrl };
  }

  private async judge(result: AgencyResult, lineId: string, nowMs: number): Promise<Judgement> {
    if (result.status !== 'verified') return result.status;
    const { person } = result;
    const { lines, holders } = this.parts;
    if (person.isUnder14(nowMs)) return 'underage';
    const holder = await lines.holderDigestOf(lineId);
    return holder !== undefined && person.isHolder(holders, holder) ? 'holder' : 'otherPerson';
  }

  /** @returns when the next one is possible, if not now */
  private async admit(tx: TurnTransaction, lineId: string, nowMs: number): Promise<number | undefined> {
    const { startsPerLine, startsWindowMs } = agencyPolicy;
    const key = keyOf('limit', 'agency', lineId);
    const record = await readLimit(tx, key, startLimit);
    const started = (record?.startedAtMs ?? [])
      .map((atMs) => notAhead(atMs, nowMs))
      .filter((atMs) => nowMs - atMs < startsWindowMs);
    if (started.length >= startsPerLine) {
      await tx.write(key, { startedAtMs: started }, nowMs + startsWindowMs);
      return Math.min(...started) + startsWindowMs;
    }
    await tx.write(key, { startedAtMs: [...started, nowMs] }, nowMs + startsWindowMs);
    return undefined;
  }
}

/** Where the agency's challenge of a conversation is kept. */
export function agencyChallengeKey({ channelId, conversationId, userId }: Binding): string {
  return keyOf('agency', channelId, conversationId, userId);
}
