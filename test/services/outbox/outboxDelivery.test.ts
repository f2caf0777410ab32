import { OutboxWorker } from '../../../services/outbox/outboxWorker';
import type { OutboxEntry, TurnStore } from '../../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../../store/embedded/embeddedTurnStore';
import { aCommit, anAccept, HandSetClock, ticketOf } from '../../contracts/turnStoreFixture';

describe('outbox worker on a real store', () => {
  let store: TurnStore;
  let clock: HandSetClock;
  const workers: OutboxWorker[] = [];
  beforeEach(() => {
    clock = new HandSetClock();
    store = openEmbeddedTurnStore({ file: ':memory:', clock });
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop(0)));
    await store.close();
  });

  let turns = 0;
  async function enqueue(...entries: Pick<OutboxEntry, 'key' | 'kind' | 'lane'>[]) {
    turns += 1;
    const ticket = ticketOf(await store.accept(anAccept(`turn ${turns}`)));
    const outbox = entries.map((entry) => ({ payload: entry.key, notBeforeMs: 0, ...entry }));
    await store.commit(aCommit(ticket, { outbox }));
  }

  function aWorker(
    sinks: ConstructorParameters<typeof OutboxWorker>[0]['sinks'],
    deliveryTimeoutMs?: number,
  ) {
    const codes: string[] = [];
    const worker = new OutboxWorker({
      store,
      clock,
      sinks,
      onError: ({ code }) => codes.push(code),
      deliveryTimeoutMs,
    });
    workers.push(worker);
    return { worker, codes };
  }

  it('lets receivers that hang hold up nobody else, and tries them again', async () => {
    await enqueue({ key: 'c1', kind: 'hanging' }, { key: 'c2', kind: 'hanging' });
    await enqueue({ key: 's1', kind: 'sms' });
    const sent: string[] = [];
    let arrived = () => {};
    const last = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { worker, codes } = aWorker(
      {
        hanging: () => new Promise(() => {}),
        sms: async (_payload, key) => {
          sent.push(key);
          if (key === 's2') arrived();
        },
      },
      50,
    );
    worker.kick();
    await enqueue({ key: 's2', kind: 'sms' });
    worker.kick();
    await last;
    expect(sent).toEqual(['s1', 's2']);
    expect(codes).toEqual([]);
    await worker.settled();
    expect(codes).toEqual(['DeliveryTimeout', 'DeliveryTimeout']);
    expect(await store.nextOutboxDueMs()).toBe(clock.now() + 1_000);
  });

  it('lets what somebody waits for at the screen pass all that hangs, and all that is due', async () => {
    await enqueue(...Array.from({ length: 700 }, (_, n) => ({ key: `bulk ${n}`, kind: 'bulk' })));
    await enqueue({ key: 'code', kind: 'sms' });
    let arrived = () => {};
    const code = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let begun = 0;
    const worker = new OutboxWorker({
      store,
      clock,
      sinks: {
        bulk: () => {
          begun += 1;
          return new Promise(() => {});
        },
        sms: async () => arrived(),
      },
      urgent: ['connector', 'sms'],
      onError: () => undefined,
      deliveryTimeoutMs: 5_000,
    });
    workers.push(worker);
    worker.kick();
    await code;
    expect(begun).toBeLessThan(200);
    // The others hang now, as many as may; a code still finds room.
    while (begun < 500) await new Promise((resolve) => setImmediate(resolve));
    const second = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    await enqueue({ key: 'code 2', kind: 'sms' });
    worker.kick();
    await second;
    expect(begun).toBe(500);
  });

  it('delivers one lane in order, one at a time, and other lanes beside it', async () => {
    for (let n = 1; n <= 5; n += 1)
      await enqueue({ key: `a${n}`, kind: 'post', lane: 'a' }, { key: `b${n}`, kind: 'post', lane: 'b' });
    const sent: string[] = [];
    const underWay = new Set<string>();
    const { worker } = aWorker({
      post: async (_payload, key) => {
        expect(underWay.has(key.charAt(0))).toBe(false);
        underWay.add(key.charAt(0));
        await new Promise((resolve) => setImmediate(resolve));
        underWay.delete(key.charAt(0));
        sent.push(key);
      },
    });
    worker.kick();
    await worker.settled();
    expect(sent.filter((key) => key.startsWith('a'))).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
    expect(sent.filter((key) => key.startsWith('b'))).toEqual(['b1', 'b2', 'b3', 'b4', 'b5']);
    expect(sent.indexOf('b1')).toBeLessThan(sent.indexOf('a5'));
  });

  it('lets nothing overtake an entry that failed, and goes on when that was given up', async () => {
    await enqueue({ key: 'a1', kind: 'post', lane: 'a' }, { key: 'b1', kind: 'post', lane: 'b' });
    await enqueue({ key: 'a2', kind: 'post', lane: 'a' }, { key: 'free', kind: 'post' });
    const sent: string[] = [];
    const { worker, codes } = aWorker({
      post: async (_payload, key) => {
        if (key === 'a1') throw new Error('refused');
        sent.push(key);
      },
    });
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(sent).not.toContain('a2');
      worker.kick();
      await worker.settled();
      clock.advance(200_000);
    }
    expect(sent).toEqual(['b1', 'free', 'a2']);
    expect(codes).toHaveLength(8);
  });

  describe('with entries that their commit leased to it', () => {
    /** A turn commits, and tells the worker. */
    async function commitTo(worker: OutboxWorker, ...entries: Pick<OutboxEntry, 'key' | 'kind' | 'lane'>[]) {
      turns += 1;
      const ticket = ticketOf(await store.accept(anAccept(`turn ${turns}`)));
      const outbox = entries.map((entry) => ({ payload: entry.key, notBeforeMs: 0, ...entry }));
      const times = { committedAtMs: clock.now(), leaseOutboxMs: worker.leaseMs() };
      const result = await store.commit(aCommit(ticket, { outbox, ...times }));
      worker.enqueued(outbox, result.status === 'committed' ? (result.leased ?? []) : []);
    }

    function countedClaims() {
      const claims = jest.spyOn(store, 'claimOutbox');
      return () => claims.mock.calls.length;
    }

    it('delivers them without claiming', async () => {
      const sent: string[] = [];
      const { worker } = aWorker({ post: async (_payload, key) => void sent.push(key) });
      const claims = countedClaims();
      for (const key of ['a1', 'a2', 'a3']) {
        await commitTo(worker, { key, kind: 'post', lane: 'a' });
        await worker.settled();
      }
      expect(sent).toEqual(['a1', 'a2', 'a3']);
      expect(claims()).toBe(0);
      expect(await store.claimOutbox(1e15, 10, 1_000)).toEqual([]);
    });

    it('goes on with what came into a lane meanwhile, in order', async () => {
      const sent: string[] = [];
      const free: (() => void)[] = [];
      const { worker } = aWorker({
        post: async (_payload, key) => {
          await new Promise<void>((resolve) => free.push(resolve));
          sent.push(key);
        },
      });
      for (const key of ['a1', 'a2', 'a3']) await commitTo(worker, { key, kind: 'post', lane: 'a' });
      for (let posted = 1; posted <= 3; posted += 1) {
        while (free.length === 0) await new Promise((resolve) => setImmediate(resolve));
        expect(free).toHaveLength(1);
        free.pop()?.();
        while (sent.length < posted) await new Promise((resolve) => setImmediate(resolve));
      }
      await worker.settled();
      expect(sent).toEqual(['a1', 'a2', 'a3']);
      expect(await store.claimOutbox(1e15, 10, 1_000)).toEqual([]);
    });

    it('tries one again that failed, before the next of its lane', async () => {
      const sent: string[] = [];
      const { worker, codes } = aWorker({
        post: async (_payload, key) => {
          if (codes.length === 0) throw new Error('refused');
          sent.push(key);
        },
      });
      await commitTo(worker, { key: 'a1', kind: 'post', lane: 'a' });
      await commitTo(worker, { key: 'a2', kind: 'post', lane: 'a' });
      await worker.settled();
      expect([sent, codes]).toEqual([[], ['DeliveryFailed']]);
      expect(await store.nextOutboxDueMs()).toBe(clock.now() + 1_000);
      clock.advance(1_000);
      worker.kick();
      await worker.settled();
      expect(sent).toEqual(['a1', 'a2']);
    });

    it('takes none when it is full of others that hang, and those later', async () => {
      const { worker } = aWorker({ hanging: () => new Promise(() => {}), sms: async () => {} });
      expect(worker.leaseMs()).toBe(15_000);
      const hanging = Array.from({ length: 500 }, (_, n) => ({ key: `h${n}`, kind: 'hanging' }));
      await commitTo(worker, ...hanging);
      expect(worker.leaseMs()).toBeUndefined();
      await commitTo(worker, { key: 'code', kind: 'sms' });
      expect(await store.claimOutbox(clock.now(), 10, 1_000, 'sms')).toMatchObject([{ key: 'code' }]);
    });

    it('gives back at once what is leased to it when it has stopped', async () => {
      const sent: string[] = [];
      const { worker } = aWorker({ post: async (_payload, key) => void sent.push(key) });
      turns += 1;
      const ticket = ticketOf(await store.accept(anAccept(`turn ${turns}`)));
      const outbox = [{ key: 'a1', kind: 'post', payload: null, notBeforeMs: 0 }];
      const times = { committedAtMs: clock.now(), leaseOutboxMs: worker.leaseMs() };
      const result = await store.commit(aCommit(ticket, { outbox, ...times }));
      await worker.stop(0);
      expect(worker.leaseMs()).toBeUndefined();
      worker.enqueued(outbox, result.status === 'committed' ? (result.leased ?? []) : []);
      // In one group with the giving back, and after it.
      expect(await store.claimOutbox(clock.now(), 10, 1_000)).toMatchObject([{ key: 'a1', attempt: 2 }]);
      expect(sent).toEqual([]);
    });
  });

  it('gives back what it had in hand when it is stopped', async () => {
    await enqueue({ key: 'c1', kind: 'hanging' });
    const { worker } = aWorker({ hanging: () => new Promise(() => {}) });
    worker.kick();
    await new Promise((resolve) => setImmediate(resolve));
    await worker.stop(10);
    expect(await store.claimOutbox(clock.now(), 10, 1_000)).toMatchObject([{ key: 'c1', attempt: 2 }]);
  });
});
