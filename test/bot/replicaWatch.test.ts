import { ActivityFeed } from '../../bot/activityFeed';
import { ReplicaWatch, type ReplicaWatchOptions } from '../../bot/replicaWatch';
import { TurnWaiters } from '../../bot/turnWaiters';
import type { TurnStore } from '../../services/turn/turnStore';
import { aCommit, aHead, anAccept, anActivity, ticketOf } from '../contracts/turnStoreFixture';
import { closeStores, message, openStore, runnerOn, textsOf } from './turnRunnerFixture';

const key = aHead().key;
const silent = { error() {}, warn() {}, info() {}, debug() {} };

/** A store on which a test plays the other process. */
function sharedStore(claims: Record<string, 'other' | 'none'> = {}) {
  const store = openStore();
  let changed: (conversationKey: string) => void = () => undefined;
  let missed: () => void = () => undefined;
  const kept: string[][] = [];
  const claimed: string[] = [];
  const shared: Partial<TurnStore> = {
    claimMs: 6_000,
    watch: (listener, onMissed = () => undefined) => {
      changed = listener;
      missed = onMissed;
      return () => {
        changed = () => undefined;
        missed = () => undefined;
      };
    },
    nextPending: async (conversationKey) => {
      const pending = await store.nextPending(conversationKey);
      const claim = claims[conversationKey];
      return pending === undefined || claim === undefined ? pending : { ...pending, claim };
    },
    claimConversation: async (conversationKey) => {
      claimed.push(conversationKey);
      return claims[conversationKey] !== 'other';
    },
    claimPending: async () => {
      const free = (await store.pendingConversations()).filter((pending) => claims[pending] !== 'other');
      for (const conversationKey of free) delete claims[conversationKey];
      return free;
    },
    // Who shares a database cannot know that nobody else takes a turn.
    accept: async (request) => {
      const result = await store.accept(request);
      return result.status === 'accepted' ? { ...result, alone: undefined } : result;
    },
    keepClaims: async (keys) => void kept.push([...keys]),
  };
  const get = (target: TurnStore, name: string) => {
    const own = Reflect.get(shared, name);
    const found = own ?? Reflect.get(target, name);
    return typeof found === 'function' ? found.bind(own === undefined ? target : shared) : found;
  };
  const proxy = new Proxy(store, { get: (target, name) => get(target, String(name)) });
  return {
    store: proxy,
    claims,
    claimed,
    kept,
    changed: () => changed(key),
    missed: () => missed(),
    /** The other process commits the turn. */
    commitElsewhere: (ticket: number, text: string) =>
      store.commit(aCommit(ticket, { replies: [anActivity(`r${ticket}`, text)] })),
  };
}

function watchOn(store: TurnStore, parts: Partial<ReplicaWatchOptions> = {}) {
  const waiters = new TurnWaiters(store);
  const feed = new ActivityFeed(store);
  const pickedUp: string[] = [];
  const watch = new ReplicaWatch({
    store,
    feed,
    waiters,
    log: silent,
    running: () => [],
    pickUp: (conversationKey) => void pickedUp.push(conversationKey),
    ...parts,
  });
  watch.start();
  return { watch, waiters, feed, pickedUp };
}

describe('beside other processes', () => {
  afterEach(closeStores);

  it('a turn that is run elsewhere is left alone, and its answer reaches who waits for it here', async () => {
    const shared = sharedStore({ [key]: 'other' });
    const { runner } = runnerOn(shared.store);
    await runner.resume();
    const turn = await runner.submit(message('안녕'));
    const replies = turn.replies();

    await shared.commitElsewhere(turn.ticket, 'said elsewhere');
    shared.changed();

    expect(textsOf(await replies)).toEqual(['said elsewhere']);
    expect(shared.claimed).toEqual([]);
    await runner.stop();
  });

  it('a turn that nobody has claimed is run once it has been claimed', async () => {
    const shared = sharedStore({ [key]: 'none' });
    const { runner } = runnerOn(shared.store);
    const turn = await runner.submit(message('안녕'));

    expect(textsOf(await turn.replies())).toEqual(['안녕 → 1']);
    expect(shared.claimed).toContain(key);
    await runner.stop();
  });

  it('an answer that went unheard is found when the connection is back, and at the next look', async () => {
    for (const notice of ['missed', 'look'] as const) {
      const shared = sharedStore({ [key]: 'other' });
      const { watch, waiters } = watchOn(shared.store);
      const ticket = ticketOf(await shared.store.accept(anAccept('m1')));
      const waiting = waiters.repliesOf(key, ticket, false);
      await shared.commitElsewhere(ticket, 'late');

      if (notice === 'missed') shared.missed();
      else await watch.look();

      expect(textsOf(await waiting)).toEqual(['late']);
      watch.stop();
    }
  });

  it('what a dead process left is picked up, and the claims of long turns are kept', async () => {
    const shared = sharedStore({ [key]: 'other' });
    await shared.store.accept(anAccept('m1'));
    const running = ['directline/long'];
    const { watch, pickedUp } = watchOn(shared.store, { running: () => running });
    await watch.look();
    expect(pickedUp).toEqual([]);
    expect(shared.kept).toEqual([]);

    shared.claims[key] = 'none';
    running.push('directline/new');
    await watch.look();

    expect(pickedUp).toEqual([key]);
    expect(shared.kept).toEqual([['directline/long']]);
    watch.stop();
  });

  it('is no matter to a store of its own: nothing is asked again and again', () => {
    const store = openStore();
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const { watch } = watchOn(store);
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')).toHaveLength(before);
    watch.stop();
  });
});

describe('an activity feed beside other processes', () => {
  afterEach(closeStores);
  const heardBy = (feed: ActivityFeed) => {
    const heard: number[] = [];
    let wake = () => {};
    feed.subscribe(key, (entries) => {
      heard.push(...entries.map(({ seq }) => seq));
      wake();
    });
    const until = async (count: number) => {
      while (heard.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    };
    return { heard, until };
  };

  it('tells what they wrote, each entry once and in order, however often it is announced', async () => {
    const store = openStore();
    await store.accept(anAccept('m1'));
    const feed = new ActivityFeed(store);
    const { heard, until } = heardBy(feed);
    await store.lastSeq(key);
    for (let at = 2; at <= 250; at += 1) await store.accept(anAccept(`m${at}`));

    for (let at = 0; at < 5; at += 1) feed.refresh(key);
    await until(250);
    for (let at = 251; at <= 255; at += 1) {
      await store.accept(anAccept(`m${at}`));
      feed.refreshAll();
      feed.refresh('directline/nobody listens');
    }
    await until(255);

    // The first one was there before the subscriber, who is told of the end of the log once more.
    expect(heard).toEqual(Array.from({ length: 255 }, (_, at) => at + 1));
  });

  it('tells what was written before it had looked, though announced only afterwards', async () => {
    const store = openStore();
    await store.accept(anAccept('m1'));
    const feed = new ActivityFeed(store);
    const { heard, until } = heardBy(feed);
    const entries = await store.readLog(key, 0, 10);
    expect(entries).toHaveLength(1);

    feed.refresh(key);
    await until(1);
    feed.refresh(key);
    feed.publish(key, [{ seq: 2, ticket: 2, activity: anActivity('m2') }]);
    await until(2);

    expect(heard).toEqual([1, 2]);
  });

  it('reads again what it could not read', async () => {
    const store = openStore();
    let failing = true;
    const failures: unknown[] = [];
    const log = {
      lastSeq: (conversationKey: string) => store.lastSeq(conversationKey),
      readLog: (conversationKey: string, after: number, limit: number) =>
        failing ? Promise.reject(new Error('down')) : store.readLog(conversationKey, after, limit),
    };
    const feed = new ActivityFeed(log, (error) => {
      failures.push(error);
      failing = false;
    });
    const { heard, until } = heardBy(feed);
    await store.lastSeq(key);
    await store.accept(anAccept('m1'));
    await store.accept(anAccept('m2'));

    feed.refresh(key);
    await until(2);

    expect(failures).toHaveLength(1);
    expect(heard).toEqual([1, 2]);
  });
});
