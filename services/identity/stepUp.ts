import type { TurnTransaction } from '../turn/turnTransaction';
import type { Binding, Proof } from './proof';

/** What a step-up conversation can ask for. Implemented by `IdentityService`. */
export interface StepUp {
  /**
   * Sends a one-time code to the line, if it exists, is active and its SIM did not change in 72 h; the result,
   * the writes and the shape of the outbox entry are the same when it is not.
   * @param phoneNumber digits only, '01012345678'
   * @param clientAddress where the customer speaks from, if the channel knows (`InboundTurn.clientAddress`)
   */
  sendCode(
    tx: TurnTransaction,
    binding: Binding,
    phoneNumber: string,
    language: 'ko' | 'en',
    clientAddress?: string,
  ): Promise<SendCodeResult>;
  /** `sendCode` for a line whose number the customer did not have to write. */
  sendCodeToLine(
    tx: TurnTransaction,
    binding: Binding,
    lineId: string,
    language: 'ko' | 'en',
    clientAddress?: string,
  ): Promise<SendCodeResult>;
  /** A fresh code to the same line; the old one is void. 'noChallenge' when nothing was asked before. */
  resendCode(
    tx: TurnTransaction,
    binding: Binding,
    language: 'ko' | 'en',
    clientAddress?: string,
  ): Promise<SendCodeResult | { status: 'noChallenge' }>;
  /**
   * Counts, compares and consumes in one step of the turn.
   * @param code digits as typed, already normalised
   */
  checkCode(tx: TurnTransaction, binding: Binding, code: string): Promise<CheckCodeResult>;
  /**
   * A link to the identity agency, which opens acr2; needs a proof by code first.
   * An earlier link of this conversation is void.
   */
  startAgency(tx: TurnTransaction, binding: Binding, language: 'ko' | 'en'): Promise<StartAgencyResult>;
  /** Asks the agency what came of it, and consumes it: the answer counts once. */
  checkAgency(tx: TurnTransaction, binding: Binding): Promise<CheckAgencyResult>;
  /** The customer's present proof, marked as used now; undefined when there is none that is still good. */
  currentProof(tx: TurnTransaction, binding: Binding): Promise<Proof | undefined>;
  /** '010-****-1001', for a line that a site vouches for; undefined when there is no such line. */
  maskedNumberOf(lineId: string): Promise<string | undefined>;
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

export type StartAgencyResult =
  | { readonly status: 'started'; readonly url: string; readonly expiresAtMs: number }
  | { readonly status: 'limited'; readonly retryAtMs: number }
  /** No fresh proof by code. */
  | { readonly status: 'codeFirst' }
  /** This server works without an identity agency. */
  | { readonly status: 'noAgency' };

export type CheckAgencyResult =
  | { readonly status: 'verified'; readonly proof: Proof }
  /** The customer has not finished in the agency's window. */
  | { readonly status: 'pending' }
  /** Given up or refused there, too late, or nothing was started. */
  | { readonly status: 'failed' | 'expired' | 'noChallenge' }
  /** The agency did not answer us; the link is still good. */
  | { readonly status: 'unavailable' }
  /** Somebody proved who they are, but not the line's holder. */
  | { readonly status: 'otherPerson' }
  /** Under 14: a guardian has to agree, which is a person's work. */
  | { readonly status: 'underage' }
  | { readonly status: 'codeFirst' | 'noAgency' };
