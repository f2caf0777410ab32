import type { JsonActivity } from '../../services/turn/turnStore';

/**
 * Who is typing: signs that pass and are kept nowhere. They reach whoever is connected to the same node; on another
 * one nobody misses more than three dots.
 */
export class TypingSignals {
  private readonly listeners = new Set<(conversationKey: string) => void>();

  /** @param show puts an activity before the customer who is connected, without the log */
  constructor(
    private readonly show: (conversationKey: string, activity: JsonActivity) => void,
    private readonly bot: { readonly id: string },
    private readonly newId: () => string,
  ) {}

  /** @returns the unsubscriber */
  watch(listener: (conversationKey: string) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  customerTypes(conversationKey: string): void {
    for (const listener of this.listeners) listener(conversationKey);
  }

  /** From the bot's account: Web Chat takes the sign away with the next message of the same account. */
  agentTypes(conversationKey: string, name: string): void {
    const from = { id: this.bot.id, name, role: 'bot' };
    this.show(conversationKey, { type: 'typing', id: this.newId(), from });
  }
}
