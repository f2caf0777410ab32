import type { Activity, TurnContext } from 'botbuilder';
import type { Clock } from '../services/clock';
import { AppError, codeOf, StoreUnavailableError } from '../services/errors';
import type { InboundActivity } from '../services/turn/inboundActivity';
import type { JsonActivity, PendingTurn, TurnStore } from '../services/turn/turnStore';
import type { TurnTransaction } from '../services/turn/turnTransaction';
import { localeOf, stringsFor } from '../strings';
import { type SealedTurn, sdkActivity } from './inboundTurn';
import type { Log } from './log';
import { RecordTransaction } from './recordTransaction';
import type { TurnAdapter } from './turnAdapter';
import type { TurnWatch } from './turnWatch';

/** What a turn does with a message. `apologise` speaks for a turn that could not be finished. */
export interface TurnLogic {
  takeTurn(context: TurnContext, tx: TurnTransaction, facts: TurnFacts): Promise<void>;
  apologise(context: TurnContext, error: unknown): Promise<void>;
}

export interface TurnFacts {
  readonly activity: InboundActivity;
  /** A resident registration number was in the message; it was erased before anything was stored. */
  readonly residentNumberErased: boolean;
  /** See `InboundTurn`. */
  readonly clientAddress?: string;
  readonly knownLine?: string;
  /** The event comes from our own side; `activity.name` says what happened. */
  readonly system: boolean;
}

/** A turn with all that is needed to run it. */
export interface Scene {
  readonly key: string;
  readonly pending: PendingTurn;
  readonly turn: SealedTurn;
  readonly activity: Partial<Activity>;
  readonly replyToId: string | undefined;
  readonly watch: TurnWatch;
}

export function sceneOf(key: string, pending: PendingTurn, turn: SealedTurn, watch: TurnWatch): Scene {
  const activity = sdkActivity(pending, turn.activity);
  // Nobody saw a question of our own.
  const isSeen = turn.system !== true && (turn.echo || turn.delivery === 'connector');
  const replyToId = isSeen ? pending.activityId : undefined;
  return { key, pending, turn, activity, replyToId, watch };
}

/** What an attempt came to, ready to be committed. */
export interface Outcome {
  readonly replies: readonly JsonActivity[];
  readonly tx: RecordTransaction;
  /** The replies are an apology. */
  readonly apology: boolean;
}

export interface TurnAttemptsOptions {
  readonly store: Pick<TurnStore, 'readRecord'>;
  readonly adapter: TurnAdapter;
  readonly logic: TurnLogic;
  readonly clock: Clock;
  readonly log: Log;
  /** A turn that takes longer is given up with an apology. Default 10 s. */
  readonly turnTimeoutMs?: number;
}

const apologyTimeoutMs = 2_000;

/** Runs a turn's logic, each time on a fresh transaction; nothing of it is kept before the commit. */
export class TurnAttempts {
  constructor(private readonly options: TurnAttemptsOptions) {}

  /**
   * Runs the logic once; a failure of its own turns into an apology.
   * @throws StoreUnavailableError when the store did not let it read
   */
  async run(scene: Scene): Promise<Outcome> {
    const { store, adapter, logic, clock, log, turnTimeoutMs = 10_000 } = this.options;
    const { activity, replyToId, turn, watch } = scene;
    const tx = new RecordTransaction(store, clock.now());
    const { residentNumberErased, clientAddress, knownLine, system = false } = turn;
    const facts = { activity: turn.activity, residentNumberErased, clientAddress, knownLine, system };
    try {
      const replies = await watch.phase('dialog', () =>
        adapter.run(activity, replyToId, (context) =>
          withinTime(logic.takeTurn(context, tx, facts), turnTimeoutMs),
        ),
      );
      return { replies, tx, apology: false };
    } catch (error) {
      if (error instanceof StoreUnavailableError) throw error;
      log.error({ conversation: scene.key, code: codeOf(error), err: errorName(error) }, 'turn failed');
      return await this.apologise(scene, error);
    } finally {
      tx.end();
    }
  }

  /** An apology that changes nothing else; when the logic cannot even say that, the plainest one. */
  async apologise({ key, activity, replyToId, turn }: Scene, error: unknown): Promise<Outcome> {
    const { store, adapter, logic, clock, log } = this.options;
    const tx = new RecordTransaction(store, clock.now());
    tx.end();
    // The customer asked nothing: whoever caused the event sees that it said nothing.
    if (turn.system === true) return { replies: [], tx, apology: true };
    try {
      const replies = await adapter.run(activity, replyToId, (context) =>
        withinTime(logic.apologise(context, error), apologyTimeoutMs),
      );
      return { replies, tx, apology: true };
    } catch (failure) {
      log.error({ conversation: key, code: codeOf(failure), err: errorName(failure) }, 'the apology failed');
      const words = stringsFor(localeOf(activity.locale) ?? 'ko').failure.turn;
      const speak = async (context: TurnContext) => void (await context.sendActivity(words));
      return { replies: await adapter.run(activity, replyToId, speak), tx, apology: true };
    }
  }
}

class TurnTimeoutError extends AppError {
  readonly code = 'TurnTimeout';
}

/** @throws TurnTimeoutError; the work itself cannot be stopped, but its turn is over */
async function withinTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TurnTimeoutError('the turn took too long')), limitMs);
    // A running server has sockets to live for.
    timer.unref();
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Class and place of an error, without its message: that may quote what the customer typed. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const place = error.stack?.split('\n').find((line) => line.trim().startsWith('at '));
  return `${error.name} ${place?.trim() ?? ''}`;
}
