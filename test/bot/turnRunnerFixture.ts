import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ActivityFeed } from '../../bot/activityFeed';
import { createSealer } from '../../bot/sealer';
import { TurnAdapter } from '../../bot/turnAdapter';
import type { TurnLogic } from '../../bot/turnAttempts';
import { TurnRunner, type TurnRunnerOptions } from '../../bot/turnRunner';
import { systemRandomness } from '../../services/randomness';
import type { InboundActivity } from '../../services/turn/inboundActivity';
import type { InboundTurn } from '../../services/turn/turnIntake';
import type { JsonActivity, TurnStore } from '../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';

export const clock = { now: () => 1_800_000_000_000 };
const folders: string[] = [];
const stores: TurnStore[] = [];

export function newFile(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'turn-runner-'));
  folders.push(folder);
  return path.join(folder, 'turns.db');
}

export function openStore(file = ':memory:', queueLimit?: number): TurnStore {
  const store = openEmbeddedTurnStore({ file, clock, queueLimit });
  stores.push(store);
  return store;
}

/** For `afterEach`. */
export async function closeStores(): Promise<void> {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
}

/** Counts its turns in a record and says the count. */
export const counting: TurnLogic = {
  takeTurn: async (context, tx) => {
    const count = Number((await tx.read(`count/${context.activity.conversation.id}`)) ?? 0) + 1;
    await tx.write(`count/${context.activity.conversation.id}`, count);
    tx.enqueue({ key: `receipt/${context.activity.id}`, kind: 'receipt', payload: { count } });
    await context.sendActivity(`${context.activity.text} → ${count}`);
  },
  apologise: async (context) => {
    await context.sendActivity('sorry');
  },
};

export function runnerOn(
  store: TurnStore,
  logic: TurnLogic = counting,
  options: Partial<TurnRunnerOptions> = {},
) {
  const errors: Record<string, unknown>[] = [];
  const log = {
    error: (facts: object) => void errors.push({ ...facts }),
    warn: () => {},
    info: () => {},
    debug: () => {},
  };
  const runner = new TurnRunner({
    store,
    logic,
    adapter: new TurnAdapter(clock, systemRandomness),
    feed: new ActivityFeed(store),
    sealer: createSealer(Buffer.alloc(32, 7), systemRandomness),
    clock,
    randomness: systemRandomness,
    log,
    onOutbox: () => {},
    ...options,
  });
  return { runner, errors };
}

export function message(
  text: string,
  parts: Partial<InboundActivity> = {},
  conversationId = 'c1',
): InboundTurn {
  const activity: InboundActivity = {
    type: 'message',
    text,
    from: { id: 'u1' },
    conversation: { id: conversationId },
    ...parts,
  };
  return { channelId: 'directline', conversationId, userId: 'u1', activity, echo: true, delivery: 'log' };
}

export const textsOf = (activities: readonly JsonActivity[]) => activities.map(({ text }) => text);
