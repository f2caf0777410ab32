import type { JsonValue, TurnStore } from '../../services/turn/turnStore';
import type { OpenStore } from './turnStoreContract';
import { aCommit, aHead, anAccept, anActivity, putRecord, ticketOf } from './turnStoreFixture';

const key = aHead().key;

export function describeCommit(open: OpenStore): void {
  describe('commit', () => {
    it('writes records, replies, outbox and "done" together', async () => {
      const { store, reopen } = await open();
      await store.accept(anAccept('m1'));

      const result = await store.commit(
        aCommit(1, {
          records: [
            { key: 'a', expectedVersion: 0, change: { value: { n: 1 } } },
            { key: 'b', expectedVersion: 0, change: { value: [null, '요금'] } },
          ],
          replies: [anActivity('r1')],
          outbox: [{ key: 'sms 1', kind: 'sms', payload: { to: 'line' }, notBeforeMs: 0 }],
        }),
      );

      expect(result).toMatchObject({ status: 'committed', seqs: [2] });
      const again = await reopen();
      expect(await again.readRecord('a')).toEqual({ version: 1, value: { n: 1 } });
      expect(await again.readRecord('b')).toEqual({ version: 1, value: [null, '요금'] });
      expect(await again.repliesOf(key, 1)).toHaveLength(1);
      expect(await again.nextPending(key)).toBeUndefined();
      expect(await again.claimOutbox(1, 10, 1_000)).toMatchObject([{ key: 'sms 1', attempt: 1 }]);
    });

    it('writes nothing when one of several records has changed', async () => {
      const { store } = await open();
      await putRecord(store, 'a', 'old a');
      await putRecord(store, 'b', 'old b');
      const a = await store.readRecord('a');
      const b = await store.readRecord('b');
      await putRecord(store, 'b', 'newer b');
      await store.accept(anAccept('m1'));

      const result = await store.commit(
        aCommit(1, {
          records: [
            { key: 'a', expectedVersion: a.version, change: { value: 'mine' } },
            { key: 'new', expectedVersion: 0, change: { value: 'mine' } },
            { key: 'b', expectedVersion: b.version, change: { value: 'mine' } },
          ],
          replies: [anActivity('r1')],
          outbox: [{ key: 'sms 1', kind: 'sms', payload: 'mine', notBeforeMs: 0 }],
        }),
      );

      expect(result).toEqual({ status: 'conflict' });
      expect(await store.readRecord('a')).toEqual(a);
      expect(await store.readRecord('new')).toEqual({ version: 0, value: undefined });
      expect((await store.readRecord('b')).value).toBe('newer b');
      expect(await store.lastSeq(key)).toBe(1);
      expect(await store.claimOutbox(1, 10, 1_000)).toEqual([]);
      expect(await store.nextPending(key)).toMatchObject({ ticket: 1, activityId: 'm1' });
      expect(await store.commit(aCommit(1))).toMatchObject({ status: 'committed' });
    });

    it('lets exactly one of two turns win that read the same version', async () => {
      const { store } = await open();
      await putRecord(store, 'shared', 'before');
      const { version } = await store.readRecord('shared');
      await store.accept(anAccept('m1'));
      await store.accept(anAccept('m2'));

      const results = await Promise.all(
        [1, 2].map((ticket) =>
          store.commit(
            aCommit(ticket, {
              records: [{ key: 'shared', expectedVersion: version, change: { value: ticket } }],
            }),
          ),
        ),
      );

      expect(results.map((result) => result.status)).toEqual(['committed', 'conflict']);
      expect((await store.readRecord('shared')).value).toBe(1);
    });

    it('conflicts when a record that was only relied on has changed', async () => {
      const { store } = await open();
      await putRecord(store, 'rule', 'open');
      const rule = await store.readRecord('rule');
      await store.accept(anAccept('m1'));
      await store.accept(anAccept('m2'));
      const relyingOn = (expectedVersion: number) =>
        [{ key: 'rule', expectedVersion, change: 'checkOnly' as const }] as const;

      expect(await store.commit(aCommit(1, { records: relyingOn(rule.version) }))).toMatchObject({
        status: 'committed',
      });
      expect(await store.readRecord('rule')).toEqual(rule);

      await putRecord(store, 'rule', 'closed');
      expect(await store.commit(aCommit(2, { records: relyingOn(rule.version) }))).toEqual({
        status: 'conflict',
      });
      expect(await store.commit(aCommit(2, { records: relyingOn(0) }))).toEqual({ status: 'conflict' });
    });

    it('commits a turn once, also when two runners finish it at once', async () => {
      const { store } = await open();
      await store.accept(anAccept('m1'));
      const turn = (by: string) =>
        aCommit(1, {
          records: [{ key: by, expectedVersion: 0, change: { value: by } }],
          replies: [anActivity(`reply by ${by}`)],
          outbox: [{ key: by, kind: 'sms', payload: by, notBeforeMs: 0 }],
        });

      const results = await Promise.all([store.commit(turn('one')), store.commit(turn('two'))]);

      expect(results).toMatchObject([{ status: 'committed', seqs: [2] }, { status: 'alreadyDone' }]);
      expect(await store.commit(turn('three'))).toEqual({ status: 'alreadyDone' });
      expect((await store.readRecord('two')).version).toBe(0);
      expect(await store.lastSeq(key)).toBe(2);
      expect(await store.claimOutbox(1, 10, 1_000)).toHaveLength(1);
    });

    it('refuses a turn that was never accepted, and goes on', async () => {
      const { store } = await open();
      await store.accept(anAccept('m1'));
      await store.accept(anAccept('m1', { conversationId: 'c2' }));
      await store.accept(anAccept('m2', { conversationId: 'c2' }));
      const change = { value: 'stray' };
      const records = [{ key: 'a', expectedVersion: 0, change }];

      const strays = [
        aCommit(2, { records }),
        aCommit(0, { records }),
        aCommit(-1, { records }),
        aCommit(1, { records, conversationKey: 'directline/unknown' }),
      ].map((turn) => store.commit(turn));
      const proper = store.commit(aCommit(1));

      for (const stray of await Promise.allSettled(strays)) expect(stray.status).toBe('rejected');
      expect(await proper).toMatchObject({ status: 'committed' });
      expect((await store.readRecord('a')).version).toBe(0);
    });

    it('applies 1,000 parallel turns of one conversation, all and in order', async () => {
      const { store } = await open();
      const ids = Array.from({ length: 1_000 }, (_, index) => `m${index}`);
      await Promise.all(ids.map((id) => store.accept(anAccept(id))));

      // Eight replicas race for the oldest turn; whoever loses runs the next one on fresh state.
      await Promise.all(Array.from({ length: 8 }, () => countUntilIdle(store)));

      expect((await store.readRecord('counter')).value).toBe(1_000);
      const log = await store.readLog(key, 0, 5_000);
      expect(log.map((entry) => entry.seq)).toEqual(Array.from({ length: 2_000 }, (_, index) => index + 1));
      expect(log.slice(1_000).map((entry) => entry.activity.text)).toEqual(
        ids.map((id, index) => `${id} was number ${index + 1}`),
      );
    });

    it('loses no turn when each runs its own ticket again until it fits', async () => {
      const { store } = await open();
      const accepted = await Promise.all(
        Array.from({ length: 100 }, (_, index) => store.accept(anAccept(`m${index}`))),
      );

      await Promise.all(
        accepted.map(async (result) => {
          for (;;) {
            const counter = await store.readRecord('counter');
            const value = count(counter.value) + 1;
            const records = [{ key: 'counter', expectedVersion: counter.version, change: { value } }];
            const { status } = await store.commit(aCommit(ticketOf(result), { records }));
            if (status === 'committed') return;
            expect(status).toBe('conflict');
          }
        }),
      );

      expect((await store.readRecord('counter')).value).toBe(100);
    });
  });
}

async function countUntilIdle(store: TurnStore): Promise<void> {
  for (;;) {
    const turn = await store.nextPending(key);
    if (turn === undefined) return;
    const counter = await store.readRecord('counter');
    const value = count(counter.value) + 1;
    await store.commit(
      aCommit(turn.ticket, {
        records: [{ key: 'counter', expectedVersion: counter.version, change: { value } }],
        replies: [anActivity(`reply ${turn.ticket}`, `${turn.activityId} was number ${value}`)],
      }),
    );
  }
}

function count(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
