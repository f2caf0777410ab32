/** One timer a conversation, after which its turns are tried again, however many of them failed. */
export class RetryTimers {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly waitMs: number,
    private readonly retry: (conversationKey: string) => void,
  ) {}

  /** How many conversations wait. */
  get size(): number {
    return this.timers.size;
  }

  later(conversationKey: string): void {
    if (this.timers.has(conversationKey)) return;
    const timer = setTimeout(() => {
      this.timers.delete(conversationKey);
      this.retry(conversationKey);
    }, this.waitMs);
    timer.unref();
    this.timers.set(conversationKey, timer);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
