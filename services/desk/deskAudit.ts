import { streamOf } from '../journal/journal';
import type { TurnStore } from '../turn/turnStore';

/**
 * What the audit log holds about the people at the desk (notice on safety measures, art. 8: who, when, from where,
 * which customer's data, what for). Customers appear as the id of their handoff, never as a number or a name.
 */
export type DeskAuditEvent =
  | { readonly kind: 'deskSignedIn'; readonly by: 'password' | 'oidc'; readonly enrolling: boolean }
  | {
      readonly kind: 'deskSignInRefused';
      readonly reason: 'wrongLogin' | 'wrongCode' | 'locked' | 'notAllowed';
    }
  | { readonly kind: 'deskSignedOut' }
  | { readonly kind: 'deskEnrolled' }
  | { readonly kind: 'deskClaimed' | 'deskViewed'; readonly handoffId: string }
  /** `to`: the colleague, or the skill whose queue it waits in. */
  | { readonly kind: 'deskTransferred'; readonly handoffId: string; readonly to: string }
  | { readonly kind: 'deskRefused'; readonly what: string; readonly handoffId: string | null }
  | { readonly kind: 'deskUnmasked'; readonly handoffId: string; readonly reason: string }
  | { readonly kind: 'deskExported'; readonly rows: number }
  | {
      readonly kind: 'deskUserAdded' | 'deskUserRemoved' | 'deskUserReset' | 'deskRoleChanged';
      readonly user: string;
    };

export interface DeskActor {
  /** The desk's user; '' for a name that nobody has, which may be a mistyped password. */
  readonly agent: string;
  /** The network they speak from; '' on the command line. */
  readonly network: string;
}

/** Writes one event down. @throws StoreUnavailableError: then what it is about must not happen */
export async function auditDesk(
  store: Pick<TurnStore, 'appendJournal'>,
  { agent, network }: DeskActor,
  event: DeskAuditEvent,
  atMs: number,
): Promise<void> {
  const body = { ...event, agent, network };
  await store.appendJournal([{ stream: streamOf('audit', `desk/${agent}`), body }], atMs);
}
