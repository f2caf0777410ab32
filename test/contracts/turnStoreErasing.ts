import type { OpenStore } from './turnStoreContract';
import { aCommit, aHead, anAccept, anActivity } from './turnStoreFixture';

const { key } = aHead();
const erasure = { conversationKey: key, recordKeys: ['memory/c1'], outboxKeys: ['sms/c1'] };
const nothing = { nowMs: 0, keysBeforeMs: 0, conversationsBeforeMs: 0 };

/** Every kind of trace of two conversations, c1 and c2; c1 has a turn that is not finished. */
async function twoConversations(open: OpenStore) {
  const fixture = await open();
  const { store } = fixture;
  for (const conversationId of ['c1', 'c2']) {
    const conversation = aHead({
      conversationId,
      userId: `user of ${conversationId}`,
      reference: { user: `reference of ${conversationId}` },
    });
    for (const id of ['m1', 'm2'])
      await store.accept(
        anAccept(id, {
          conversation,
          echo: anActivity(id, `words of ${conversationId}`),
          sealedActivity: Buffer.from(`sealed of ${conversationId}`),
        }),
      );
    const memory = { value: `memory of ${conversationId}` };
    await store.commit(
      aCommit(1, {
        conversationKey: conversation.key,
        records: [{ key: `memory/${conversationId}`, expectedVersion: 0, change: memory }],
        replies: [anActivity('r1', `reply in ${conversationId}`)],
        outbox: [
          {
            key: `sms/${conversationId}`,
            kind: 'sms',
            payload: `entry of ${conversationId}`,
            notBeforeMs: 0,
          },
        ],
        journal: [{ stream: 'audit/1', body: { shown: 'balance', conversationId } }],
      }),
    );
  }
  return fixture;
}

export function describeErasing(open: OpenStore): void {
  describe('erasing a conversation', () => {
    it('leaves nothing of it to be found, and everything of the others', async () => {
      const { store, holds } = await twoConversations(open);

      await store.eraseConversation(erasure);

      expect(await store.getConversation(key)).toBeUndefined();
      expect(await store.readLog(key, 0, 100)).toEqual([]);
      expect(await store.repliesOf(key, 1)).toEqual([]);
      expect(await store.lastSeq(key)).toBe(0);
      expect(await store.nextPending(key)).toBeUndefined();
      expect(await store.readRecord('memory/c1')).toEqual({ version: 0, value: undefined });
      for (const trace of [
        'words of',
        'sealed of',
        'reply in',
        'memory of',
        'entry of',
        'user of',
        'reference of',
      ])
        expect([trace, await holds(`${trace} c1`)]).toEqual([trace, false]);

      expect(await store.getConversation('directline/c2')).toMatchObject({ userId: 'user of c2' });
      expect(await store.readLog('directline/c2', 0, 100)).toHaveLength(3);
      expect(await store.pendingConversations()).toEqual(['directline/c2']);
      expect((await store.readRecord('memory/c2')).value).toBe('memory of c2');
      expect((await store.claimOutbox(0, 10, 1_000)).map((entry) => entry.key)).toEqual(['sms/c2']);
    });

    it('keeps what the journal holds: audit rows name no person', async () => {
      const { store } = await twoConversations(open);

      await store.eraseConversation(erasure);

      expect((await store.readJournal('audit/1', 0, 10)).map(({ seq }) => seq)).toEqual([1, 2]);
    });

    it('lets a turn that runs meanwhile end quietly, without bringing anything back', async () => {
      const { store } = await twoConversations(open);
      const running = await store.nextPending(key);
      const memory = await store.readRecord('memory/c1');
      await store.eraseConversation(erasure);

      const late = await store.commit(
        aCommit(running?.ticket ?? 0, {
          records: [{ key: 'memory/c1', expectedVersion: memory.version, change: { value: 'memory again' } }],
          replies: [anActivity('late', 'a late reply')],
          outbox: [{ key: 'late', kind: 'sms', payload: 'late', notBeforeMs: 0 }],
        }),
      );

      expect(late).toEqual({ status: 'alreadyDone' });
      expect(await store.readLog(key, 0, 100)).toEqual([]);
      expect((await store.readRecord('memory/c1')).value).toBeUndefined();
      expect((await store.claimOutbox(0, 10, 1_000)).map((entry) => entry.key)).toEqual(['sms/c2']);
    });

    it('takes nothing more for it, a repeated message and a new start included, also after a restart', async () => {
      const { store, reopen } = await twoConversations(open);
      await store.eraseConversation(erasure);

      expect(await store.accept(anAccept('m1'))).toEqual({ status: 'erased' });
      expect(await store.accept(anAccept('m9'))).toEqual({ status: 'erased' });
      const again = await reopen();
      expect(await again.accept(anAccept('start'))).toEqual({ status: 'erased' });
      expect(await again.getConversation(key)).toBeUndefined();
      expect(await again.pendingConversations()).toEqual(['directline/c2']);
    });

    it('may be asked for twice, at once, and of a conversation that never was', async () => {
      const { store } = await twoConversations(open);

      await Promise.all([store.eraseConversation(erasure), store.eraseConversation(erasure)]);
      await store.eraseConversation({ conversationKey: 'directline/never', recordKeys: [], outboxKeys: [] });

      expect(await store.getConversation(key)).toBeUndefined();
      expect(await store.accept(anAccept('m1', { conversationId: 'never' }))).toMatchObject({
        status: 'accepted',
        ticket: 1,
      });
    });

    it('gives no record the version again that an erased one had', async () => {
      const { store } = await twoConversations(open);
      const { version } = await store.readRecord('memory/c1');
      await store.eraseConversation(erasure);
      const written = { value: 'another', expiresAtMs: Number.MAX_SAFE_INTEGER };

      await store.commit(
        aCommit(2, {
          conversationKey: 'directline/c2',
          records: [{ key: 'memory/c1', expectedVersion: 0, change: written }],
        }),
      );

      expect((await store.readRecord('memory/c1')).version).toBeGreaterThan(version);
    });

    it('keeps the key taken only as long as an idle conversation is kept', async () => {
      const { store, clock } = await twoConversations(open);
      await store.eraseConversation(erasure);

      await store.sweep({ ...nothing, conversationsBeforeMs: clock.now() + 1 });

      expect(await store.accept(anAccept('m1'))).toMatchObject({ status: 'accepted', ticket: 1 });
    });
  });
}
