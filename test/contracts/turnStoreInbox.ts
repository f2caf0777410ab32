import type { OpenStore } from './turnStoreContract';
import { aCommit, aHead, anAccept, oddTexts, ticketOf } from './turnStoreFixture';

export function describeInbox(open: OpenStore): void {
  describe('inbox', () => {
    it('numbers activities in the order of the calls, in each conversation, also when they come at once', async () => {
      const { store } = await open();
      const calls = Array.from({ length: 300 }, (_, index) => ({
        id: `m${index}`,
        conversationId: `c${index % 3}`,
      }));

      const results = await Promise.all(
        calls.map(({ id, conversationId }) => store.accept(anAccept(id, { conversationId }))),
      );

      expect(results).toMatchObject(
        calls.map((_, index) => {
          const place = Math.floor(index / 3) + 1;
          return { status: 'accepted', ticket: place, echoSeq: place };
        }),
      );
    });

    it('hands out the oldest unfinished turn, with all that was accepted', async () => {
      const { store } = await open();
      const first = anAccept('m1', { sealedActivity: Buffer.from([0, 255, 0, 7]), receivedAtMs: 1_234 });
      await store.accept(first);
      await store.accept(anAccept('m2'));

      const pending = await store.nextPending(aHead().key);
      expect(pending).toEqual({
        ticket: 1,
        activityId: 'm1',
        sealedActivity: Buffer.from([0, 255, 0, 7]),
        receivedAtMs: 1_234,
        conversation: first.conversation,
      });

      await store.commit(aCommit(1));
      expect(await store.nextPending(aHead().key)).toMatchObject({ ticket: 2, activityId: 'm2' });
      await store.commit(aCommit(2));
      expect(await store.nextPending(aHead().key)).toBeUndefined();
      expect(await store.nextPending('directline/unknown')).toBeUndefined();
    });

    it('takes a repeated message once, and says whether the first one is done', async () => {
      const { store } = await open();
      await store.accept(anAccept('first', { idempotencyKey: 'k' }));
      const repeat = anAccept('second', {
        idempotencyKey: 'k',
        conversation: aHead({ reference: 'of the repeat' }),
      });

      expect(await store.accept(repeat)).toEqual({
        status: 'duplicate',
        ticket: 1,
        activityId: 'first',
        done: false,
      });
      await store.commit(aCommit(1));
      expect(await store.accept(repeat)).toMatchObject({ activityId: 'first', done: true });

      expect(await store.nextPending(aHead().key)).toBeUndefined();
      expect(await store.lastSeq(aHead().key)).toBe(1);
      expect(await store.getConversation(aHead().key)).toEqual(aHead());
      expect(await store.accept(anAccept('third'))).toMatchObject({
        status: 'accepted',
        ticket: 2,
        echoSeq: 2,
      });
    });

    it('takes one of ten equal messages that arrive at once', async () => {
      const { store } = await open();

      const results = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          store.accept(anAccept(`m${index}`, { idempotencyKey: 'k' })),
        ),
      );

      expect(results.map((result) => result.status)).toEqual(['accepted', ...Array(9).fill('duplicate')]);
      expect(new Set(results.map(ticketOf))).toEqual(new Set([1]));
      expect(await store.readLog(aHead().key, 0, 100)).toHaveLength(1);
    });

    it('knows a repeated message after a restart', async () => {
      const { store, reopen } = await open();
      await store.accept(anAccept('m1'));
      await store.accept(anAccept('m2'));
      await store.commit(aCommit(1));

      const again = await reopen();

      expect(await again.accept(anAccept('m1'))).toMatchObject({
        status: 'duplicate',
        ticket: 1,
        done: true,
      });
      expect(await again.accept(anAccept('m2'))).toMatchObject({
        status: 'duplicate',
        ticket: 2,
        done: false,
      });
      expect(await again.accept(anAccept('m3'))).toMatchObject({ status: 'accepted', ticket: 3 });
    });

    it('takes the same idempotency key of another conversation as another message', async () => {
      const { store } = await open();
      await store.accept(anAccept('m1', { conversationId: 'c1' }));

      expect(await store.accept(anAccept('m1', { conversationId: 'c2' }))).toMatchObject({
        status: 'accepted',
      });
    });

    it('keeps of a known conversation everything but the reference', async () => {
      const { store } = await open();
      await store.accept(anAccept('m1'));
      const claims = aHead({ userId: 'somebody else', createdAtMs: 1, reference: ['newest'] });
      await store.accept(
        anAccept('m2', { conversation: { ...claims, channelId: 'x', conversationId: 'y' } }),
      );

      expect(await store.getConversation(aHead().key)).toEqual({ ...aHead(), reference: ['newest'] });
      expect(await store.getConversation('directline/unknown')).toBeUndefined();
    });

    it('refuses what is beyond the queue limit, storing nothing, until a turn is done', async () => {
      const { store } = await open({ queueLimit: 2 });
      await store.accept(anAccept('m1'));
      await store.accept(anAccept('m2'));

      expect(await store.accept(anAccept('m3'))).toEqual({ status: 'queueFull' });
      expect(await store.accept(anAccept('m2'))).toMatchObject({ status: 'duplicate', ticket: 2 });
      expect(await store.accept(anAccept('m1', { conversationId: 'c2' }))).toMatchObject({ ticket: 1 });
      expect(await store.lastSeq(aHead().key)).toBe(2);

      await store.commit(aCommit(1));
      expect(await store.accept(anAccept('m3'))).toMatchObject({ status: 'accepted', ticket: 3, echoSeq: 3 });
      expect(await store.accept(anAccept('m4'))).toEqual({ status: 'queueFull' });
    });

    it('names the conversations with unfinished turns to whoever restarts', async () => {
      const { store, reopen } = await open();
      for (const conversationId of ['c1', 'c2', 'c3']) await store.accept(anAccept('m1', { conversationId }));
      await store.accept(anAccept('m2', { conversationId: 'c2' }));
      for (const conversationId of ['c1', 'c2']) {
        await store.commit(aCommit(1, { conversationKey: aHead({ conversationId }).key }));
      }

      const again = await reopen();

      expect((await again.pendingConversations()).sort()).toEqual(['directline/c2', 'directline/c3']);
      expect(await again.nextPending('directline/c2')).toMatchObject({ ticket: 2, activityId: 'm2' });
    });

    it('keeps any two different texts apart, whatever they hold', async () => {
      const { store, reopen } = await open();
      for (const odd of oddTexts) {
        const conversation = aHead({
          key: odd,
          channelId: odd,
          conversationId: odd,
          userId: odd,
          reference: odd,
        });
        expect(await store.accept(anAccept('m', { conversation }))).toMatchObject({ ticket: 1 });
        const sameConversation = anAccept(`id ${odd}`, { idempotencyKey: odd, activityId: odd });
        expect(await store.accept(sameConversation)).toMatchObject({ status: 'accepted' });
      }

      const again = await reopen();

      expect(new Set(await again.pendingConversations())).toEqual(new Set([...oddTexts, aHead().key]));
      for (const odd of oddTexts) {
        expect(await again.getConversation(odd)).toMatchObject({
          key: odd,
          channelId: odd,
          userId: odd,
          reference: odd,
        });
        expect(await again.accept(anAccept('new', { idempotencyKey: odd }))).toMatchObject({
          status: 'duplicate',
          activityId: odd,
        });
      }
      expect(({} as { admin?: unknown }).admin).toBeUndefined();
    });

    it('wipes what the customer typed once the turn is done', async () => {
      const { store, holds } = await open();
      await store.accept(anAccept('m1', { sealedActivity: Buffer.from('sealed words of the customer') }));
      expect(await holds('sealed words of the customer')).toBe(true);

      await store.commit(aCommit(1));

      expect(await holds('sealed words of the customer')).toBe(false);
    });
  });
}
