import type { TurnStore } from '../services/turn/turnStore';
import type { StoredDatabase } from './storedDatabase';
import { balanceTemplate, helloTemplate } from './storedFilling';
import type { StoredScript, StoredTurn } from './storedScript';
import { storedAtMs } from './storedScript';
import { conversationIdOf, runTurn, turnFor } from './storedTurn';

const leaseMs = 15_000;
const claimed = 50;

/** Writes the two conversations that all others are copies of, through the store itself. */
export async function writeTemplates(database: StoredDatabase, script: StoredScript): Promise<void> {
  const { welcome, hello, ask, number, code } = script;
  const store = await database.open();
  try {
    await play(store, script, helloTemplate, [welcome, hello]);
    await play(store, script, balanceTemplate, [welcome, ask, number, code]);
  } finally {
    await store.close();
  }
}

async function play(
  store: TurnStore,
  script: StoredScript,
  conversation: number,
  turns: readonly StoredTurn[],
): Promise<void> {
  for (const [at, turn] of turns.entries()) {
    await runTurn(store, turnFor(script, turn, conversationIdOf(conversation), conversation * 10 + at));
    await deliver(store);
  }
}

/** Takes all that is due out of the outbox. @returns ms of each claim of 50 */
export async function deliver(store: TurnStore): Promise<number[]> {
  const claims: number[] = [];
  for (;;) {
    const begunMs = performance.now();
    const entries = await store.claimOutbox(storedAtMs, claimed, leaseMs);
    if (entries.length === 0) return claims;
    claims.push(performance.now() - begunMs);
    for (const { id } of entries) await store.completeOutbox(id, storedAtMs);
  }
}
