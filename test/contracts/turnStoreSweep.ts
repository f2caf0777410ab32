import type { OpenStore } from './turnStoreContract';
import { aCommit, aHead, anAccept, anActivity, putRecord } from './turnStoreFixture';

const key = aHead().key;
const day = 86_400_000;
const nothing = { nowMs: 0, keysBeforeMs: 0, conversationsBeforeMs: 0 };

export function describeSweep(open: OpenStore): void {
  describe('sweep', () => {
    it('forgets idempotency keys of turns that were done before the limit, and no others', async () => {
      const { store, clock } = await open();
      const now = clock.now();
      for (const id of ['old', 'young', 'unfinished'])
        await store.accept(anAccept(id, { receivedAtMs: now - 9 * day }));
      await store.commit(aCommit(1, { replies: [anActivity('r1')], committedAtMs: now - 2 * day }));
      await store.commit(aCommit(2, { committedAtMs: now - day }));

      await store.sweep({ ...nothing, keysBeforeMs: now - day });

      expect(await store.accept(anAccept('young'))).toMatchObject({
        status: 'duplicate',
        ticket: 2,
        done: true,
      });
      expect(await store.accept(anAccept('unfinished'))).toMatchObject({ status: 'duplicate', ticket: 3 });
      expect(await store.accept(anAccept('old'))).toMatchObject({ status: 'accepted', ticket: 4 });
      expect(await store.commit(aCommit(1))).toEqual({ status: 'alreadyDone' });
      expect((await store.repliesOf(key, 1)).map((entry) => entry.activity.id)).toEqual(['r1']);
      expect(await store.nextPending(key)).toMatchObject({ ticket: 3, activityId: 'unfinished' });
    });

    it('forgets outbox keys that were finished before the limit, and no others', async () => {
      const { store } = await open();
      const entries = ['old', 'young', 'waiting'].map((name) => ({
        key: name,
        kind: 'sms',
        payload: name,
        notBeforeMs: 0,
      }));
      await store.accept(anAccept('m1'));
      await store.accept(anAccept('m2'));
      await store.commit(aCommit(1, { outbox: entries }));
      const claimed = await store.claimOutbox(0, 2, 1_000);
      await store.completeOutbox(claimed[0]?.id ?? 0, 4_999);
      await store.completeOutbox(claimed[1]?.id ?? 0, 5_000);

      await store.sweep({ ...nothing, keysBeforeMs: 5_000 });
      await store.commit(aCommit(2, { outbox: entries }));

      const due = await store.claimOutbox(10_000, 10, 1_000);
      expect(due.map((entry) => entry.key).sort()).toEqual(['old', 'waiting']);
      expect(due.map((entry) => entry.id)).not.toContain(claimed[0]?.id);
    });

    it('removes records that have expired, and no others', async () => {
      const { store, clock, holds } = await open();
      await putRecord(store, 'a', 'words that expire', clock.now() + 1_000);
      await putRecord(store, 'b', 'words that expire later', clock.now() + 1_001);
      await putRecord(store, 'c', 'words that stay');
      clock.advance(1_000);

      await store.sweep({ ...nothing, nowMs: clock.now() });

      expect(await holds('words that expire"')).toBe(false);
      expect((await store.readRecord('b')).value).toBe('words that expire later');
      expect((await store.readRecord('c')).value).toBe('words that stay');
    });

    it('removes idle conversations whole, and none that is active or has an unfinished turn', async () => {
      const { store, clock, holds } = await open();
      const now = clock.now();
      const at = (conversationId: string, atMs: number) =>
        anAccept('m1', {
          conversation: aHead({ conversationId, createdAtMs: atMs }),
          echo: anActivity('m1', `words in ${conversationId}`),
          receivedAtMs: atMs,
        });
      const done = (conversationId: string, atMs: number) =>
        aCommit(1, { conversationKey: aHead({ conversationId }).key, committedAtMs: atMs });
      await store.accept(at('idle', now - 9 * day));
      await store.commit(done('idle', now - 8 * day));
      await store.accept(at('answered late', now - 9 * day));
      await store.commit(done('answered late', now - day));
      await store.accept(at('unfinished', now - 9 * day));

      await store.sweep({ ...nothing, conversationsBeforeMs: now - 7 * day });

      expect(await store.getConversation('directline/idle')).toBeUndefined();
      expect(await store.readLog('directline/idle', 0, 10)).toEqual([]);
      expect(await store.lastSeq('directline/idle')).toBe(0);
      expect(await holds('words in idle')).toBe(false);
      expect(await store.readLog('directline/answered late', 0, 10)).toHaveLength(1);
      expect(await store.nextPending('directline/unfinished')).toMatchObject({ ticket: 1 });
      expect(await store.accept(at('idle', now))).toMatchObject({
        status: 'accepted',
        ticket: 1,
        echoSeq: 1,
      });
    });

    it('removes any number of everything, while turns go on', async () => {
      const { store, clock, holds } = await open();
      const now = clock.now();
      const heads = Array.from({ length: 1_100 }, (_, index) =>
        aHead({ conversationId: `c${index}`, createdAtMs: now - 9 * day }),
      );
      const outbox = (key: string) => [{ key, kind: 'sms', payload: 1, notBeforeMs: 0 }];
      const change = { value: 'words that expire', expiresAtMs: now - 1 };
      const replies = ['r1', 'r2', 'r3', 'r4', 'r5'].map((id) => anActivity(id));
      await byHundreds(heads, async (conversation) => {
        await store.accept(anAccept('m1', { conversation, receivedAtMs: now - 9 * day }));
        await store.commit(
          aCommit(1, {
            conversationKey: conversation.key,
            records: [{ key: conversation.key, expectedVersion: 0, change }],
            replies,
            outbox: outbox(conversation.key),
            committedAtMs: now - 9 * day,
          }),
        );
      });
      const claimed = await store.claimOutbox(0, 2_000, 1_000);
      await byHundreds(claimed, ({ id }) => store.completeOutbox(id, now - 9 * day));

      const swept = store.sweep({ nowMs: now, keysBeforeMs: now - day, conversationsBeforeMs: 0 });
      const live = await store.accept(anAccept('live', { conversationId: 'live', receivedAtMs: now }));
      await swept;
      expect(live).toMatchObject({ status: 'accepted', ticket: 1 });
      expect(await holds('words that expire')).toBe(false);
      const repeats = await byHundreds(heads, async (conversation) => {
        const { status } = await store.accept(anAccept('m1', { conversation, receivedAtMs: now - 8 * day }));
        const conversationKey = conversation.key;
        const committedAtMs = now - 8 * day;
        await store.commit(aCommit(2, { conversationKey, outbox: outbox(conversationKey), committedAtMs }));
        return status;
      });
      expect(new Set(repeats)).toEqual(new Set(['accepted']));
      expect(await store.claimOutbox(0, 2_000, 1_000)).toHaveLength(heads.length);

      await store.sweep({ ...nothing, conversationsBeforeMs: now - 7 * day });
      const known = await Promise.all(heads.map(({ key: known }) => store.getConversation(known)));
      expect(known.filter((head) => head !== undefined)).toEqual([]);
      expect(await store.pendingConversations()).toEqual(['directline/live']);
    });
  });
}

/** More at once would wait longer for a connection than a server lets anybody wait. */
async function byHundreds<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += 100)
    results.push(...(await Promise.all(items.slice(at, at + 100).map(work))));
  return results;
}
