import type { AgencyPerson } from './agencyPerson';

/**
 * A designated identity agency (본인확인기관: PASS and the like), reached through a broker. The customer proves
 * who they are in the agency's own window; we ask the broker's server what came of it, and believe nothing
 * that the browser says.
 */
export interface IdentityAgency {
  /**
   * What the start page hands to the agency's window. Nothing in it is personal.
   * @param request.verificationId ours, unguessable, used for one challenge only
   * @param request.returnUrl where the agency sends the customer afterwards
   */
  start(request: { readonly verificationId: string; readonly returnUrl: string }): AgencyStart;
  /**
   * What came of it, asked from server to server; within 4 s.
   * @throws IdentityAgencyUnavailableError on timeout, error status or unexpected body
   */
  result(verificationId: string, signal?: AbortSignal): Promise<AgencyResult>;
}

export type AgencyStart =
  | { readonly kind: 'demo' }
  /** Arguments of `PortOne.requestIdentityVerification` (PortOne browser SDK, V2). */
  | {
      readonly kind: 'portone';
      readonly storeId: string;
      readonly channelKey: string;
      readonly identityVerificationId: string;
      readonly redirectUrl: string;
    };

export type AgencyResult =
  | { readonly status: 'verified'; readonly person: AgencyPerson }
  /** The customer has not finished, or not even begun. */
  | { readonly status: 'pending' }
  /** Given up, refused, or verified in a way that tells us too little. */
  | { readonly status: 'failed' };
