import fc from 'fast-check';
import type { OpenStore } from './turnStoreContract';
import { aCommit, aHead, anAccept, anActivity, ticketOf } from './turnStoreFixture';

export function describeActivityLog(open: OpenStore): void {
  describe('activity log', () => {
    it('shows the echo, then the replies of its turn, numbered without gaps', async () => {
      const { store } = await open();
      await store.accept(anAccept('m1'));
      await store.accept(anAccept('m2'));

      const first = await store.commit(aCommit(1, { replies: [anActivity('r1'), anActivity('r2')] }));
      const second = await store.commit(aCommit(2, { replies: [anActivity('r3')] }));

      expect(first).toMatchObject({ status: 'committed', seqs: [3, 4] });
      expect(second).toMatchObject({ status: 'committed', seqs: [5] });
      expect(await store.readLog(aHead().key, 0, 100)).toEqual([
        { seq: 1, ticket: 1, activity: anActivity('m1') },
        { seq: 2, ticket: 2, activity: anActivity('m2') },
        { seq: 3, ticket: 1, activity: anActivity('r1') },
        { seq: 4, ticket: 1, activity: anActivity('r2') },
        { seq: 5, ticket: 2, activity: anActivity('r3') },
      ]);
      expect(await store.lastSeq(aHead().key)).toBe(5);
    });

    it('gives the replies of one turn, without its echo', async () => {
      const { store } = await open();
      await store.accept(anAccept('m1'));
      await store.accept(anAccept('m2'));
      await store.commit(aCommit(1, { replies: [anActivity('r1'), anActivity('r2')] }));

      const replies = await store.repliesOf(aHead().key, 1);

      expect(replies.map((entry) => [entry.seq, entry.activity.id])).toEqual([
        [3, 'r1'],
        [4, 'r2'],
      ]);
      expect(await store.repliesOf(aHead().key, 2)).toEqual([]);
      expect(await store.repliesOf('directline/unknown', 1)).toEqual([]);
    });

    it('leaves out activities that have no echo', async () => {
      const { store } = await open();
      const { echo: _, ...silent } = anAccept('update');

      expect(await store.accept(silent)).toMatchObject({ status: 'accepted', ticket: 1 });

      expect(await store.readLog(aHead().key, 0, 10)).toEqual([]);
      expect(await store.lastSeq(aHead().key)).toBe(0);
    });

    it('is read page by page, after a restart too', async () => {
      const { store, reopen } = await open();
      await store.accept(anAccept('m1'));
      const replies = Array.from({ length: 24 }, (_, index) => anActivity(`r${index}`));
      await store.commit(aCommit(1, { replies }));
      const again = await reopen();

      const pages: number[][] = [];
      for (let after = 0; ; ) {
        const page = await again.readLog(aHead().key, after, 10);
        pages.push(page.map((entry) => entry.seq));
        after = page.at(-1)?.seq ?? after;
        if (page.length < 10) break;
      }

      expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
      expect(pages.flat()).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
      expect(await again.readLog(aHead().key, 25, 10)).toEqual([]);
      expect(await again.readLog(aHead().key, 0, 0)).toEqual([]);
      expect(await again.readLog('directline/unknown', 0, 10)).toEqual([]);
      expect(await again.lastSeq('directline/unknown')).toBe(0);
    });

    it('stays without gaps when echoes and replies of many turns come at once', async () => {
      const { store } = await open();
      const accepted = await Promise.all(
        Array.from({ length: 40 }, (_, index) => store.accept(anAccept(`m${index}`))),
      );

      await Promise.all([
        ...accepted.map((result, index) =>
          store.commit(
            aCommit(ticketOf(result), { replies: [anActivity(`r${index}`), anActivity(`s${index}`)] }),
          ),
        ),
        ...Array.from({ length: 20 }, (_, index) => store.accept(anAccept(`late${index}`))),
      ]);

      const log = await store.readLog(aHead().key, 0, 1_000);
      expect(log.map((entry) => entry.seq)).toEqual(Array.from({ length: 140 }, (_, index) => index + 1));
      expect(new Set(log.map((entry) => entry.activity.id)).size).toBe(140);
    });

    it('gives activities and references back as they were, whatever JSON they hold', async () => {
      const { store } = await open();
      let turn = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.jsonValue({ stringUnit: 'binary' }),
          fc.string({ unit: 'binary' }),
          async (json, text) => {
            turn += 1;
            const value = asJson(json);
            const conversationId = `c${turn}`;
            const conversation = aHead({ conversationId, reference: value });
            const echo = { ...anActivity('m', text), channelData: value };
            await store.accept(anAccept('m', { conversation, echo }));
            await store.commit(aCommit(1, { conversationKey: conversation.key, replies: [echo] }));

            const [logged, reply] = await store.readLog(conversation.key, 0, 10);
            expect(logged?.activity).toEqual(echo);
            expect(reply?.activity).toEqual(echo);
            expect((await store.getConversation(conversation.key))?.reference).toEqual(value);
          },
        ),
        { numRuns: 100, examples: [[JSON.parse('{"__proto__":{"admin":true},"":[null]}'), '\0\ud800"']] },
      );
    });
  });
}

/** fast-check's JSON may hold -0, which JSON text does not know. */
function asJson(value: unknown) {
  return JSON.parse(JSON.stringify(value));
}
