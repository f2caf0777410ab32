import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { z } from 'zod';
import { StepUpRequired } from '../errors';
import type { Randomness } from '../randomness';
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

const version = 1;
const nonceLength = 12;
const tagLength = 16;
const headLength = 1 + nonceLength + tagLength;

const sealedFacts = z.object({
  lineId: z.string().min(1),
  grantedAtMs: z.number().int(),
  expiresAtMs: z.number().int(),
});

/**
 * Makes grants from a fresh proof and keeps them as text that says nothing: AES-256-GCM (NIST SP 800-38D) under a key
 * of its own, bound to channel, conversation and user, so that a copy in another conversation does not open.
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
    const nonce = this.randomness.bytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce, { authTagLength: tagLength });
    cipher.setAAD(boundTo(binding));
    const body = Buffer.concat([cipher.update(JSON.stringify(facts), 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]).toString('base64url');
  }

  /**
   * @param nowMs epoch ms
   * @returns undefined when it has expired, was given in another conversation, or cannot be read
   */
  open(sealed: string, binding: Binding, nowMs: number): StandingGrant | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < headLength || bytes[0] !== version) return undefined;
    const nonce = bytes.subarray(1, 1 + nonceLength);
    const decipher = createDecipheriv('aes-256-gcm', this.key, nonce, { authTagLength: tagLength });
    decipher.setAAD(boundTo(binding));
    decipher.setAuthTag(bytes.subarray(1 + nonceLength, headLength));
    try {
      const text = Buffer.concat([decipher.update(bytes.subarray(headLength)), decipher.final()]).toString();
      const facts = sealedFacts.parse(JSON.parse(text));
      if (!isCurrent(facts, nowMs)) return undefined;
      const grant = new StandingGrant(Object.freeze({ ...facts, binding: Object.freeze({ ...binding }) }));
      minted.add(grant);
      return grant;
    } catch {
      return undefined;
    }
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

function boundTo({ channelId, conversationId, userId }: Binding): Buffer {
  return Buffer.from(JSON.stringify([channelId, conversationId, userId]));
}
