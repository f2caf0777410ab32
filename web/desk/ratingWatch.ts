import { type DeskClient, Refused } from './deskClient';

const firstPauseMs = 2_000;
const longestPauseMs = 30_000;
const patienceMs = 30 * 60_000;

/**
 * Asks for the customer's rating after a conversation has ended: the line does not follow it any longer, and the
 * customer answers when they like, or never.
 */
export class RatingWatch {
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly client: Pick<DeskClient, 'handoff'>,
    private readonly rated: (id: string, stars: number) => void,
  ) {}

  start(id: string): void {
    if (this.timers.has(id)) return;
    this.wait(id, firstPauseMs, Date.now() + patienceMs);
  }

  stop(id: string): void {
    clearTimeout(this.timers.get(id));
    this.timers.delete(id);
  }

  end(): void {
    for (const id of [...this.timers.keys()]) this.stop(id);
  }

  private wait(id: string, pauseMs: number, untilMs: number): void {
    const timer = setTimeout(() => void this.ask(id, pauseMs, untilMs), pauseMs);
    this.timers.set(id, timer);
  }

  private async ask(id: string, pauseMs: number, untilMs: number): Promise<void> {
    let stars: number | undefined;
    try {
      stars = (await this.client.handoff(id)).rating;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code !== 'offline' && error.code !== 'unavailable') return this.stop(id);
    }
    if (!this.timers.has(id)) return;
    if (stars !== undefined) {
      this.stop(id);
      this.rated(id, stars);
    } else if (Date.now() < untilMs) {
      this.wait(id, Math.min(longestPauseMs, pauseMs * 1.5), untilMs);
    }
  }
}
