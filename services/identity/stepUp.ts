import type { TurnTransaction } from '../turn/turnTransaction';
import type { Binding, Proof } from './proof';

/** What a step-up conversation can ask for. Implemented by `IdentityService`. */
export interface StepUp {
  /**
   * Sends a one-time code to the line, if it exists, is active and its SIM did not change in 72 h; the result,
   * the writes and the shape of the outbox entry are the same when it is not.
   * @param phoneNumber digits only, '01012345678'
   */
  sendCode(
    tx: TurnTransaction,
    binding: Binding,
    phoneNumber: string,
    language: 'ko' | 'en',
  ): Promise<SendCodeResult>;
  /** A fresh code to the same line; the old one is void. 'noChallenge' when nothing was asked before. */
  resendCode(
    tx: TurnTransaction,
    binding: Binding,
    language: 'ko' | 'en',
  ): Promise<SendCodeResult | { status: 'noChallenge' }>;
  /**
   * Counts, compares and consumes in one step of the turn.
   * @param code digits as typed, already normalised
   */
  checkCode(tx: TurnTransaction, binding: Binding, code: string): Promise<CheckCodeResult>;
  /** The customer's present proof, marked as used now; undefined when there is none that is still good. */
  currentProof(tx: TurnTransaction, binding: Binding): Promise<Proof | undefined>;
  /** Forgets proof and challenge. */
  signOut(tx: TurnTransaction, binding: Binding): Promise<void>;
}

export type SendCodeResult =
  | {
      readonly status: 'sent';
      readonly expiresAtMs: number;
      readonly sendsLeft: number;
      readonly codeLength: number;
    }
  /** Too many sends; the next one is possible at `retryAtMs`. */
  | { readonly status: 'limited'; readonly retryAtMs: number };

export type CheckCodeResult =
  | { readonly status: 'verified'; readonly proof: Proof }
  | { readonly status: 'wrong'; readonly triesLeft: number }
  | { readonly status: 'expired' }
  /** Three wrong tries: this code is void, another may be sent. */
  | { readonly status: 'exhausted' }
  | { readonly status: 'noChallenge' };
