/**
 * Lets so many things through in a second, and tells each of the others when its turn comes: a queue of places, which
 * are kept until they are used. (Generic cell rate algorithm, ITU-T I.371, with a memory of who holds which place.)
 */
export class Pace {
  private readonly places = new Map<string, number>();
  private readonly everyMs: number;
  /** The moment at which the next free place begins. */
  private freeAtMs = 0;
  private lastNowMs = 0;

  /** @param perSecond above 0 */
  constructor(perSecond: number) {
    this.everyMs = 1_000 / perSecond;
  }

  /**
   * @param key who wants to pass; the same on every try
   * @param nowMs epoch ms
   * @returns 0: it may pass now. Else how long until its place, ms; it is kept for a minute after that
   */
  waitMs(key: string, nowMs: number): number {
    // After a clock was set back all places would lie too far ahead.
    if (nowMs < this.lastNowMs - 1_000) {
      this.places.clear();
      this.freeAtMs = nowMs;
    }
    this.lastNowMs = nowMs;
    const place = this.places.get(key);
    if (place !== undefined && place > nowMs) return place - nowMs;
    if (this.places.delete(key)) return 0;
    this.forgetUnused(nowMs);
    if (this.freeAtMs <= nowMs) {
      this.freeAtMs = nowMs + this.everyMs;
      return 0;
    }
    const atMs = this.freeAtMs;
    this.freeAtMs += this.everyMs;
    this.places.set(key, atMs);
    return atMs - nowMs;
  }

  /** Another process has sent what they stood for. They are in order, so the oldest come first. */
  private forgetUnused(nowMs: number): void {
    for (const [key, atMs] of this.places) {
      if (atMs > nowMs - unusedMs) return;
      this.places.delete(key);
    }
  }
}

const unusedMs = 60_000;
