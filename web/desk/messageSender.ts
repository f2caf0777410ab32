import { type DeskClient, Refused } from './deskClient';

export interface SenderListener {
  readonly waiting: (id: string, key: string) => void;
  readonly sent: (id: string, key: string, seq: number | undefined) => void;
  readonly failed: (id: string, key: string, refused: Refused) => void;
}

interface Message {
  readonly key: string;
  readonly text: string;
}

/**
 * Sends an agent's messages in the order of writing. One that the server was not reached with stays at the head of
 * its conversation and goes again, with the same key, when the line is back: none is lost, none is said twice.
 */
export class MessageSender {
  private readonly queues = new Map<string, Message[]>();
  private readonly busy = new Set<string>();

  constructor(
    private readonly client: Pick<DeskClient, 'message'>,
    private readonly listener: SenderListener,
  ) {}

  send(id: string, message: Message): void {
    this.queues.set(id, [...(this.queues.get(id) ?? []), message]);
    void this.run(id);
  }

  /** The server can be reached again. */
  goOn(): void {
    for (const id of this.queues.keys()) void this.run(id);
  }

  private async run(id: string): Promise<void> {
    if (this.busy.has(id)) return;
    this.busy.add(id);
    try {
      for (let next = this.head(id); next !== undefined; next = this.head(id)) {
        if (!(await this.sendOne(id, next))) return;
        this.queues.set(id, (this.queues.get(id) ?? []).slice(1));
      }
      this.queues.delete(id);
    } finally {
      this.busy.delete(id);
    }
  }

  private head(id: string): Message | undefined {
    return this.queues.get(id)?.[0];
  }

  /** @returns false: not now, the others wait behind it */
  private async sendOne(id: string, { key, text }: Message): Promise<boolean> {
    try {
      const { seq } = await this.client.message(id, key, text);
      this.listener.sent(id, key, seq);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.code === 'offline') {
        this.listener.waiting(id, key);
        return false;
      }
      this.listener.failed(id, key, error);
      return true;
    }
  }
}
