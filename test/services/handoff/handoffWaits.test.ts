import { handoffKey } from '../../../services/handoff/handoff';
import { medianPickupMs, pickupLifeMs, waitingPlace } from '../../../services/handoff/handoffWaits';
import type { RecordWrite } from '../../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../../store/embedded/embeddedTurnStore';

const nowMs = Date.parse('2026-11-23T10:00:00+09:00');
let store: ReturnType<typeof openEmbeddedTurnStore>;

beforeEach(() => {
  store = openEmbeddedTurnStore({ file: ':memory:', clock: { now: () => nowMs } });
});

afterEach(() => store.close());

async function write(records: { [key: string]: RecordWrite['change'] }): Promise<void> {
  const writes = Object.entries(records).map(([key, change]) => ({ key, expectedVersion: 0, change }));
  await store.writeRecords(writes, nowMs);
}

/** Pickups as the claims of three agents leave them. */
async function pickups(...waits: { readonly waitedMs: number; readonly agoMs: number }[]): Promise<void> {
  for (const [index, { waitedMs, agoMs }] of waits.entries()) {
    const atMs = nowMs - agoMs;
    const place = String(1e14 - atMs).padStart(15, '0');
    await write({ [`handoffPickup/${place}/${index}`]: { value: { waitedMs, atMs } } });
  }
}

describe('the expected wait', () => {
  it('is the median of what others waited lately', async () => {
    await pickups(
      { waitedMs: 60_000, agoMs: 1_000 },
      { waitedMs: 900_000, agoMs: 2_000 },
      { waitedMs: 120_000, agoMs: 3_000 },
    );
    expect(await medianPickupMs(store, nowMs)).toBe(120_000);
    await pickups({ waitedMs: 0, agoMs: 500 });
    expect(await medianPickupMs(store, nowMs)).toBe(90_000);
  });

  it('is not known after two pickups, nor from what is long ago', async () => {
    await pickups({ waitedMs: 1, agoMs: 1 }, { waitedMs: 1, agoMs: 2 });
    expect(await medianPickupMs(store, nowMs)).toBeUndefined();
    await pickups({ waitedMs: 1, agoMs: pickupLifeMs });
    expect(await medianPickupMs(store, nowMs)).toBeUndefined();
  });

  it('looks at the last twenty alone', async () => {
    const old = Array.from({ length: 30 }, (_, at) => ({ waitedMs: 900_000, agoMs: 60_000 + at }));
    const fresh = Array.from({ length: 20 }, (_, at) => ({ waitedMs: 1_000, agoMs: at }));
    await pickups(...old, ...fresh);
    expect(await medianPickupMs(store, nowMs)).toBe(1_000);
  });
});

describe('the place in the queue', () => {
  it('counts those who wait longer, over several pages, and nobody who is being helped', async () => {
    const facts = {
      reason: 'asked',
      skill: 'billing',
      language: 'ko',
      channelId: 'directline',
      verified: false,
      callback: false,
      wait: 1,
      notes: [],
    };
    for (let at = 0; at < 450; at += 1) {
      const conversationKey = `directline/c${at}`;
      const sinceMs = nowMs - at;
      await write({
        [handoffKey(conversationKey)]: {
          value: {
            ...facts,
            id: `h${at}`,
            conversationKey,
            state: at % 2 === 0 ? 'requested' : 'accepted',
            requestedAtMs: sinceMs,
            waitingSinceMs: sinceMs,
          },
        },
      });
    }
    expect(await waitingPlace(store, { id: 'mine', sinceMs: nowMs - 400 }, nowMs)).toEqual({ ahead: 25 });
    expect(await waitingPlace(store, { id: 'h448', sinceMs: nowMs - 448 }, nowMs)).toEqual({ ahead: 0 });
  });
});
