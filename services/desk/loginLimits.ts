import { createHash } from 'node:crypto';
import { z } from 'zod';
import { changeRecord, type DeskStore } from './deskStore';

/**
 * Failures within 20 s that close the door, and the longest time it then stays closed. Somebody who guesses locks
 * out themselves; an account's owner elsewhere is locked out only by many who guess together, and not for long.
 */
const windowMs = 20_000;
const limits = {
  /** One account from one address. */
  pair: { failures: 5, longestMs: 15 * 60_000 },
  account: { failures: 15, longestMs: 60_000 },
  /** Behind one address there may be a whole office. */
  address: { failures: 30, longestMs: 15 * 60_000 },
} as const;
/** After this long without a failure everything is forgotten. */
const forgottenAfterMs = 30 * 60_000;

const limitRecord = z.object({
  failuresAtMs: z.array(z.number()),
  /** How often it has closed. */
  closed: z.number().int(),
  closedUntilMs: z.number(),
});
type Limit = z.output<typeof limitRecord>;

const open: Limit = { failuresAtMs: [], closed: 0, closedUntilMs: 0 };
type Kind = keyof typeof limits;

/** Wrong logins close the door for 20 s, then 40 s, 80 s, and so on (`limits`). Counted on all nodes together. */
export class LoginLimits {
  constructor(private readonly store: Pick<DeskStore, 'readRecord' | 'writeRecords'>) {}

  /**
   * Counts an attempt before it is looked at, so that many at once are not more either.
   * @returns 0, or how many ms to wait: then the attempt must not be looked at
   */
  async take(account: string, address: string, nowMs: number): Promise<number> {
    // What one of them refuses does not count against the next.
    for (const [kind, name] of counted(account, address)) {
      const wait = await this.count(kind, name, nowMs);
      if (wait > 0) return wait;
    }
    return 0;
  }

  /** The attempt was right: the account's slate is clean from here, and the attempt itself counts nowhere. */
  async forgive(account: string, address: string, nowMs: number): Promise<void> {
    await this.change('pair', pairOf(account, address), nowMs, () => open);
    await this.change('account', account, nowMs, withoutLast);
    await this.forgiveAddress(address, nowMs);
  }

  /** The attempt does not count against its address. */
  async forgiveAddress(address: string, nowMs: number): Promise<void> {
    await this.change('address', address, nowMs, withoutLast);
  }

  private count(kind: Kind, name: string, nowMs: number): Promise<number> {
    return changeRecord(this.store, keyOf(kind, name), nowMs, (value) => {
      const limit = limitRecord.safeParse(value).data ?? open;
      const wait = waitIn(limit, nowMs, limits[kind].longestMs);
      if (wait > 0) return { result: wait };
      const recent = limit.failuresAtMs.filter((atMs) => atMs <= nowMs && nowMs - atMs < windowMs);
      if (recent.length < limits[kind].failures) {
        const counted = { ...limit, failuresAtMs: [...recent, nowMs] };
        return { result: 0, change: kept(counted, nowMs) };
      }
      const lastsMs = Math.min(limits[kind].longestMs, windowMs * 2 ** limit.closed);
      const shut = {
        failuresAtMs: [],
        closed: Math.min(20, limit.closed + 1),
        closedUntilMs: nowMs + lastsMs,
      };
      return { result: lastsMs, change: kept(shut, nowMs) };
    });
  }

  private change(kind: Kind, name: string, nowMs: number, next: (limit: Limit) => Limit): Promise<void> {
    return changeRecord(this.store, keyOf(kind, name), nowMs, (value) => {
      const limit = limitRecord.safeParse(value);
      if (!limit.success) return { result: undefined };
      return { result: undefined, change: kept(next(limit.data), nowMs) };
    });
  }
}

function counted(account: string, address: string): readonly (readonly [Kind, string])[] {
  return [
    ['pair', pairOf(account, address)],
    ['address', address],
    ['account', account],
  ];
}

function pairOf(account: string, address: string): string {
  return JSON.stringify([account, address]);
}

function withoutLast(limit: Limit): Limit {
  return { ...limit, failuresAtMs: limit.failuresAtMs.slice(0, -1) };
}

/** A clock that was set back must not keep the door closed for longer than it would have been. */
function waitIn(limit: Limit, nowMs: number, longest: number): number {
  const wait = limit.closedUntilMs - nowMs;
  return wait > longest ? 0 : Math.max(0, wait);
}

function kept(limit: Limit, nowMs: number) {
  return { value: { ...limit }, expiresAtMs: nowMs + forgottenAfterMs };
}

/** Hashed: a name may be a password that somebody typed into the wrong field. */
function keyOf(kind: Kind, name: string): string {
  return `deskLimit/${kind}/${createHash('sha256').update(name).digest('hex')}`;
}
