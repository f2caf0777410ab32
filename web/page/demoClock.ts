import { byId } from './element';
import type { LanguageChoice } from './language';

const path = '/demo/clock';
/** The drawn phone is a Korean one, wherever the visitor sits. */
const timeZone = 'Asia/Seoul';

type Moved = 'moved' | 'tooFar' | 'failed';

/** The demo's time, which may be ahead of the browser's, and the button that moves it on by a day. */
export class DemoClock {
  private aheadMs = 0;
  private readonly panel = byId('demo-clock', HTMLDivElement);
  private readonly button = byId('next-day', HTMLButtonElement);

  constructor(private readonly choice: LanguageChoice) {}

  /**
   * Asks the server for its time, now and whenever the page is looked at again: another tab may have moved it. A
   * server whose clock cannot be moved keeps the button away.
   * @param announce says what happened, for those who do not see it
   */
  start(announce: (text: string) => void): void {
    this.button.addEventListener('click', () => void this.move(announce));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.look();
    });
    void this.look();
  }

  /** Epoch ms. */
  now(): number {
    return Date.now() + this.aheadMs;
  }

  /** Such as '11월 23일 월요일'. @param atMs epoch ms */
  dayOf(atMs: number): string {
    const parts = { month: 'long', day: 'numeric', weekday: 'long', timeZone } as const;
    return new Date(atMs).toLocaleDateString(this.choice.locale, parts);
  }

  /** Such as '오후 5:20'. @param atMs epoch ms */
  timeOf(atMs: number, hourCycle?: 'h23'): string {
    const parts = { hour: 'numeric', minute: '2-digit', timeZone } as const;
    const cycle = hourCycle === undefined ? {} : { hourCycle };
    return new Date(atMs).toLocaleTimeString(this.choice.locale, { ...parts, ...cycle });
  }

  private async look(): Promise<void> {
    try {
      const response = await fetch(path);
      if (response.ok) this.take(await response.json());
    } catch {
      // The time as it was known last is the best there is.
    }
  }

  private async move(announce: (text: string) => void): Promise<void> {
    // A second press while the first is on its way would be a second day.
    if (this.button.getAttribute('aria-disabled') === 'true') return;
    this.button.setAttribute('aria-disabled', 'true');
    const moved = await this.ask();
    this.button.removeAttribute('aria-disabled');
    const { strings } = this.choice;
    if (moved === 'moved') announce(strings.dayMoved(this.dayOf(this.now())));
    else announce(moved === 'tooFar' ? strings.dayTooFar : strings.dayFailed);
  }

  private async ask(): Promise<Moved> {
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ days: 1 }),
      });
      if (response.status === 409) return 'tooFar';
      return response.ok && this.take(await response.json()) ? 'moved' : 'failed';
    } catch {
      return 'failed';
    }
  }

  /** @returns whether the answer had a time in it */
  private take(answer: unknown): boolean {
    if (typeof answer !== 'object' || answer === null || !('nowMs' in answer)) return false;
    if (typeof answer.nowMs !== 'number') return false;
    this.aheadMs = answer.nowMs - Date.now();
    this.panel.hidden = false;
    return true;
  }
}
