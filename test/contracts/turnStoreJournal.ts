import { firstHash, type JournalRow, journalHash } from '../../services/journal/journal';
import type { OpenStore } from './turnStoreContract';
import { aCommit, anAccept, oddTexts } from './turnStoreFixture';

const nothing = { nowMs: 0, keysBeforeMs: 0, conversationsBeforeMs: 0 };

function expectChain(rows: readonly JournalRow[], previousHash = firstHash, firstSeq = 1): void {
  let previous = previousHash;
  rows.forEach((row, at) => {
    const { stream, atMs } = row;
    const link = {
      stream,
      seq: firstSeq + at,
      atMs,
      bodyJson: JSON.stringify(row.body),
      previousHash: previous,
    };
    expect(row).toMatchObject({ seq: link.seq, previousHash: previous, hash: journalHash(link) });
    previous = row.hash;
  });
}

export function describeJournal(open: OpenStore): void {
  describe('journal', () => {
    it('keeps what a turn notes, in its order, with the turn', async () => {
      const { store, reopen } = await open();
      await store.accept(anAccept('m1'));
      await store.commit(
        aCommit(1, {
          journal: [
            { stream: 'audit/1', body: { kind: 'challenged' } },
            { stream: 'audit/2', body: { kind: 'other' } },
            { stream: 'audit/1', body: { kind: 'verified', deep: [1, { two: null }] } },
          ],
          committedAtMs: 5_000,
        }),
      );

      const rows = await (await reopen()).readJournal('audit/1', 0, 10);

      expect(rows.map((row) => row.body)).toEqual([
        { kind: 'challenged' },
        { kind: 'verified', deep: [1, { two: null }] },
      ]);
      expect(rows.map((row) => row.atMs)).toEqual([5_000, 5_000]);
      expectChain(rows);
    });

    it('notes nothing when the commit is refused or repeated', async () => {
      const { store } = await open();
      const journal = [{ stream: 'audit/1', body: 'once' }];
      await store.accept(anAccept('m1'));
      const refused = aCommit(1, {
        journal,
        records: [{ key: 'k', expectedVersion: 7, change: 'checkOnly' }],
      });

      expect(await store.commit(refused)).toEqual({ status: 'conflict' });
      await store.commit(aCommit(1, { journal }));
      await store.commit(aCommit(1, { journal }));

      expect(await store.readJournal('audit/1', 0, 10)).toHaveLength(1);
    });

    it('chains what many write at once, without gaps', async () => {
      const { store } = await open();
      const writers = Array.from({ length: 60 }, (_, at) => [
        { stream: 'deflection/0', body: { at } },
        { stream: `deflection/${1 + (at % 3)}`, body: { at } },
      ]);

      await Promise.all(writers.map((entries, at) => store.appendJournal(entries, at)));

      const rows = await store.readJournal('deflection/0', 0, 100);
      expect(rows).toHaveLength(60);
      expectChain(rows);
      expect(new Set(rows.map((row) => JSON.stringify(row.body))).size).toBe(60);
    });

    it('gives rows page by page, and streams apart whatever their names', async () => {
      const { store } = await open();
      await store.appendJournal(
        oddTexts.map((text) => ({ stream: text, body: text })),
        1,
      );
      await store.appendJournal(
        [2, 3, 4].map((body) => ({ stream: 'a', body })),
        1,
      );

      expect((await store.readJournal('a', 1, 2)).map((row) => row.body)).toEqual([2, 3]);
      expect(await store.readJournal('a', 4, 10)).toEqual([]);
      for (const text of oddTexts) {
        const [first] = await store.readJournal(text, 0, 1);
        expect(first).toMatchObject({ stream: text, body: text, seq: 1 });
      }
      expectChain(await store.readJournal('a', 0, 10));
    });

    it('forgets the oldest rows of a journal and goes on where it was', async () => {
      const { store } = await open();
      const at = (atMs: number) => store.appendJournal([{ stream: 'audit/1', body: atMs }], atMs);
      for (const atMs of [1_000, 2_000, 1_500, 3_000]) await at(atMs);
      await store.appendJournal([{ stream: 'unanswered/1', body: 'old' }], 1);
      const before = await store.readJournal('audit/1', 0, 10);

      await store.sweep({ ...nothing, journalBeforeMs: { audit: 2_000 } });
      const kept = await store.readJournal('audit/1', 0, 10);
      expect(kept).toEqual(before.slice(1));

      await store.sweep({ ...nothing, journalBeforeMs: { audit: 9_000 } });
      expect(await store.readJournal('audit/1', 0, 10)).toEqual([]);
      await at(4_000);
      expectChain(await store.readJournal('audit/1', 0, 10), before.at(-1)?.hash, 5);
      expect(await store.readJournal('unanswered/1', 0, 10)).toHaveLength(1);
    });
  });
}
