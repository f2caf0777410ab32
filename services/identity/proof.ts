import { type Acr, StepUpRequired } from '../errors';

/** Whose verification it is. It never travels to another channel, conversation or user. */
export interface Binding {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;
}

export interface ProofFacts {
  readonly binding: Binding;
  /** The verified billing line, by the carrier's opaque id; never its phone number. */
  readonly lineId: string;
  readonly acr: Exclude<Acr, 'acr0'>;
  /** When the customer last proved it, epoch ms (OpenID Connect's auth_time). */
  readonly authTimeMs: number;
  /** When it last opened something, epoch ms. */
  readonly lastUsedMs: number;
}

/** acr1: 10 minutes since the proof, 5 minutes idle. acr2: 5 minutes. DESIGN: assurance levels. */
export const levelLimits = {
  acr1: { maxAgeMs: 600_000, idleMs: 300_000 },
  acr2: { maxAgeMs: 300_000, idleMs: 300_000 },
} as const;

const minted = new WeakSet<Proof>();

/** A consumed challenge, as the data layer sees it. Only `IdentityService` makes one (`mintProof`). */
export class Proof {
  constructor(readonly facts: ProofFacts) {
    Object.freeze(this);
  }
}

/** For `services/identity/identityService.ts` alone (`test/architecture.test.ts` checks that). */
export function mintProof(facts: ProofFacts): Proof {
  const proof = new Proof(Object.freeze({ ...facts, binding: Object.freeze({ ...facts.binding }) }));
  minted.add(proof);
  return proof;
}

/**
 * The gate before every personal read.
 * @param nowMs epoch ms
 * @returns the facts of a proof that was minted here, is high enough and fresh enough
 * @throws StepUpRequired otherwise
 */
export function requireLevel(proof: Proof | undefined, acr: Exclude<Acr, 'acr0'>, nowMs: number): ProofFacts {
  const { maxAgeMs, idleMs } = levelLimits[acr];
  if (proof === undefined) throw new StepUpRequired(acr, maxAgeMs, 'missing');
  if (!minted.has(proof)) throw new StepUpRequired(acr, maxAgeMs, 'wrongBinding');
  const { facts } = proof;
  if (acr === 'acr2' && facts.acr !== 'acr2') throw new StepUpRequired(acr, maxAgeMs, 'tooLow');
  const age = nowMs - facts.authTimeMs;
  const idle = nowMs - facts.lastUsedMs;
  // A clock that jumped back must not stretch a proof's life.
  if (age < 0 || age > maxAgeMs) throw new StepUpRequired(acr, maxAgeMs, 'tooOld');
  if (idle < 0 || idle > idleMs) throw new StepUpRequired(acr, maxAgeMs, 'idle');
  return facts;
}
