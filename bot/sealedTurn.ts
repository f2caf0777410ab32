import { z } from 'zod';
import { AppError } from '../services/errors';
import type { InboundActivity } from '../services/turn/inboundActivity';
import type { PendingTurn } from '../services/turn/turnStore';
import type { SealedTurn } from './inboundTurn';
import type { Sealer } from './sealer';

/** An accepted message that no later attempt can read: sealed with a lost key, damaged, or of an old version. */
export class UnreadableTurnError extends AppError {
  readonly code = 'UnreadableTurn';
}

const sealedTurn = z.object({
  // Checked field by field before it was sealed: here only that it is one.
  activity: z.custom<InboundActivity>((activity) => activityShape.safeParse(activity).success),
  residentNumberErased: z.boolean(),
  echo: z.boolean(),
  delivery: z.enum(['log', 'connector']),
  clientAddress: z.string().optional(),
  knownLine: z.string().optional(),
  traceparent: z.string().optional(),
  system: z.boolean().optional(),
}) satisfies z.ZodType<SealedTurn>;

const activityShape = z.object({
  type: z.string(),
  text: z.string().optional(),
  from: z.object({ id: z.string() }),
  conversation: z.object({ id: z.string() }),
});

/** A turn that waits, and what is in it. */
export interface OpenedTurn {
  readonly pending: PendingTurn;
  readonly turn: SealedTurn;
  /** Why `turn` only stands in for the message. */
  readonly unreadable?: UnreadableTurnError;
}

/** What `openTurn` would give for a message that was sealed a moment ago: a copy of its own, as JSON keeps it. */
export function readTurn(plain: string): SealedTurn {
  return JSON.parse(plain);
}

/** @throws UnreadableTurnError */
export function openTurn(sealer: Sealer, pending: PendingTurn): SealedTurn {
  try {
    return sealedTurn.parse(JSON.parse(sealer.open(pending.sealedActivity)));
  } catch (cause) {
    throw new UnreadableTurnError('an accepted message cannot be read', { cause });
  }
}

/** The message; when it cannot be read any more, what is still known of its turn, and why. */
export function openOrStandIn(sealer: Sealer, pending: PendingTurn): Omit<OpenedTurn, 'pending'> {
  try {
    return { turn: openTurn(sealer, pending) };
  } catch (error) {
    if (!(error instanceof UnreadableTurnError)) throw error;
    return { turn: standInFor(pending), unreadable: error };
  }
}

const referenceShape = z.object({
  user: z.object({ id: z.string() }).catch({ id: 'unknown' }),
  bot: z.object({ id: z.string() }).optional().catch(undefined),
  serviceUrl: z.string().catch(''),
  locale: z.string().optional().catch(undefined),
});

/** What is still known of a turn whose message is lost: enough to tell the customer. */
export function standInFor({ conversation }: PendingTurn): SealedTurn {
  const { user, bot, serviceUrl, locale } = referenceShape.parse(Object(conversation.reference));
  return {
    activity: {
      type: 'message',
      from: { id: user.id },
      ...(bot === undefined ? {} : { recipient: bot }),
      conversation: { id: conversation.conversationId },
      ...(locale === undefined ? {} : { locale }),
      serviceUrl,
    },
    residentNumberErased: false,
    echo: true,
    // Only conversations of the Bot Connector have an address to reply to.
    delivery: serviceUrl === '' ? 'log' : 'connector',
  };
}
