import { z } from 'zod';
import type { TurnStore } from '../turn/turnStore';
import type { TurnTransaction } from '../turn/turnTransaction';
import { handoffPrefix, pickupPrefix, readHandoff } from './handoff';

/** Where somebody stands who waits. */
export interface WaitingPlace {
  /** How many wait longer. */
  readonly ahead: number;
  /** Median of how long others waited lately, ms; undefined when too few were picked up to say. */
  readonly expectedMs?: number;
}

/** A pickup counts for so long: the morning says nothing of the evening. */
export const pickupLifeMs = 2 * 3_600_000;
const mostPickups = 20;
/** Fewer say nothing. */
const fewestPickups = 3;
const pageSize = 200;
const latestMs = 1e14;

const pickup = z.object({ waitedMs: z.number().int().min(0), atMs: z.number().int() });

/** Notes how long somebody waited. A record of its own each: claims do not wait for one another. */
export function notePickup(tx: TurnTransaction, handoffId: string, waitedMs: number, atMs: number) {
  // The latest first in the order of keys.
  const place = String(latestMs - atMs).padStart(15, '0');
  return tx.write(`${pickupPrefix}${place}/${handoffId}`, { waitedMs, atMs }, atMs + pickupLifeMs);
}

/** Median wait of the last pickups, ms; undefined when fewer than three people were picked up within two hours. */
export async function medianPickupMs(
  store: Pick<TurnStore, 'listRecords'>,
  nowMs: number,
): Promise<number | undefined> {
  const listed = await store.listRecords(pickupPrefix, undefined, mostPickups);
  const waits = listed
    .flatMap(({ value }) => pickup.safeParse(value).data ?? [])
    .filter(({ atMs }) => nowMs - atMs < pickupLifeMs)
    .map(({ waitedMs }) => waitedMs)
    .sort((one, other) => one - other);
  if (waits.length < fewestPickups) return undefined;
  const middle = Math.floor(waits.length / 2);
  const [low, high] = [waits[waits.length % 2 === 0 ? middle - 1 : middle] ?? 0, waits[middle] ?? 0];
  return (low + high) / 2;
}

/**
 * Somebody's place in the queue, as it stands at this moment: a hint and no promise.
 * @param since when their wait began, epoch ms
 */
export async function waitingPlace(
  store: Pick<TurnStore, 'listRecords'>,
  { id, sinceMs }: { readonly id: string; readonly sinceMs: number },
  nowMs: number,
): Promise<WaitingPlace> {
  let ahead = 0;
  let afterKey: string | undefined;
  for (;;) {
    const page = await store.listRecords(handoffPrefix, afterKey, pageSize);
    for (const { value } of page) {
      const other = readHandoff(value);
      if (other === undefined || other.state !== 'requested' || other.id === id) continue;
      if (other.waitingSinceMs < sinceMs || (other.waitingSinceMs === sinceMs && other.id < id)) ahead += 1;
    }
    if (page.length < pageSize) break;
    afterKey = page.at(-1)?.key;
  }
  const expectedMs = await medianPickupMs(store, nowMs);
  return { ahead, ...(expectedMs === undefined ? {} : { expectedMs }) };
}
