import type { OutboxEntry, TurnStore } from '../../services/turn/turnStore';
import type { OpenStore } from './turnStoreContract';
import { aCommit, anAccept, oddTexts, ticketOf } from './turnStoreFixture';

function anEntry(key: string, overrides: Partial<OutboxEntry> = {}): OutboxEntry {
  return { key, kind: 'sms', payload: `payload of ${key}`, notBeforeMs: 1_000, ...overrides };
}

async function enqueue(store: TurnStore, ...outbox: OutboxEntry[]): Promise<void> {
  turns += 1;
  const ticket = ticketOf(await store.accept(anAccept(`turn ${turns}`)));
  await store.commit(aCommit(ticket, { outbox }));
}
let turns = 0;

const keys = (entries: readonly { key: string }[]) => entries.map((entry) => entry.key);

export function describeOutbox(open: OpenStore): void {
  describe('outbox', () => {
    it('hands out what is due, the longest due first, with all that was put in', async () => {
      const { store } = await open();
      await enqueue(store, anEntry('later', { notBeforeMs: 3_000 }), anEntry('b', { notBeforeMs: 2_000 }));
      const entry = anEntry('a', { kind: 'connector', payload: { text: ['안녕', null, 1.5] } });
      await enqueue(store, entry);

      const due = await store.claimOutbox(2_000, 10, 500);

      expect(due).toEqual([
        { ...entry, id: expect.any(Number), attempt: 1 },
        { ...anEntry('b', { notBeforeMs: 2_000 }), id: expect.any(Number), attempt: 1 },
      ]);
      expect(await store.claimOutbox(999, 10, 500)).toEqual([]);
    });

    it('hands out one kind alone where that is asked for', async () => {
      const { store } = await open();
      await enqueue(store, anEntry('a', { kind: 'reminder', notBeforeMs: 500 }), anEntry('b'), anEntry('c'));

      expect(keys(await store.claimOutbox(1_000, 1, 500, 'sms'))).toEqual(['b']);
      expect(keys(await store.claimOutbox(999, 9, 500, 'sms'))).toEqual([]);
      expect(await store.claimOutbox(1_000, 9, 500, 'sms')).toMatchObject([{ key: 'c', attempt: 1 }]);
      expect(keys(await store.claimOutbox(1_000, 9, 500))).toEqual(['a']);
    });

    it('leases an entry to one worker until the lease ends, then counts the next attempt', async () => {
      const { store, reopen } = await open();
      await enqueue(store, anEntry('a'));

      expect(await store.claimOutbox(1_000, 10, 500)).toMatchObject([{ key: 'a', attempt: 1 }]);
      const again = await reopen();
      expect(await again.claimOutbox(1_499, 10, 500)).toEqual([]);
      expect(await again.claimOutbox(1_500, 10, 500)).toMatchObject([
        { key: 'a', attempt: 2, payload: 'payload of a', notBeforeMs: 1_000 },
      ]);
    });

    it('leases to a commit that asks for it only what is due, new and first of its lane', async () => {
      const { store, reopen } = await open();
      await enqueue(store, anEntry('known'), anEntry('a1', { lane: 'a' }));
      const entries = [
        anEntry('known'),
        anEntry('later', { notBeforeMs: 2_001 }),
        anEntry('a2', { lane: 'a' }),
        anEntry('b1', { lane: 'b' }),
        anEntry('b2', { lane: 'b' }),
        anEntry('free', { kind: 'connector', payload: { text: ['안녕', null, 1.5] } }),
      ];
      const ticket = ticketOf(await store.accept(anAccept('leasing')));
      const turn = { outbox: entries, committedAtMs: 2_000, leaseOutboxMs: 500 };
      const result = await store.commit(aCommit(ticket, turn));

      const leased = (result.status === 'committed' && result.leased) || [];
      // A store may lease nothing; then all is claimed as ever.
      expect([[], ['b1', 'free']]).toContainEqual(keys(leased));
      for (const one of leased) {
        const { lane: _, ...entry } = entries.find(({ key }) => key === one.key) ?? anEntry('none');
        expect(one).toEqual({ ...entry, id: expect.any(Number), attempt: 1 });
      }
      const again = await reopen();
      const claimed = await again.claimOutbox(2_499, 10, 60_000);
      expect([...keys(leased), ...keys(claimed)].sort()).toEqual(['a1', 'b1', 'free', 'known', 'later']);
      // Nobody has delivered them: they come back when the lease ends.
      const back = await again.claimOutbox(2_500, 10, 500);
      expect(back.map(({ key, attempt }) => [key, attempt])).toEqual(keys(leased).map((key) => [key, 2]));
    });

    it('lets a lane go on behind an entry that its commit had leased', async () => {
      const { store } = await open();
      const commit = async (key: string) => {
        turns += 1;
        const ticket = ticketOf(await store.accept(anAccept(`turn ${turns}`)));
        const outbox = [anEntry(key, { lane: 'a' })];
        const result = await store.commit(
          aCommit(ticket, { outbox, committedAtMs: 1_000, leaseOutboxMs: 60_000 }),
        );
        return (result.status === 'committed' && result.leased) || [];
      };
      const [first] = [...(await commit('a1')), ...(await store.claimOutbox(1_000, 10, 60_000))];
      expect(await commit('a2')).toEqual([]);
      expect(await store.claimOutbox(1_000, 10, 60_000)).toEqual([]);
      await store.completeOutbox(first?.id ?? 0, 1_000);
      expect(keys(await store.claimOutbox(1_000, 10, 60_000))).toEqual(['a2']);
    });

    it('gives no entry to two workers that ask at once', async () => {
      const { store } = await open();
      const entries = Array.from({ length: 50 }, (_, index) => anEntry(`e${index}`));
      await enqueue(store, ...entries);

      const claims = await Promise.all(Array.from({ length: 8 }, () => store.claimOutbox(1_000, 7, 500)));

      expect(claims.every((claim) => claim.length <= 7)).toBe(true);
      expect(keys(claims.flat()).sort()).toEqual(keys(entries).sort());
      expect(await store.claimOutbox(1_000, 0, 500)).toEqual([]);
    });

    it('delivers no entry again once it is complete, and wipes what it held', async () => {
      const { store, holds, reopen } = await open();
      await enqueue(store, anEntry('a', { payload: { code: 'six secret digits' } }));
      const [claimed] = await store.claimOutbox(1_000, 10, 500);
      expect(await holds('six secret digits')).toBe(true);

      await store.completeOutbox(claimed?.id ?? 0, 1_200);

      expect(await holds('six secret digits')).toBe(false);
      const again = await reopen();
      expect(await again.claimOutbox(1e12, 10, 500)).toEqual([]);
      expect(await again.nextOutboxDueMs()).toBeUndefined();
    });

    it('ignores a known key, waiting or delivered, in the same turn or another', async () => {
      const { store } = await open();
      await enqueue(store, anEntry('a', { payload: 'first' }), anEntry('a', { payload: 'second' }));
      await enqueue(
        store,
        anEntry('a', { payload: 'third', kind: 'connector', notBeforeMs: 0 }),
        anEntry('b'),
      );

      const due = await store.claimOutbox(1_000, 10, 500);
      expect(due).toMatchObject([
        { key: 'a', payload: 'first', kind: 'sms' },
        { key: 'b', payload: 'payload of b' },
      ]);
      for (const { id } of due) await store.completeOutbox(id, 1_100);
      await enqueue(store, anEntry('a'), anEntry('c'));

      expect(keys(await store.claimOutbox(1e12, 10, 500))).toEqual(['c']);
    });

    it('keeps any two different keys apart', async () => {
      const { store } = await open();
      await enqueue(store, ...oddTexts.map((odd) => anEntry(odd, { kind: odd, payload: odd })));

      const due = await store.claimOutbox(1_000, 100, 500);

      expect(keys(due)).toEqual(oddTexts);
      expect(due.every(({ key, kind, payload }) => key === kind && key === payload)).toBe(true);
    });

    it('tries again when told so, and not before', async () => {
      const { store } = await open();
      await enqueue(store, anEntry('a'));
      const [first] = await store.claimOutbox(1_000, 10, 60_000);

      await store.failOutbox(first?.id ?? 0, 'Timeout', 5_000);

      expect(await store.nextOutboxDueMs()).toBe(5_000);
      expect(await store.claimOutbox(4_999, 10, 500)).toEqual([]);
      expect(await store.claimOutbox(5_000, 10, 500)).toMatchObject([{ key: 'a', attempt: 2 }]);
    });

    it('gives up for good when told so: wiped, and its key still known', async () => {
      const { store, holds } = await open();
      await enqueue(store, anEntry('a', { payload: 'words never delivered' }));
      const [first] = await store.claimOutbox(1_000, 10, 500);

      await store.failOutbox(first?.id ?? 0, 'Rejected', undefined);
      await enqueue(store, anEntry('a'));

      expect(await holds('words never delivered')).toBe(false);
      expect(await store.claimOutbox(1e12, 10, 500)).toEqual([]);
      expect(await store.nextOutboxDueMs()).toBeUndefined();
    });

    it('keeps what is finished finished, when a worker reports late', async () => {
      const { store } = await open();
      await enqueue(store, anEntry('a'));
      const [claimed] = await store.claimOutbox(1_000, 10, 500);
      const id = claimed?.id ?? 0;
      await store.completeOutbox(id, 1_100);

      await store.failOutbox(id, 'Timeout', 1_200);
      await store.completeOutbox(id, 1_300);
      await store.completeOutbox(id + 100, 1_300);

      expect(await store.claimOutbox(1e12, 10, 500)).toEqual([]);
      // Its key may be forgotten 24 h after it was delivered, not after the late report.
      await store.sweep({ nowMs: 0, keysBeforeMs: 1_101, conversationsBeforeMs: 0 });
      await enqueue(store, anEntry('a'));
      expect(keys(await store.claimOutbox(1e12, 10, 500))).toEqual(['a']);
    });

    it('lets no late report meet another entry under a used id', async () => {
      const { store, reopen } = await open();
      await enqueue(store, anEntry('a'));
      const [first] = await store.claimOutbox(1_000, 10, 500);
      await store.completeOutbox(first?.id ?? 0, 1_100);
      await store.sweep({ nowMs: 0, keysBeforeMs: 2_000, conversationsBeforeMs: 0 });
      const again = await reopen();
      await enqueue(again, anEntry('b'));

      await again.completeOutbox(first?.id ?? 0, 2_000);

      expect(keys(await again.claimOutbox(1_000, 10, 500))).toEqual(['b']);
    });

    it('says by kind what should have left by now, leased entries included', async () => {
      const { store } = await open();
      expect(await store.outboxBacklog(9_000)).toEqual([]);
      const call = { kind: 'connector', notBeforeMs: 3_000 };
      await enqueue(store, anEntry('a'), anEntry('b', { notBeforeMs: 2_000 }), anEntry('c', call));
      await enqueue(store, anEntry('later', { notBeforeMs: 9_000 }));
      const [first] = await store.claimOutbox(1_000, 1, 60_000);

      expect(await store.outboxBacklog(2_999)).toEqual([{ kind: 'sms', waiting: 2, oldestMs: 1_000 }]);
      await store.completeOutbox(first?.id ?? 0, 2_999);
      expect(await store.outboxBacklog(3_000)).toEqual([
        { kind: 'connector', waiting: 1, oldestMs: 3_000 },
        { kind: 'sms', waiting: 1, oldestMs: 2_000 },
      ]);
    });

    it('says when the next entry is due, leased ones included', async () => {
      const { store } = await open();
      expect(await store.nextOutboxDueMs()).toBeUndefined();
      await enqueue(store, anEntry('a'), anEntry('b', { notBeforeMs: 2_000 }));
      expect(await store.nextOutboxDueMs()).toBe(1_000);

      await store.claimOutbox(1_000, 10, 500);
      expect(await store.nextOutboxDueMs()).toBe(1_500);
      await store.claimOutbox(1_500, 10, 60_000);
      expect(await store.nextOutboxDueMs()).toBe(2_000);
    });
  });
}
