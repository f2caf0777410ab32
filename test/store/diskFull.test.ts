import { join } from 'node:path';
import { openConnection } from '../../store/embedded/connection';
import { EmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { aCommit, aHead, anAccept, anActivity, HandSetClock, ticketOf } from '../contracts/turnStoreFixture';
import { aFolder } from './embeddedFixture';

describe('F37: a full disk', () => {
  const folder = aFolder();
  afterAll(folder.remove);

  it('acknowledges nothing that is not kept, and heals when there is room again', async () => {
    const db = openConnection(join(folder.path, 'assistant.db'));
    const warnings: string[] = [];
    const store = new EmbeddedTurnStore(db, {
      clock: new HandSetClock(),
      log: { warn: (_, message) => warnings.push(message) },
    });
    await store.accept(anAccept('before'));
    db.pragma('max_page_count = 60');

    const acknowledged: string[] = [];
    const refused: string[] = [];
    for (let group = 0; group < 20; group += 1) {
      const ids = Array.from({ length: 10 }, (_, index) => `m${group}.${index}`);
      const outcomes = await Promise.allSettled(
        ids.map((id) => store.accept(anAccept(id, { sealedActivity: Buffer.alloc(2_000, 'x') }))),
      );
      outcomes.forEach((outcome, index) => {
        (outcome.status === 'fulfilled' ? acknowledged : refused).push(ids[index] ?? '');
        if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('StoreUnavailable');
      });
    }

    expect(acknowledged.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(100);
    expect(await loggedIds(store)).toEqual(['before', ...acknowledged]);
    expect(warnings).toEqual(['the database refuses writes']);

    db.pragma('max_page_count = 100000');
    const retried = await Promise.all([...acknowledged, ...refused].map((id) => store.accept(anAccept(id))));

    expect(retried.map((result) => result.status)).toEqual([
      ...acknowledged.map(() => 'duplicate'),
      ...refused.map(() => 'accepted'),
    ]);
    expect(retried.map(ticketOf)).toEqual(retried.map((_, index) => index + 2));
    expect(await loggedIds(store)).toEqual(['before', ...acknowledged, ...refused]);
    expect(warnings).toEqual(['the database refuses writes', 'the database takes writes again']);
    await store.close();
  });

  it('leaves a turn that could not be committed as it was: state, log, outbox and inbox', async () => {
    const db = openConnection(join(folder.path, 'commit.db'));
    const store = new EmbeddedTurnStore(db, { clock: new HandSetClock() });
    await store.accept(anAccept('m1'));
    db.pragma('max_page_count = 30');
    const turn = aCommit(1, {
      records: [{ key: 'state', expectedVersion: 0, change: { value: 'new' } }],
      outbox: [{ key: 'sms', kind: 'sms', payload: 'code', notBeforeMs: 0 }],
      replies: [anActivity('r1'), anActivity('r2', 'x'.repeat(500_000))],
    });

    await expect(store.commit(turn)).rejects.toMatchObject({ code: 'StoreUnavailable' });

    expect(await store.readRecord('state')).toEqual({ version: 0, value: undefined });
    expect(await loggedIds(store)).toEqual(['m1']);
    expect(await store.nextOutboxDueMs()).toBeUndefined();
    expect(await store.nextPending(aHead().key)).toMatchObject({ ticket: 1, activityId: 'm1' });

    db.pragma('max_page_count = 100000');
    expect(await store.commit(turn)).toMatchObject({ status: 'committed', seqs: [2, 3] });
    await store.close();
  });
});

async function loggedIds(store: EmbeddedTurnStore): Promise<string[]> {
  const log = await store.readLog(aHead().key, 0, 10_000);
  return log.map((entry) => entry.activity.id);
}
