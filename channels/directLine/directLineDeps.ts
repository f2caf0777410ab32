import type { Clock } from '../../services/clock';
import type { Randomness } from '../../services/randomness';
import type { InboundActivity } from '../../services/turn/inboundActivity';
import type { TurnIntake } from '../../services/turn/turnIntake';
import type { TurnStore } from '../../services/turn/turnStore';
import type { ClientAddresses } from '../clientAddresses';
import type { SiteTokens } from './siteTokens';

/** The channel's name in activities, conversation keys and Bot Framework. */
export const directLineChannelId = 'directline';

export type DirectLineStore = Pick<TurnStore, 'getConversation' | 'readLog' | 'lastSeq'>;

/** What the Direct Line server works with. REST routes and stream server get the same. */
export interface DirectLineDeps {
  readonly intake: TurnIntake;
  readonly store: DirectLineStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** For servers of integrators: makes tokens and starts conversations, and nothing else. Never for browsers. */
  readonly secret: string;
  /** At least 32 bytes; the same on all nodes and after a restart, or open conversations lose their tokens. */
  readonly signingKey: Uint8Array;
  /** Where this server is reached, such as ws://127.0.0.1:3978; read on every use. */
  readonly publicUrl: () => string;
  /** Web origins besides our own that may talk to us. */
  readonly allowedOrigins: readonly string[];
  /** The bot's account, named in `membersAdded` of a new conversation. */
  readonly bot: { readonly id: string; readonly name: string };
  /** Copies an activity by allow-list. @throws BadRequestError naming the field */
  readonly parseInbound: (
    json: unknown,
    forced: { conversationId: string; userId: string; userName?: string },
  ) => InboundActivity;
  /** Where requests come from. */
  readonly clientAddresses: ClientAddresses;
  /** Checks the tokens of a site whose customers are signed in; absent where there is none. */
  readonly siteTokens?: SiteTokens;
  /** How many browser tokens one address gets in a minute. */
  readonly tokenLimitPerMinute: number;
  /** A customer is typing: a sign that passes, and is kept nowhere. */
  readonly onTyping?: (conversationKey: string) => void;
  /** Told of errors that a client does not see as such (a poll answers 200 whatever the store does). */
  readonly reportError?: (error: unknown, conversationId: string) => void;
}
