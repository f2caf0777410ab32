import type { Clock } from '../../services/clock';
import { BoundedMap } from './boundedMap';

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Lets each key through `perMinute` times a minute, in bursts of up to the same number. */
export class TokenBucket {
  private readonly buckets: BoundedMap<string, Bucket>;

  /** @param capacity how many keys are remembered; the one not seen for longest is forgotten first */
  constructor(
    private readonly perMinute: number,
    private readonly clock: Clock,
    capacity = 10_000,
  ) {
    this.buckets = new BoundedMap(capacity);
  }

  /** Takes one token. @returns 0 when it was there, else whole seconds until the next one, at least 1 */
  take(key: string): number {
    const now = this.clock.now();
    const bucket = this.buckets.get(key) ?? { tokens: this.perMinute, filledAtMs: now };
    // A clock set back must not take tokens away.
    const elapsedMs = Math.max(0, now - bucket.filledAtMs);
    const tokens = Math.min(this.perMinute, bucket.tokens + (elapsedMs * this.perMinute) / 60_000);
    const granted = tokens >= 1;
    this.buckets.set(key, { tokens: granted ? tokens - 1 : tokens, filledAtMs: now });
    return granted ? 0 : Math.max(1, Math.ceil(((1 - tokens) * 60) / this.perMinute));
  }
}

/** The part of an address that one customer holds: a whole IPv4 address, or an IPv6 /64. */
export function addressKey(remoteAddress: string | undefined): string {
  const address = remoteAddress ?? '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
