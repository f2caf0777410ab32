import { existsSync } from 'node:fs';
import path from 'node:path';
import type { StoredDatabase } from '../../bench/storedDatabase';
import { balanceEvery, balanceTemplate, firstFilled, helloTemplate } from '../../bench/storedFilling';
import { StoredPostgres } from '../../bench/storedPostgres';
import { recordScript, type StoredScript } from '../../bench/storedScript';
import { StoredSqlite } from '../../bench/storedSqlite';
import { writeTemplates } from '../../bench/storedTemplates';
import { conversationIdOf, runTurn } from '../../bench/storedTurn';
import { Turns } from '../../bench/storedTurnCost';
import { conversationKey } from '../../services/turn/turnIntake';
import type { TurnStore } from '../../services/turn/turnStore';

const root = path.resolve(__dirname, '../..');
const count = 2 * balanceEvery;
/** The one in twenty that saw its balance, and one that did not. */
const balance = balanceEvery + 1;
const hello = firstFilled;

let script: StoredScript;

beforeAll(async () => {
  script = await recordScript(root);
}, 60_000);

function keyOf(n: number): string {
  return conversationKey('directline', conversationIdOf(n));
}

/** Everything that a store tells of a conversation, the conversation's own name left out. */
async function whatIsStored(store: TurnStore, n: number): Promise<string> {
  const key = keyOf(n);
  const id = conversationIdOf(n);
  const kinds = ['memory', 'limit/conversation'].map((kind) => `${kind}/${key}`);
  const keys = [...kinds, `session/${key}/dl_customer`, `challenge/${key}/dl_customer`];
  const found = {
    head: await store.getConversation(key),
    log: await store.readLog(key, 0, 100),
    lastSeq: await store.lastSeq(key),
    replies: await store.repliesOf(key, 2),
    pending: await store.nextPending(key),
    records: await Promise.all(keys.map((each) => store.readRecord(each))),
  };
  return JSON.stringify(found).replaceAll(id, '').replaceAll(script.conversationId, '');
}

describe.each([
  ['SQLite', async (): Promise<StoredDatabase> => new StoredSqlite()],
  ['PostgreSQL', async (): Promise<StoredDatabase> => StoredPostgres.start()],
])('conversations that were filled into %s', (_, start) => {
  let database: StoredDatabase;

  beforeAll(async () => {
    database = await start();
    await writeTemplates(database, script);
    await database.fill({ from: firstFilled, count, balances: true });
  }, 60_000);
  afterAll(async () => {
    expect(existsSync(database.folder)).toBe(true);
    await database.remove();
    expect(existsSync(database.folder)).toBe(false);
  });

  it('are like those that were written through the store', async () => {
    const store = await database.open();
    try {
      const said = await whatIsStored(store, hello);
      const shown = await whatIsStored(store, balance);

      expect(said).toBe(await whatIsStored(store, helloTemplate));
      expect(shown).toBe(await whatIsStored(store, balanceTemplate));
      expect(shown).toContain('35,000원');
      expect(said).not.toContain('35,000원');
    } finally {
      await store.close();
    }
  });

  it('take turns, and know a message that comes again', async () => {
    const store = await database.open();
    try {
      const turns = new Turns(script);
      const turn = turns.prepare('faq', hello);
      const before = await store.lastSeq(keyOf(hello));

      await runTurn(store, turn);
      for (const kind of ['number', 'code'] as const) await runTurn(store, turns.prepare(kind, balance));

      expect(await store.lastSeq(keyOf(hello))).toBe(before + 1 + script.faq.commit.replies.length);
      expect((await store.accept(turn.accept)).status).toBe('duplicate');
    } finally {
      await store.close();
    }
  });

  it('leave nothing to do, and can be swept like others', async () => {
    const ageMs = 40 * 86_400_000;
    await database.fill({ from: 5_000, count: 3, ageMs, balances: false });
    const store = await database.open();
    try {
      expect(await store.pendingConversations()).toEqual([]);
      const nowMs = script.faq.accept.receivedAtMs;
      await store.sweep({ nowMs, keysBeforeMs: nowMs, conversationsBeforeMs: nowMs - ageMs + 1_000 });

      expect(await store.getConversation(keyOf(5_000))).toBeUndefined();
      expect(await store.readLog(keyOf(5_002), 0, 10)).toEqual([]);
      expect(await store.lastSeq(keyOf(balance))).toBeGreaterThan(0);
    } finally {
      await store.close();
    }
  });
});
