import type { DueStatusGateway } from '../services/billing/dueStatus';
import type { StandingGrants } from '../services/identity/standingGrant';
import type { Randomness } from '../services/randomness';

/** What reminders are made from. */
export interface ReminderParts {
  readonly dues: DueStatusGateway;
  readonly grants: StandingGrants;
  readonly randomness: Pick<Randomness, 'uuid'>;
  /** Whether a message of our own accord reaches a conversation of this channel. */
  readonly reaches: (channelId: string) => boolean;
}
