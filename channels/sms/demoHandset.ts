import type { Clock } from '../../services/clock';
import type { ChallengeSender } from '../../services/identity/challengeSender';
import type { MessageSender } from '../../services/reminders/messageSender';

export interface HandsetMessage {
  readonly id: string;
  readonly text: string;
  /** Epoch ms. */
  readonly receivedAtMs: number;
}

const messagesKept = 20;
const handsetsKept = 200;

/**
 * The demo's SMS gateway: keeps what a number received, in memory only, so that the demo page can show it on
 * a simulated handset. Never composed with a host that others can reach (`bot/config.ts`).
 */
export class DemoHandset implements ChallengeSender, MessageSender {
  private readonly received = new Map<string, HandsetMessage[]>();

  constructor(private readonly clock: Clock) {}

  async send({ phoneNumber, text, key }: { phoneNumber: string; text: string; key: string }): Promise<void> {
    const messages = this.received.get(phoneNumber) ?? [];
    if (messages.some((message) => message.id === key)) return;
    const kept = [...messages, { id: key, text, receivedAtMs: this.clock.now() }].slice(-messagesKept);
    // Most recently used last, so that the oldest handset goes first.
    this.received.delete(phoneNumber);
    this.received.set(phoneNumber, kept);
    const oldest = this.received.keys().next().value;
    if (this.received.size > handsetsKept && oldest !== undefined) this.received.delete(oldest);
  }

  /** What all handsets hold, oldest first within each. */
  allMessages(): readonly HandsetMessage[] {
    return [...this.received.values()].flat();
  }

  /** @param phoneNumber digits only. Oldest first. */
  messagesOf(phoneNumber: string): readonly HandsetMessage[] {
    return this.received.get(phoneNumber) ?? [];
  }
}
