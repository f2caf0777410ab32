import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { type Assistant, type AssistantParts, composeAssistant } from '../bot/assistant';
import type { IntentRecognizer } from '../services/intent/intent';
import { loadIntentRecognizer } from '../services/intent/loadIntentRecognizer';
import { systemRandomness } from '../services/randomness';
import type { InboundActivity } from '../services/turn/inboundActivity';
import { conversationKey, type SubmittedTurn } from '../services/turn/turnIntake';
import type { JsonActivity, JsonValue, TurnStore } from '../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';
import { keepLog, noteCodes, openScannedStore } from './artifacts';

export const dataDir = path.resolve(__dirname, '../data');

/** Sunday, 22 November 2026, 17:20 in Seoul: the call centre is closed. */
export const sundayAfternoon = Date.parse('2026-11-22T17:20:00+09:00');

let trained: IntentRecognizer | undefined;

/** The recogniser that customers get, trained once a test file. */
export function recognizer(): IntentRecognizer {
  trained ??= loadIntentRecognizer(dataDir, path.resolve(__dirname, '../dist/intentModel.json'));
  return trained;
}

/** The real assistant on a real store, with a clock that tests move. */
export class TestAssistant {
  nowMs: number;
  readonly store: TurnStore;
  readonly assistant: Assistant;
  readonly logged: { facts: object; message: string }[] = [];

  constructor(parts: Partial<AssistantParts> & { file?: string; nowMs?: number } = {}) {
    const { file, nowMs = sundayAfternoon, ...rest } = parts;
    this.nowMs = nowMs;
    const clock = { now: () => this.nowMs };
    const note = (facts: object, message: string) => void this.logged.push({ facts, message });
    this.store =
      rest.store ?? (file === undefined ? openScannedStore(clock) : openEmbeddedTurnStore({ file, clock }));
    this.assistant = composeAssistant({
      clock,
      randomness: systemRandomness,
      log: { error: note, warn: note, info: note, debug: note },
      dataDir,
      store: this.store,
      secrets: { otpKey: Buffer.alloc(32, 1), inboxSealingKey: Buffer.alloc(32, 2) },
      recognizer: recognizer(),
      ...rest,
    });
  }

  /** A customer in a conversation of their own. */
  customer(
    options: {
      channelId?: string;
      locale?: string;
      isGroup?: boolean;
      userId?: string;
      conversationId?: string;
      /** Where they speak from, and the line their site vouches for, as a channel says it. */
      clientAddress?: string;
      knownLine?: string;
    } = {},
  ) {
    return new TestCustomer(this, options);
  }

  /** The code in the newest SMS to this number, once the outbox has delivered it. */
  async codeSentTo(phoneNumber: string): Promise<string> {
    const text = await this.smsTo(phoneNumber);
    const code = text?.match(/\b\d{6,8}\b/)?.[0];
    if (code === undefined) throw new Error('no code has arrived');
    return code;
  }

  async smsTo(phoneNumber: string): Promise<string | undefined> {
    await this.delivered();
    return this.assistant.handset.messagesOf(phoneNumber).at(-1)?.text;
  }

  /** Waits until nothing that is due lies in the outbox. */
  async delivered(): Promise<void> {
    for (;;) {
      const due = await this.store.nextOutboxDueMs();
      if (due === undefined || due > this.nowMs) {
        // Claimed is not delivered yet, and what was delivered may have set off more.
        await this.assistant.outbox.settled();
        const next = await this.store.nextOutboxDueMs();
        if (next === undefined || next > this.nowMs) return;
      }
      this.assistant.outbox.kick();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async stop(): Promise<void> {
    await this.assistant.stop();
    await this.store.close();
    noteCodes(this.assistant.handset.allMessages().map(({ text }) => text));
    keepLog(this.logged);
  }
}

export class TestCustomer {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;

  constructor(
    private readonly test: TestAssistant,
    private readonly options: {
      channelId?: string;
      locale?: string;
      isGroup?: boolean;
      userId?: string;
      conversationId?: string;
      clientAddress?: string;
      knownLine?: string;
    },
  ) {
    this.channelId = options.channelId ?? 'directline';
    this.conversationId = options.conversationId ?? `conversation-${randomUUID()}`;
    this.userId = options.userId ?? 'dl_customer';
  }

  get key(): string {
    return conversationKey(this.channelId, this.conversationId);
  }

  /** Sends a text; returns what the bot answers, as one string a reply. */
  async say(text: string): Promise<string[]> {
    return words(await this.send({ type: 'message', text }));
  }

  /** Presses a card's button. */
  async press(value: JsonValue): Promise<string[]> {
    return words(await this.send({ type: 'message', value }));
  }

  /** @returns the whole reply activities */
  async send(parts: Partial<InboundActivity> & { type: string }): Promise<readonly JsonActivity[]> {
    return (await this.submit(parts)).replies();
  }

  /** Resolves when the activity is accepted. */
  submit(parts: Partial<InboundActivity> & { type: string }): Promise<SubmittedTurn> {
    const { conversationId, channelId, userId, options } = this;
    const activity: InboundActivity = {
      locale: options.locale ?? 'ko-KR',
      from: { id: userId },
      conversation: { id: conversationId, isGroup: options.isGroup ?? false },
      ...parts,
    };
    const turn = {
      channelId,
      conversationId,
      userId,
      activity,
      echo: parts.type === 'message',
      delivery: 'log',
      clientAddress: options.clientAddress,
      knownLine: options.knownLine,
    } as const;
    return this.test.assistant.intake.submit(turn);
  }

  /** What the log of this conversation holds, as text. */
  async log(): Promise<string> {
    return JSON.stringify(await this.test.store.readLog(this.key, 0, 1_000));
  }

  /** Asks for the balance and proves the number. */
  async verify(phoneNumber: string, question = '내 미납요금이 얼마예요?'): Promise<string[]> {
    await this.say(question);
    await this.say(phoneNumber);
    return this.say(await this.test.codeSentTo(phoneNumber));
  }
}

/** The words of replies: their text, or a card's plain text. */
export function words(replies: readonly JsonActivity[]): string[] {
  return replies.map((reply) => String(reply.text ?? reply.summary ?? ''));
}

/** Titles of the quick replies under the last reply. */
export function suggestions(replies: readonly JsonActivity[]): string[] {
  const found = JSON.stringify(replies.at(-1)?.suggestedActions ?? {}).matchAll(/"title":"([^"]*)"/g);
  return [...found].map((match) => match[1] ?? '');
}
