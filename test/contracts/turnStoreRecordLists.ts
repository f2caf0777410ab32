import fc from 'fast-check';
import type { RecordWrite, TurnStore } from '../../services/turn/turnStore';
import type { OpenStore } from './turnStoreContract';
import { aCommit, anAccept, oddTexts, putRecord, ticketOf } from './turnStoreFixture';

const set = (key: string, value = key, expectedVersion = 0): RecordWrite => ({
  key,
  expectedVersion,
  change: { value },
});

/** Page by page, as one reads a long list. */
async function keysFrom(store: TurnStore, prefix: string, pageSize = 100): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const page = await store.listRecords(prefix, keys.at(-1), pageSize);
    keys.push(...page.map(({ key }) => key));
    if (page.length < pageSize) return keys;
  }
}

export function describeRecordLists(open: OpenStore): void {
  describe('lists of records', () => {
    it('hold what begins with the prefix, in order, with version and value', async () => {
      const { store } = await open();
      for (const key of ['handoff/b', 'handoff/a', 'handoffs', 'hand', 'handoff/', 'Handoff/a'])
        await putRecord(store, key, { of: key });
      await putRecord(store, 'handoff/b', 'again');

      expect(await store.listRecords('handoff/', undefined, 10)).toEqual([
        { key: 'handoff/', version: 1, value: { of: 'handoff/' } },
        { key: 'handoff/a', version: 1, value: { of: 'handoff/a' } },
        { key: 'handoff/b', version: 2, value: 'again' },
      ]);
      expect(await store.listRecords('nothing/', undefined, 10)).toEqual([]);
      expect(await store.listRecords('handoff/', undefined, 0)).toEqual([]);
    });

    it('come in pages that hold each record once', async () => {
      const { store } = await open();
      const keys = Array.from({ length: 25 }, (_, at) => `queue/${String(at).padStart(2, '0')}`);
      await store.writeRecords(
        keys.map((key) => set(key)),
        0,
      );

      for (const pageSize of [1, 7, 25, 26]) expect(await keysFrom(store, 'queue/', pageSize)).toEqual(keys);
      expect(await store.listRecords('queue/', 'queue/24', 10)).toEqual([]);
      expect(await store.listRecords('queue/', 'a', 1)).toMatchObject([{ key: 'queue/00' }]);
      expect(await store.listRecords('queue/', 'r', 1)).toEqual([]);
    });

    it('leave out what has expired or was deleted', async () => {
      const { store, clock } = await open();
      await putRecord(store, 'r/deleted', 1);
      await putRecord(store, 'r/deleted', undefined);
      await putRecord(store, 'r/expires', 1, clock.now() + 1_000);
      await putRecord(store, 'r/stays', 1, clock.now() + 1_001);

      expect(await keysFrom(store, 'r/')).toEqual(['r/expires', 'r/stays']);
      clock.advance(1_000);
      expect(await keysFrom(store, 'r/')).toEqual(['r/stays']);
      await putRecord(store, 'r/deleted', 2);
      expect(await keysFrom(store, 'r/')).toEqual(['r/deleted', 'r/stays']);
    });

    it('take every character of a prefix for itself', async () => {
      const { store, reopen } = await open();
      for (const odd of oddTexts) await putRecord(store, odd, odd);
      const again = await reopen();

      expect((await keysFrom(again, '')).sort()).toEqual([...oddTexts].sort());
      for (const odd of oddTexts) {
        const expected = oddTexts.filter((text) => text.startsWith(odd));
        expect((await keysFrom(again, odd, 3)).sort()).toEqual(expected.sort());
      }
      const text = fc.string({ unit: 'grapheme', maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(text, fc.uniqueArray(text, { maxLength: 4 }), async (prefix, ends) => {
          const keys = ends.map((end) => `${prefix}${end}`);
          for (const key of keys) await putRecord(again, key, key);
          const found = await keysFrom(again, prefix, 5);
          expect(found.every((key) => key.startsWith(prefix))).toBe(true);
          expect(found).toEqual(expect.arrayContaining(keys));
          expect(new Set(found).size).toBe(found.length);
        }),
        { numRuns: 40 },
      );
    });

    it('tell long keys apart that begin alike', async () => {
      const { store } = await open();
      const long = `long/${'가'.repeat(2_000)}`;
      const keys = [long, `${long}a`, `${long}b`];
      for (const key of [...keys].reverse()) await putRecord(store, key, 1);

      expect(await keysFrom(store, 'long/', 2)).toEqual(keys);
      expect(await keysFrom(store, `${long}a`)).toEqual([`${long}a`]);
    });
  });

  describe('records written outside of a turn', () => {
    it('are all written or none', async () => {
      const { store, clock, reopen } = await open();
      expect(await store.writeRecords([set('a', 'one'), set('b', 'two')], clock.now())).toBe('written');
      const stale: RecordWrite[] = [set('a', 'three', 1), set('b', 'four', 0)];
      expect(await store.writeRecords(stale, clock.now())).toBe('conflict');
      expect(await store.writeRecords([], clock.now())).toBe('written');

      const again = await reopen();
      expect(await again.readRecord('a')).toEqual({ version: 1, value: 'one' });
      expect(await again.readRecord('b')).toEqual({ version: 1, value: 'two' });
    });

    it('can be deleted, relied on, and expire', async () => {
      const { store, clock } = await open();
      const session = { value: 'session', expiresAtMs: clock.now() + 1_000 };
      await store.writeRecords([set('user'), { key: 's', expectedVersion: 0, change: session }], clock.now());

      const relies: RecordWrite = { key: 'user', expectedVersion: 1, change: 'checkOnly' };
      expect(await store.writeRecords([relies, set('note')], clock.now())).toBe('written');
      clock.advance(1_000);
      expect(await store.readRecord('s')).toEqual({ version: 0, value: undefined });
      expect(await store.writeRecords([set('s', 'new')], clock.now())).toBe('written');
      const remove: RecordWrite = { key: 'user', expectedVersion: 1, change: 'delete' };
      expect(await store.writeRecords([remove], clock.now())).toBe('written');
      expect(await store.writeRecords([relies], clock.now())).toBe('conflict');
    });

    it('let one of many win, and turns see what they did', async () => {
      const { store, clock } = await open();
      const ticket = ticketOf(await store.accept(anAccept('m1')));

      const tries = await Promise.all(
        Array.from({ length: 8 }, (_, at) => store.writeRecords([set('login', `try ${at}`)], clock.now())),
      );

      expect(tries.filter((result) => result === 'written')).toHaveLength(1);
      expect(await store.commit(aCommit(ticket, { records: [set('login')] }))).toEqual({
        status: 'conflict',
      });
    });
  });
}
