import { ActivityFeed } from '../../bot/activityFeed';
import type { LoggedActivity } from '../../services/turn/turnStore';

const entry = (seq: number): LoggedActivity => ({
  seq,
  ticket: seq,
  activity: { type: 'message', id: `a${seq}` },
});

/** A log on a store that answers only when told to, as one across a network may. */
function slowLog() {
  const log: LoggedActivity[] = [];
  const answers: (() => void)[] = [];
  const later = <T>(answer: () => T) =>
    new Promise<T>((resolve, reject) =>
      answers.push(() => {
        try {
          resolve(answer());
        } catch (error) {
          reject(error);
        }
      }),
    );
  return {
    log,
    failing: false,
    lastSeq() {
      return later(() => {
        if (this.failing) throw new Error('no answer');
        return log.length;
      });
    },
    readLog(_key: string, after: number, limit: number) {
      return later(() => {
        if (this.failing) throw new Error('no answer');
        return log.filter(({ seq }) => seq > after).slice(0, limit);
      });
    },
    commit(...seqs: number[]) {
      log.push(...seqs.map(entry));
    },
    async answer() {
      for (const give of answers.splice(0)) give();
      await new Promise((resolve) => setImmediate(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function listenTo(feed: ActivityFeed, key = 'k') {
  const heard: number[] = [];
  const stop = feed.subscribe(key, (entries) => heard.push(...entries.map(({ seq }) => seq)));
  return { heard, stop };
}

describe('activity feed', () => {
  it('keeps what is committed between subscribing and the answer of a slow store', async () => {
    const store = slowLog();
    store.commit(1, 2);
    const feed = new ActivityFeed(store);
    const { heard } = listenTo(feed);
    store.commit(3);
    feed.publish('k', [entry(3)]);
    await store.answer();
    expect(heard).toEqual([3]);
    store.commit(4);
    feed.publish('k', [entry(4)]);
    expect(heard).toEqual([3, 4]);
  });

  it('puts in order what is announced out of order', async () => {
    const store = slowLog();
    const feed = new ActivityFeed(store);
    const { heard } = listenTo(feed);
    await store.answer();
    store.commit(1, 2, 3);
    for (const seq of [3, 1, 2]) feed.publish('k', [entry(seq)]);
    await store.answer();
    expect(heard).toEqual([1, 2, 3]);
  });

  it('reads from the log what nobody announced', async () => {
    const store = slowLog();
    const feed = new ActivityFeed(store);
    const { heard } = listenTo(feed);
    await store.answer();
    store.commit(...Array.from({ length: 250 }, (_, n) => n + 1));
    feed.publish('k', [entry(250)]);
    for (let page = 0; page < 5; page += 1) await store.answer();
    expect(heard).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
  });

  it('goes on when the log cannot be read, and when it has lost a piece', async () => {
    const store = slowLog();
    const failures: unknown[] = [];
    const feed = new ActivityFeed(store, (error) => failures.push(error));
    store.failing = true;
    const { heard } = listenTo(feed);
    await store.answer();
    feed.publish('k', [entry(57)]);
    expect(heard).toEqual([57]);
    feed.publish('k', [entry(59)]);
    await store.answer();
    await store.answer();
    expect(failures).toHaveLength(1);
    store.failing = false;
    feed.publish('k', [entry(60)]);
    await store.answer();
    await store.answer();
    expect(heard).toEqual([57, 59, 60]);
  });

  it('lets one listener fail and tells the others', async () => {
    const store = slowLog();
    const failures: unknown[] = [];
    const feed = new ActivityFeed(store, (error, key) => failures.push([error, key]));
    feed.subscribe('k', () => {
      throw new Error('socket gone');
    });
    const { heard } = listenTo(feed);
    await store.answer();
    store.commit(1);
    feed.publish('k', [entry(1)]);
    expect(heard).toEqual([1]);
    expect(failures).toEqual([[new Error('socket gone'), 'k']]);
  });

  it('does not silence a new subscriber when an old one leaves twice', async () => {
    const store = slowLog();
    const feed = new ActivityFeed(store);
    const first = listenTo(feed);
    await store.answer();
    first.stop();
    const second = listenTo(feed);
    await store.answer();
    first.stop();
    store.commit(1);
    feed.publish('k', [entry(1)]);
    expect(second.heard).toEqual([1]);
  });
});
