import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { StepUpRequired } from '../errors';
import type { Randomness } from '../randomness';
import { openText, sealText } from '../sealing/sealedText';
import { type Binding, levelLimits, type Proof, requireLevel } from './proof';

/** 13 months: a reminder for each bill of a year, and the one after. Counted in days, the longest such span. */
export const grantLifetimeMs = 397 * 86_400_000;

export interface GrantFacts {
  readonly binding: Binding;
  /** The line that was proved when the grant was given, by the carrier's opaque id. */
  readonly lineId: string;
  readonly grantedAtMs: number;
  readonly expiresAtMs: number;
}

const minted = new WeakSet<StandingGrant>();

/**
 * Leave to ask, without the customer there, whether anything is due on one line and when: `DueStatusGateway` takes
 * it and nothing else does. It is no `Proof` and opens no amount. Only `StandingGrants` makes one that counts.
 */
export class StandingGrant {
  constructor(readonly facts: GrantFacts) {
    Object.freeze(this);
  }
}

const sealedFacts = z.object({
  lineId: z.string().min(1),
  grantedAtMs: z.number().int(),
  expiresAtMs: z.number().int(),
});

/**
 * Makes grants from a fresh proof and keeps them as text that says nothing: sealed under a key of its own and bound to channel, conversation and user, so that a copy in another conversation does not open.
 */
export class StandingGrants {
  private readonly key: Buffer;

  /** @param secret 32 secret bytes, the same after a restart; the key is derived from them (HKDF, RFC 5869) */
  constructor(
    secret: Buffer,
    private readonly randomness: Pick<Randomness, 'bytes'>,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'standing grant v1', 32));
  }

  /**
   * @param nowMs epoch ms
   * @returns the grant as text for a record of the same conversation
   * @throws StepUpRequired when the proof is below acr1 or not fresh
   */
  issue(proof: Proof | undefined, nowMs: number): string {
    const { lineId, binding } = requireLevel(proof, 'acr1', nowMs);
    const facts = { lineId, grantedAtMs: nowMs, expiresAtMs: nowMs + grantLifetimeMs };
    return sealText(JSON.stringify(facts), this.key, this.randomness, nameOf(binding)).toString('base64url');
  }

  /**
   * @param nowMs epoch ms
   * @returns undefined when it has expired, was given in another conversation, or cannot be read
   */
  open(sealed: string, binding: Binding, nowMs: number): StandingGrant | undefined {
    const text = openText(Buffer.from(sealed, 'base64url'), this.key, nameOf(binding));
    if (text === undefined) return undefined;
    const facts = readFacts(text);
    if (facts === undefined || !isCurrent(facts, nowMs)) return undefined;
    const grant = new StandingGrant(Object.freeze({ ...facts, binding: Object.freeze({ ...binding }) }));
    minted.add(grant);
    return grant;
  }
}

/**
 * The gate before the one read that a grant opens.
 * @param nowMs epoch ms
 * @throws StepUpRequired when it was not made by `StandingGrants` or has expired
 */
export function requireGrant(grant: StandingGrant, nowMs: number): GrantFacts {
  const { maxAgeMs } = levelLimits.acr1;
  if (!minted.has(grant)) throw new StepUpRequired('acr1', maxAgeMs, 'wrongBinding');
  if (!isCurrent(grant.facts, nowMs)) throw new StepUpRequired('acr1', maxAgeMs, 'tooOld');
  return grant.facts;
}

/** A clock that was set back must not stretch it. */
function isCurrent(facts: Pick<GrantFacts, 'grantedAtMs' | 'expiresAtMs'>, nowMs: number): boolean {
  return nowMs >= facts.grantedAtMs && nowMs < facts.expiresAtMs;
}

function nameOf({ channelId, conversationId, userId }: Binding): string {
  return JSON.stringify([channelId, conversationId, userId]);
}

function readFacts(text: string): z.output<typeof sealedFacts> | undefined {
  try {
    return sealedFacts.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
