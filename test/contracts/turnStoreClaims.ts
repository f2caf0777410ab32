import type { OpenStore } from './turnStoreContract';
import { aCommit, aHead, anAccept } from './turnStoreFixture';

const key = aHead().key;

export function describeClaims(open: OpenStore): void {
  describe('claims of a process that is alone', () => {
    it('are granted, and come with what is accepted', async () => {
      const { store } = await open();
      expect(await store.accept(anAccept('m1'))).toMatchObject({ status: 'accepted', ticket: 1, echoSeq: 1 });

      expect(await store.claimConversation(key)).toBe(true);
      await store.keepClaims([key, 'directline/unknown']);
      expect(await store.claimConversation(key)).toBe(true);
      await store.commit(aCommit(1));
      expect(await store.claimConversation(key)).toBe(true);
    });

    it('end with the process: the next one finds what is unfinished, oldest first', async () => {
      const { store, reopen } = await open();
      for (const conversationId of ['c1', 'c2', 'c3']) await store.accept(anAccept('m1', { conversationId }));
      await store.commit(aCommit(1, { conversationKey: 'directline/c2' }));
      const again = await reopen();

      expect(await again.claimPending(1)).toEqual(['directline/c1']);
      expect(await again.claimPending(10)).toContain('directline/c3');
      expect(await again.pendingConversations()).toEqual(['directline/c1', 'directline/c3']);
    });

    it('tell a watcher nothing of its own commits', async () => {
      const { store } = await open();
      const heard: string[] = [];
      const stop = store.watch((conversationKey) => void heard.push(conversationKey));

      await store.accept(anAccept('m1'));
      await store.commit(aCommit(1));
      await store.ping(1);

      expect(heard).toEqual([]);
      stop();
      stop();
    });
  });
}
