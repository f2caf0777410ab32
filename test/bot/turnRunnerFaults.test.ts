import { ActivityFeed } from '../../bot/activityFeed';
import { createSealer } from '../../bot/sealer';
import type { TurnLogic } from '../../bot/turnAttempts';
import { StoreUnavailableError } from '../../services/errors';
import { systemRandomness } from '../../services/randomness';
import { presentDeadline } from '../../services/resilience/turnDeadline';
import type { LoggedActivity, TurnStore } from '../../services/turn/turnStore';
import { anAccept } from '../contracts/turnStoreFixture';
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

type Mode = 'before the work' | 'after the work';

/** A store of which chosen calls fail: with nothing done, or done although it says the opposite. */
function failingStore(store: TurnStore, fails: (call: number, method: string) => Mode | undefined) {
  const count = { calls: 0 };
  const failing = new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name, target);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        count.calls += 1;
        const mode = fails(count.calls, String(name));
        if (mode === 'before the work') throw new StoreUnavailableError('the disk is gone');
        const result: unknown = await method.apply(target, args);
        if (mode === 'after the work') throw new StoreUnavailableError('the answer got lost');
        return result;
      };
    },
  });
  return { failing, count };
}

/** Like a client that never gives up: the same message until it is accepted. */
async function insist(runner: ReturnType<typeof runnerOn>['runner'], text: string, conversationId: string) {
  for (;;) {
    try {
      return await runner.submit(message(text, { channelData: { clientActivityID: text } }, conversationId));
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
    }
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

const conversations = ['a', 'b'];
const messagesEach = 3;

/** Talks to a runner whose store fails now and then; checks that each message has one echo and one reply. */
async function survives(fails: (call: number, method: string) => Mode | undefined) {
  const store = openStore();
  const { failing, count } = failingStore(store, fails);
  const { runner } = runnerOn(failing, counting, { retryMs: 1 });
  const heard: LoggedActivity[] = [];
  runner.subscribe('directline/a', (entries) => heard.push(...entries));
  const said = await Promise.all(
    conversations.map(async (id) => {
      const sent = [];
      for (let n = 0; n < messagesEach; n += 1) sent.push(await insist(runner, `m${n}`, id));
      return sent;
    }),
  );
  const idle = async () => (await store.pendingConversations()).length === 0;
  await until(idle);
  for (const [index, id] of conversations.entries()) {
    const log = await store.readLog(`directline/${id}`, 0, 100);
    const replies = log.filter(({ activity }) => activity.replyToId !== undefined);
    const echoes = log.filter(({ activity }) => activity.replyToId === undefined);
    const wanted = Array.from({ length: messagesEach }, (_, n) => `m${n}`);
    expect(textsOf(echoes.map(({ activity }) => activity))).toEqual(wanted);
    expect(textsOf(replies.map(({ activity }) => activity))).toEqual(
      wanted.map((text, n) => `${text} → ${n + 1}`),
    );
    expect(replies.map(({ activity }) => activity.replyToId)).toEqual(
      (said[index] ?? []).map(({ activityId }) => activityId),
    );
  }
  expect(await store.claimOutbox(clock.now(), 100, 1_000)).toHaveLength(conversations.length * messagesEach);
  return { store, runner, heard, said: said.flat(), calls: count.calls };
}

describe('F41: a turn on a store that fails', () => {
  it.each<Mode>(['before the work', 'after the work'])(
    'answers everything it accepted once, whichever call fails %s',
    async (mode) => {
      const { calls } = await survives(() => undefined);
      expect(calls).toBeGreaterThan(20);
      for (let k = 1; k <= calls; k += 1) {
        const { runner } = await survives((call) => (call === k ? mode : undefined));
        await runner.stop();
      }
    },
  );

  it.each<Mode>(['before the work', 'after the work'])(
    'answers everything it accepted once when commits keep failing %s',
    async (mode) => {
      let failures = 0;
      const { runner } = await survives((_call, method) => {
        if (method !== 'commit') return undefined;
        failures += 1;
        return failures % 2 === 1 ? mode : undefined;
      });
      expect(failures).toBeGreaterThan(messagesEach);
      await runner.stop();
    },
  );

  it('gives who waits the replies of a commit whose answer got lost, and subscribers the whole log', async () => {
    const store = openStore();
    let lost = 0;
    const { failing } = failingStore(store, (_call, method) => {
      if (method !== 'commit' || lost > 0) return undefined;
      lost += 1;
      return 'after the work';
    });
    let kicks = 0;
    const onOutbox = () => {
      kicks += 1;
    };
    const { runner } = runnerOn(failing, counting, { retryMs: 1, onOutbox });
    const heard: LoggedActivity[] = [];
    runner.subscribe('directline/c1', (entries) => heard.push(...entries));

    const first = await runner.submit(message('one'));
    expect(textsOf(await first.replies())).toEqual(['one → 1']);
    const second = await runner.submit(message('two'));
    expect(textsOf(await second.replies())).toEqual(['two → 2']);

    expect(lost).toBe(1);
    await until(() => heard.length >= 4);
    expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(kicks).toBe(2);
  });

  it('runs a message that was accepted although the store said it was not', async () => {
    const store = openStore();
    const { failing } = failingStore(store, (call) => (call === 1 ? 'after the work' : undefined));
    const { runner } = runnerOn(failing, counting, { retryMs: 1 });
    await expect(runner.submit(message('lost'))).rejects.toThrow(StoreUnavailableError);
    await until(async () => (await store.repliesOf('directline/c1', 1)).length > 0);
  });

  it('tries a conversation again once a while, however many of its messages wait', async () => {
    const store = openStore();
    const { failing } = failingStore(store, (_call, method) =>
      method === 'readRecord' ? 'before the work' : undefined,
    );
    const { runner } = runnerOn(failing, counting, { retryMs: 60_000 });
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    for (let n = 0; n < 4; n += 1) await runner.submit(message(`m${n}`));
    await until(async () => Reflect.get(runner, 'running').size === 0);
    expect(Reflect.get(runner, 'postponed').size).toBe(1);
    await runner.stop();
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBe(before);
  });

  it('forgets who waited when it could not even look', async () => {
    const store = openStore();
    let broken = false;
    const { failing } = failingStore(store, (_call, method) =>
      broken && method === 'nextPending' ? 'before the work' : undefined,
    );
    const { runner } = runnerOn(failing);
    const sent = await runner.submit(message('hi'));
    await until(async () => (await store.repliesOf('directline/c1', 1)).length > 0);
    broken = true;
    await expect(sent.replies()).rejects.toThrow(StoreUnavailableError);
    broken = false;
    expect(textsOf(await sent.replies())).toEqual(['hi → 1']);
    expect(Reflect.get(Reflect.get(runner, 'waiters'), 'waiting').size).toBe(0);
  });

  it('says what was committed, when another process had finished the turn', async () => {
    const store = openStore();
    const elsewhere: TurnLogic = {
      ...counting,
      takeTurn: async (context, tx, facts) => {
        await counting.takeTurn(context, tx, facts);
        const reply = { type: 'message', id: 'theirs', text: 'said elsewhere' };
        await store.commit({
          conversationKey: 'directline/c1',
          ticket: 1,
          records: [],
          replies: [reply],
          outbox: [],
          committedAtMs: clock.now(),
        });
      },
    };
    const { runner } = runnerOn(store, elsewhere);
    expect(textsOf(await (await runner.submit(message('hi'))).replies())).toEqual(['said elsewhere']);
  });
});

describe('a message that can never be answered', () => {
  it('sealed with a lost key, it gets an apology, and the next one an answer', async () => {
    const file = newFile();
    const store = openStore(file);
    const { runner } = runnerOn(store, { ...counting, takeTurn: () => new Promise(() => {}) });
    await runner.submit(message('before'));
    await store.close();

    const sealer = createSealer(Buffer.alloc(32, 8), systemRandomness);
    const reopened = openStore(file);
    const { runner: restarted, errors } = runnerOn(reopened, counting, { sealer });
    await restarted.resume();
    const after = await restarted.submit(message('after'));
    expect(textsOf(await after.replies())).toEqual(['after → 1']);
    const [apology] = await reopened.repliesOf('directline/c1', 1);
    expect(apology?.activity).toMatchObject({ text: 'sorry', recipient: { id: 'u1' } });
    expect(errors).toMatchObject([{ code: 'UnreadableTurn', conversation: 'directline/c1', ticket: 1 }]);
  });

  it.each(['{}', '[]', 'null', '{"activity":{"text":5}}', '{"v":0,"text":"old"}', 'not json'])(
    'left by another version as %s, it gets an apology, and the next one an answer',
    async (plain) => {
      const store = openStore();
      const sealedActivity = createSealer(Buffer.alloc(32, 7), systemRandomness).seal(plain);
      await store.accept(anAccept('old', { sealedActivity }));
      const { runner } = runnerOn(store);
      await runner.resume();
      expect(textsOf(await (await runner.submit(message('new'))).replies())).toEqual(['new → 1']);
      expect(textsOf((await store.repliesOf('directline/c1', 1)).map(({ activity }) => activity))).toEqual([
        'sorry',
      ]);
    },
  );

  it('gets an apology when the store fails it again and again, and does not block its conversation', async () => {
    const store = openStore();
    let broken = true;
    const { failing } = failingStore(store, (_call, method) =>
      broken && method === 'readRecord' ? 'before the work' : undefined,
    );
    const { runner, errors } = runnerOn(failing, counting, { retryMs: 1 });
    const poison = await runner.submit(message('poison'));
    expect(textsOf(await poison.replies())).toEqual(['sorry']);
    expect(errors.at(-1)).toMatchObject({ code: 'StoreUnavailable', failures: 5, ticket: 1 });
    broken = false;
    expect(textsOf(await (await runner.submit(message('fine'))).replies())).toEqual(['fine → 1']);
  });

  it('waits, and does not apologise, while the store is down for all', async () => {
    const store = openStore();
    let down = false;
    let asked = () => {};
    const somebodyWaits = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const { failing, count } = failingStore(store, () => (down ? 'before the work' : undefined));
    const slow: TurnLogic = {
      ...counting,
      takeTurn: async (context, tx, facts) => {
        await somebodyWaits;
        if (context.activity.text === 'last') down = true;
        return counting.takeTurn(context, tx, facts);
      },
    };
    const { runner } = runnerOn(failing, slow, { retryMs: 1 });
    const sent = await runner.submit(message('last'));
    const replies = sent.replies();
    asked();
    await until(() => down);
    const callsThen = count.calls;
    await until(() => count.calls > callsThen + 30);
    Object.assign(slow, { takeTurn: counting.takeTurn });
    down = false;
    expect(textsOf(await replies)).toEqual(['last → 1']);
  });
});

describe('a turn that asks back ends', () => {
  it('has one deadline for all it asks, which nothing inherits that goes on after it', async () => {
    const store = openStore();
    const seen: (AbortSignal | undefined)[] = [];
    const asking: TurnLogic = {
      ...counting,
      takeTurn: async (context, tx, facts) => {
        const deadline = presentDeadline();
        seen.push(deadline);
        await new Promise((resolve) => deadline?.addEventListener('abort', resolve));
        await counting.takeTurn(context, tx, facts);
      },
    };
    const afterwards: unknown[] = [];
    const onOutbox = () => void afterwards.push(presentDeadline());
    const { runner } = runnerOn(store, asking, { askingMs: 20, onOutbox });
    expect(textsOf(await (await runner.submit(message('hm'))).replies())).toEqual(['hm → 1']);
    await until(() => afterwards.length > 0);
    expect(seen.map((signal) => signal?.aborted)).toEqual([true]);
    expect(afterwards).toEqual([undefined]);
  });
});

describe('stopping', () => {
  it('does not wait for ever for a turn that hangs, and that turn runs at the next start', async () => {
    const store = openStore();
    const hanging: TurnLogic = { ...counting, takeTurn: () => new Promise(() => {}) };
    const { runner } = runnerOn(store, hanging, { turnTimeoutMs: 60_000 });
    await runner.submit(message('hm'));
    await Promise.all([runner.stop(20), runner.stop(20)]);
    const { runner: next } = runnerOn(store);
    await next.resume();
    expect(textsOf(await (await next.submit(message('hi'))).replies())).toEqual(['hi → 2']);
  });

  it('F43: leaves nothing behind in memory, after turns that went well and turns that did not', async () => {
    const store = openStore();
    const feed = new ActivityFeed(store);
    let calls = 0;
    const { failing } = failingStore(store, (_call, method) => {
      calls += 1;
      return method === 'commit' && calls % 7 === 0 ? 'after the work' : undefined;
    });
    const { runner } = runnerOn(failing, counting, { feed, retryMs: 1 });
    await Promise.all(
      Array.from({ length: 2_000 }, async (_, n) => {
        const stop = runner.subscribe(`directline/c${n}`, () => {});
        const sent = await insist(runner, 'hi', `c${n}`);
        expect(textsOf(await sent.replies())).toEqual(['hi → 1']);
        stop();
        stop();
      }),
    );
    await until(() => Reflect.get(runner, 'running').size === 0);
    const left = [
      ...['running', 'postponed', 'troubled'].map((name) => Reflect.get(runner, name).size),
      Reflect.get(Reflect.get(runner, 'waiters'), 'waiting').size,
      Reflect.get(feed, 'conversations').size,
    ];
    expect(left).toEqual([0, 0, 0, 0, 0]);
  });
});
