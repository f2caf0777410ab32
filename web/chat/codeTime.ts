/** What a card's reply carries in `channelData.timeLimit`. */
interface TimeLimit {
  readonly expiresAtMs: number;
  readonly announcements: readonly { readonly leftMs: number; readonly text: string }[];
}

/**
 * Has the time that is left for a code read out by screen readers: at the moments and in the words that the server
 * chose, politely, never each second (WCAG 2.2 SC 2.2.1, 4.1.3). The newest message from the bot ends it: a new code
 * has a new time, and whoever has used theirs needs to hear of none.
 */
export class CodeTime {
  private readonly region = document.createElement('p');
  private timers: number[] = [];
  private watched = 0;

  constructor() {
    this.region.className = 'unseen';
    this.region.dataset.announces = 'code-time';
    this.region.setAttribute('role', 'status');
    this.region.setAttribute('aria-live', 'polite');
    document.body.append(this.region);
  }

  /** @param activity any that came in; what was said before the page was loaded comes in again */
  follow(activity: unknown): void {
    if (!isFromBot(activity)) return;
    this.forget();
    const limit = timeLimitOf(activity);
    if (limit !== undefined) void this.plan(limit, this.watched);
  }

  stop(): void {
    this.forget();
    this.region.remove();
  }

  private forget(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers = [];
    this.watched += 1;
    this.region.textContent = '';
  }

  private async plan({ expiresAtMs, announcements }: TimeLimit, watched: number): Promise<void> {
    const aheadMs = await clockDifference();
    if (watched !== this.watched) return;
    for (const { leftMs, text } of announcements) {
      const inMs = expiresAtMs - leftMs - (Date.now() + aheadMs);
      // A page that is loaded again late does not tell what is past.
      if (inMs > 0) this.timers.push(window.setTimeout(() => this.say(text), inMs));
    }
  }

  private say(text: string): void {
    this.region.textContent = text;
  }
}

/** How far the server's clock is ahead of this machine's, ms; 0 when it cannot be asked. */
async function clockDifference(): Promise<number> {
  try {
    const { headers } = await fetch('/healthz', { method: 'HEAD', cache: 'no-store' });
    const serverMs = Date.parse(headers.get('date') ?? '');
    // The header has whole seconds: half a second is nearest on average.
    return Number.isNaN(serverMs) ? 0 : serverMs + 500 - Date.now();
  } catch {
    return 0;
  }
}

function isFromBot(activity: unknown): activity is object {
  if (typeof activity !== 'object' || activity === null || Reflect.get(activity, 'type') !== 'message')
    return false;
  return Reflect.get(Object(Reflect.get(activity, 'from')), 'role') === 'bot';
}

function timeLimitOf(activity: object): TimeLimit | undefined {
  const limit: unknown = Reflect.get(Object(Reflect.get(activity, 'channelData')), 'timeLimit');
  if (typeof limit !== 'object' || limit === null) return undefined;
  const expiresAtMs: unknown = Reflect.get(limit, 'expiresAtMs');
  const announcements: unknown = Reflect.get(limit, 'announcements');
  if (typeof expiresAtMs !== 'number' || !Array.isArray(announcements)) return undefined;
  return { expiresAtMs, announcements: announcements.filter(isAnnouncement) };
}

function isAnnouncement(value: unknown): value is TimeLimit['announcements'][number] {
  if (typeof value !== 'object' || value === null) return false;
  return typeof Reflect.get(value, 'leftMs') === 'number' && typeof Reflect.get(value, 'text') === 'string';
}
