import { randomUUID } from 'node:crypto';
import type { SystemEventResult } from '../../bot/systemEvents';
import { type HandoffPacket, packetKey, readHandoff } from '../../services/handoff/handoff';
import type { HandoffEventName } from '../../services/handoff/handoffEvents';
import type { JsonValue } from '../../services/turn/turnStore';
import { type TestAssistant, words } from '../assistant';

/** A person at some desk: does what a desk does, through system events. */
export class FakeAgent {
  readonly agent: { readonly id: string; readonly name: string };

  constructor(
    private readonly test: TestAssistant,
    name = '김민지',
  ) {
    this.agent = { id: name, name };
  }

  /** The handoffs in the queue and in hand, as the store lists them. */
  async open() {
    const listed = await this.test.store.listRecords('handoff/', undefined, 10_000);
    return listed.flatMap(({ value }) => readHandoff(value) ?? []);
  }

  /** The handoff of a conversation. */
  async handoffOf(conversationKey: string) {
    const found = (await this.open()).find((one) => one.conversationKey === conversationKey);
    if (found === undefined) throw new Error('this conversation has no handoff');
    return found;
  }

  async packetOf(id: string): Promise<HandoffPacket> {
    const packet = this.test.assistant.packets.open((await this.test.store.readRecord(packetKey(id))).value);
    if (packet === undefined) throw new Error(`there is no packet of ${id}`);
    return packet;
  }

  /** What the customer hears of it. */
  async does(
    conversationKey: string,
    name: HandoffEventName,
    value: { readonly [key: string]: JsonValue },
    key: string = randomUUID(),
  ): Promise<string[]> {
    return heard(await this.test.assistant.events.submit(conversationKey, { name, value, key }));
  }

  async claims(conversationKey: string): Promise<string[]> {
    const { id } = await this.handoffOf(conversationKey);
    return this.does(conversationKey, 'handoff.claim', { handoffId: id, agent: this.agent });
  }

  async says(conversationKey: string, text: string, key?: string): Promise<string[]> {
    const { id } = await this.handoffOf(conversationKey);
    return this.does(
      conversationKey,
      'handoff.agentMessage',
      { handoffId: id, agent: this.agent, text },
      key,
    );
  }

  async resolves(conversationKey: string): Promise<string[]> {
    const { id } = await this.handoffOf(conversationKey);
    return this.does(conversationKey, 'handoff.resolve', { handoffId: id, by: this.agent });
  }
}

function heard(result: SystemEventResult): string[] {
  return result.status === 'gone' ? ['gone'] : words(result.replies.map(({ activity }) => activity));
}
