/** A text message that the demo number received. */
export interface HandsetMessage {
  readonly id: string;
  readonly text: string;
  readonly receivedAtMs: number;
}

export type HandsetFeedListener = {
  /** @param fresh those that came after the first look at this number */
  messages(all: readonly HandsetMessage[], fresh: readonly HandsetMessage[]): void;
  /** The server shows no messages: it sends real ones. */
  absent(): void;
};

const pollMs = 1_500;

/** Asks the server for the messages of one number, every 1.5 s while the page is visible. */
export class HandsetFeed {
  private phone = '';
  private known: ReadonlySet<string> | undefined;
  private timer: number | undefined;
  private stopped = false;

  constructor(private readonly listener: HandsetFeedListener) {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.look();
    });
  }

  /** Follows another number. Its older messages are shown, but not announced. */
  follow(phone: string): void {
    this.phone = phone;
    this.known = undefined;
    void this.look();
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    if (this.stopped || document.visibilityState !== 'visible') return;
    const phone = this.phone;
    const found = await this.read(phone);
    if (this.stopped || phone !== this.phone) return;
    if (found !== undefined) {
      const known = this.known;
      this.known = new Set(found.map(({ id }) => id));
      this.listener.messages(found, known === undefined ? [] : found.filter(({ id }) => !known.has(id)));
    }
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), pollMs);
  }

  /** @returns undefined when the server could not be asked this time */
  private async read(phone: string): Promise<HandsetMessage[] | undefined> {
    try {
      const response = await fetch(`/demo/handset?phone=${encodeURIComponent(phone)}`);
      if (response.status === 404) {
        this.stopped = true;
        this.listener.absent();
      }
      return response.ok ? messagesOf(await response.json()) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Newest first; what does not look like a message is left out. */
function messagesOf(body: unknown): HandsetMessage[] {
  const list = typeof body === 'object' && body !== null && 'messages' in body ? body.messages : undefined;
  if (!Array.isArray(list)) return [];
  return list.filter(isMessage).sort((a, b) => b.receivedAtMs - a.receivedAtMs);
}

function isMessage(value: unknown): value is HandsetMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'text' in value &&
    typeof value.text === 'string' &&
    'receivedAtMs' in value &&
    typeof value.receivedAtMs === 'number'
  );
}
