import { BillingUnavailableError, StoreUnavailableError } from '../../../services/errors';
import { OutboxWorker } from '../../../services/outbox/outboxWorker';
import type { ClaimedOutboxEntry } from '../../../services/turn/turnStore';

/** An outbox of which every claim hands out what has not been completed, as after an expired lease. */
function outboxWith(...kinds: string[]) {
  let now = 0;
  const entries = kinds.map((kind, index) => ({
    id: index + 1,
    key: `${kind}/${index}`,
    kind,
    payload: { n: index },
    notBeforeMs: 0,
    attempt: 0,
    state: 'waiting' as 'waiting' | 'done' | 'givenUp',
  }));
  const settled: (() => void)[] = [];
  return {
    entries,
    clock: { now: () => now },
    advance: (ms: number) => {
      now += ms;
    },
    idle: () => new Promise<void>((resolve) => settled.push(resolve)),
    store: {
      claimOutbox: async (nowMs: number): Promise<ClaimedOutboxEntry[]> =>
        entries
          .filter((entry) => entry.state === 'waiting' && entry.notBeforeMs <= nowMs)
          .map((entry) => {
            entry.attempt += 1;
            return { ...entry };
          }),
      completeOutbox: async (id: number) => {
        for (const entry of entries) if (entry.id === id) entry.state = 'done';
      },
      failOutbox: async (id: number, _code: string, notBeforeMs: number | undefined) => {
        for (const entry of entries) {
          if (entry.id !== id) continue;
          if (notBeforeMs === undefined) entry.state = 'givenUp';
          else entry.notBeforeMs = notBeforeMs;
        }
      },
      nextOutboxDueMs: async () => {
        settled.splice(0).forEach((resolve) => {
          resolve();
        });
        return undefined;
      },
    },
  };
}

describe('outbox worker', () => {
  it('hands each entry to the sink of its kind, once', async () => {
    const outbox = outboxWith('sms', 'connector', 'sms');
    const delivered: string[] = [];
    const sink = async (_payload: unknown, key: string) => {
      delivered.push(key);
    };
    const worker = new OutboxWorker({
      ...outbox,
      sinks: { sms: sink, connector: sink },
      onError: () => undefined,
    });
    const idle = outbox.idle();
    worker.kick();
    worker.kick();
    await idle;
    await worker.stop();
    expect(delivered.sort()).toEqual(['connector/1', 'sms/0', 'sms/2']);
    expect(outbox.entries.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('tries again later with growing waits, then gives up and says so', async () => {
    const outbox = outboxWith('sms');
    const errors: { code: string; givenUp: boolean }[] = [];
    const sink = async () => {
      throw new BillingUnavailableError('down');
    };
    const worker = new OutboxWorker({
      ...outbox,
      sinks: { sms: sink },
      onError: (facts) => errors.push(facts),
    });
    const waits: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const idle = outbox.idle();
      worker.kick();
      await idle;
      const [entry] = outbox.entries;
      waits.push((entry?.notBeforeMs ?? 0) - outbox.clock.now());
      outbox.advance(200_000);
    }
    await worker.stop();
    expect(errors).toHaveLength(8);
    expect(errors.map(({ givenUp }) => givenUp)).toEqual([...Array(7).fill(false), true]);
    expect(errors[0]?.code).toBe('BillingUnavailable');
    expect(waits.slice(0, 7)).toEqual([...waits.slice(0, 7)].sort((a, b) => a - b));
    expect(outbox.entries[0]?.state).toBe('givenUp');
  });

  it('lives on when the store does not answer', async () => {
    const outbox = outboxWith('sms');
    let failures = 0;
    const store = {
      ...outbox.store,
      claimOutbox: async (nowMs: number) => {
        failures += 1;
        if (failures === 1) throw new StoreUnavailableError('down');
        return outbox.store.claimOutbox(nowMs);
      },
    };
    const delivered: string[] = [];
    const sink = async (_payload: unknown, key: string) => {
      delivered.push(key);
    };
    const worker = new OutboxWorker({ ...outbox, store, sinks: { sms: sink }, onError: () => undefined });
    const idle = outbox.idle();
    worker.kick();
    worker.kick();
    await idle;
    await worker.stop();
    expect(delivered).toEqual(['sms/0']);
  });
});
