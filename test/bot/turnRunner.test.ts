import type { TurnContext } from 'botbuilder';
import type { TurnLogic } from '../../bot/turnAttempts';
import { QueueFullError, StoreUnavailableError } from '../../services/errors';
import { systemRandomness } from '../../services/randomness';
import type { TurnStore } from '../../services/turn/turnStore';
import type { TurnTransaction } from '../../services/turn/turnTransaction';
import {
  clock,
  closeStores,
  counting,
  message,
  newFile,
  openStore,
  runnerOn,
  textsOf,
} from './turnRunnerFixture';

afterEach(closeStores);

describe('turn runner', () => {
  it('F16: applies 1,000 messages sent at once to one conversation, in order', async () => {
    const store = openStore(newFile());
    const { runner } = runnerOn(store);
    const sent = await Promise.all(Array.from({ length: 1_000 }, (_, n) => runner.submit(message(`m${n}`))));
    const replies = await Promise.all(sent.map(({ replies: of }) => of()));
    expect(replies.map((reply) => textsOf(reply)[0])).toEqual(
      Array.from({ length: 1_000 }, (_, n) => `m${n} → ${n + 1}`),
    );
    expect((await store.readRecord('count/c1')).value).toBe(1_000);
    const log = await store.readLog('directline/c1', 0, 5_000);
    expect(log.map(({ seq }) => seq)).toEqual(Array.from({ length: 2_000 }, (_, n) => n + 1));
    expect(await store.claimOutbox(clock.now(), 2_000, 1_000)).toHaveLength(1_000);
  });

  it('runs conversations in parallel: a slow one holds up no other', async () => {
    const store = openStore();
    let release: (() => void) | undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const logic: TurnLogic = {
      ...counting,
      takeTurn: async (context, tx, facts) => {
        if (context.activity.text === 'slow') await slow;
        return counting.takeTurn(context, tx, facts);
      },
    };
    const { runner } = runnerOn(store, logic);
    const first = await runner.submit(message('slow', {}, 'a'));
    const second = await runner.submit(message('quick', {}, 'b'));
    expect(textsOf(await second.replies())).toEqual(['quick → 1']);
    release?.();
    expect(textsOf(await first.replies())).toEqual(['slow → 1']);
  });

  it('F13, F14: gives a repeated message one effect and the first reply, also while it runs and after a restart', async () => {
    const file = newFile();
    const store = openStore(file);
    const { runner } = runnerOn(store);
    const again = (id: string) =>
      runner.submit(message('hi', { id, channelData: { clientActivityID: 'k1' } }));
    const tenTimes = await Promise.all(Array.from({ length: 10 }, (_, n) => again(`id${n}`)));
    expect(new Set(tenTimes.map(({ activityId }) => activityId)).size).toBe(1);
    expect(tenTimes.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    for (const sent of tenTimes) expect(textsOf(await sent.replies())).toEqual(['hi → 1']);
    await store.close();

    const { runner: restarted } = runnerOn(openStore(file));
    const late = await restarted.submit(
      message('hi', { id: 'other', channelData: { clientActivityID: 'k1' } }),
    );
    expect(late).toMatchObject({ duplicate: true, activityId: tenTimes[0]?.activityId });
    expect(textsOf(await late.replies())).toEqual(['hi → 1']);
  });

  it('tells apart the same client id of two users, and messages without any id', async () => {
    const { runner } = runnerOn(openStore());
    const from = (id: string) =>
      runner.submit(message('x', { from: { id }, channelData: { clientActivityID: 'same' } }));
    const bare = () => runner.submit(message('x'));
    const sent = await Promise.all([from('u1'), from('u2'), bare(), bare()]);
    expect(sent.map(({ duplicate }) => duplicate)).toEqual([false, false, false, false]);
  });

  it('finishes after a restart what was accepted before it', async () => {
    const file = newFile();
    const store = openStore(file);
    const never: TurnLogic = { ...counting, takeTurn: () => new Promise(() => {}) };
    const { runner } = runnerOn(store, never, { turnTimeoutMs: 60_000 });
    await runner.submit(message('before'));
    await store.close();

    const reopened = openStore(file);
    const { runner: restarted } = runnerOn(reopened);
    await restarted.resume();
    const after = await restarted.submit(message('after'));
    expect(textsOf(await after.replies())).toEqual(['after → 2']);
    const log = await reopened.readLog('directline/c1', 0, 10);
    expect(textsOf(log.map(({ activity }) => activity)).sort()).toEqual([
      'after',
      'after → 2',
      'before',
      'before → 1',
    ]);
  });

  it('runs a turn again that lost a compare-and-set, and its side effects leave once', async () => {
    const store = openStore();
    let runs = 0;
    const logic: TurnLogic = {
      ...counting,
      takeTurn: async (context, tx, facts) => {
        runs += 1;
        await counting.takeTurn(context, tx, facts);
        // Somebody else changes the record between this turn's read and its commit, twice.
        if (runs <= 2) await changeElsewhere(store, 'count/c1', 10 * runs);
      },
    };
    const { runner } = runnerOn(store, logic);
    const sent = await runner.submit(message('hi'));
    expect(textsOf(await sent.replies())).toEqual(['hi → 21']);
    expect(runs).toBe(3);
    expect(await store.repliesOf('directline/c1', 1)).toHaveLength(1);
    expect(
      (await store.claimOutbox(clock.now(), 10, 1_000)).filter(({ kind }) => kind === 'receipt'),
    ).toHaveLength(1);
  });

  it('rolls back a turn that throws, apologises once, and takes the next message', async () => {
    const store = openStore();
    const logic: TurnLogic = {
      ...counting,
      takeTurn: async (context: TurnContext, tx: TurnTransaction, facts) => {
        await counting.takeTurn(context, tx, facts);
        if (context.activity.text === 'bad') throw new Error('secret 123456');
      },
    };
    const { runner, errors } = runnerOn(store, logic);
    expect(textsOf(await (await runner.submit(message('bad'))).replies())).toEqual(['sorry']);
    expect(textsOf(await (await runner.submit(message('good'))).replies())).toEqual(['good → 1']);
    expect(errors).toHaveLength(1);
    expect(JSON.stringify(errors)).not.toContain('123456');
  });

  it('gives up on a turn that hangs', async () => {
    const hanging: TurnLogic = { ...counting, takeTurn: () => new Promise(() => {}) };
    const { runner } = runnerOn(openStore(), hanging, { turnTimeoutMs: 20 });
    expect(textsOf(await (await runner.submit(message('hm'))).replies())).toEqual(['sorry']);
  });

  it('acknowledges nothing that the store did not take', async () => {
    const store = openStore();
    const failing: TurnStore = Object.assign(Object.create(store), {
      accept: async () => {
        throw new StoreUnavailableError('disk full');
      },
    });
    const { runner } = runnerOn(failing);
    await expect(runner.submit(message('hi'))).rejects.toThrow(StoreUnavailableError);
  });

  it('refuses politely when one conversation has too much unfinished', async () => {
    const waiting: TurnLogic = { ...counting, takeTurn: () => new Promise(() => {}) };
    const { runner } = runnerOn(openStore(':memory:', 3), waiting, { turnTimeoutMs: 60_000 });
    for (let n = 0; n < 3; n += 1) await runner.submit(message(`m${n}`));
    await expect(runner.submit(message('m3'))).rejects.toThrow(QueueFullError);
  });

  it('erases a resident registration number before anything is stored', async () => {
    const file = newFile();
    const store = openStore(file);
    const seen: unknown[] = [];
    const logic: TurnLogic = {
      ...counting,
      takeTurn: async (context, _tx, facts) => {
        seen.push(facts.residentNumberErased, context.activity.text);
      },
    };
    const { runner } = runnerOn(store, logic);
    await (
      await runner.submit(message('제 번호는 900101-1234567 이에요', { value: { note: '9001011234567' } }))
    ).replies();
    expect(seen).toEqual([true, '제 번호는 [주민번호 삭제됨] 이에요']);
    expect(JSON.stringify(await store.readLog('directline/c1', 0, 10))).not.toMatch(/900101|1234567/);
  });

  it('tells subscribers what the log gained, in its order and without gaps', async () => {
    const { runner } = runnerOn(openStore());
    const heard: number[] = [];
    runner.subscribe('directline/c1', (entries) => heard.push(...entries.map(({ seq }) => seq)));
    const sent = await Promise.all(Array.from({ length: 50 }, (_, n) => runner.submit(message(`m${n}`))));
    await Promise.all(sent.map(({ replies }) => replies()));
    expect(heard).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
  });

  it('stops after the turn that runs and leaves the rest for the next start', async () => {
    const store = openStore();
    const { runner } = runnerOn(store);
    await Promise.all(Array.from({ length: 20 }, (_, n) => runner.submit(message(`m${n}`))));
    await runner.stop();
    const { runner: next } = runnerOn(store);
    await next.resume();
    expect(textsOf(await (await next.submit(message('last'))).replies())).toEqual(['last → 21']);
  });
});

/** What another replica would do: a commit of its own that changes the record. */
async function changeElsewhere(store: TurnStore, key: string, value: number): Promise<void> {
  const { version } = await store.readRecord(key);
  const conversation = {
    key: 'x/other',
    channelId: 'x',
    conversationId: 'other',
    userId: '',
    reference: {},
    createdAtMs: 0,
  };
  const accepted = await store.accept({
    conversation,
    idempotencyKey: systemRandomness.uuid(),
    sealedActivity: Buffer.from('x'),
    activityId: systemRandomness.uuid(),
    receivedAtMs: 0,
  });
  if (accepted.status !== 'accepted') throw new Error('not accepted');
  await store.commit({
    conversationKey: 'x/other',
    ticket: accepted.ticket,
    records: [{ key, expectedVersion: version, change: { value } }],
    replies: [],
    outbox: [],
    committedAtMs: 0,
  });
}
