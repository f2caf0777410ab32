import path from 'node:path';
import { composeAssistant } from '../bot/assistant';
import { loadIntentRecognizer } from '../services/intent/loadIntentRecognizer';
import { systemRandomness } from '../services/randomness';
import { conversationKey } from '../services/turn/turnIntake';
import type {
  AcceptRequest,
  AcceptResult,
  CommitResult,
  TurnCommit,
  VersionedRecord,
} from '../services/turn/turnStore';
import { openConnection } from '../store/embedded/connection';
import { EmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';

/** Sunday, 22 November 2026, 17:20 in Seoul. */
export const storedAtMs = Date.parse('2026-11-22T17:20:00+09:00');

/** What one turn asked of the store. */
export interface StoredTurn {
  readonly accept: AcceptRequest;
  /** Keys of the records that it read, in that order. */
  readonly reads: readonly string[];
  readonly commit: TurnCommit;
}

export interface StoredScript {
  /** The channel's id of the recorded conversation. */
  readonly conversationId: string;
  /** The greeting. */
  readonly welcome: StoredTurn;
  readonly hello: StoredTurn;
  /** An answer out of the articles. */
  readonly faq: StoredTurn;
  /** Somebody asks what they owe. */
  readonly ask: StoredTurn;
  /** The number is given: a code is put into the outbox, limits are counted, the audit log is written. */
  readonly number: StoredTurn;
  /** The code is given: the level rises, the balance is shown. */
  readonly code: StoredTurn;
}

/** A store that remembers what turns ask of it. */
class RecordingStore extends EmbeddedTurnStore {
  readonly turns: StoredTurn[] = [];
  private accepted: AcceptRequest | undefined;
  private reads: string[] = [];

  override accept(request: AcceptRequest): Promise<AcceptResult> {
    this.accepted = request;
    this.reads = [];
    return super.accept(request);
  }

  override readRecord(key: string): Promise<VersionedRecord> {
    this.reads.push(key);
    return super.readRecord(key);
  }

  override commit(turn: TurnCommit): Promise<CommitResult> {
    if (this.accepted !== undefined)
      this.turns.push({ accept: this.accepted, reads: this.reads, commit: turn });
    return super.commit(turn);
  }
}

/**
 * Lets the assistant itself hold a conversation, and writes down what its turns asked of the store: what is measured
 * afterwards has the size and the shape that real turns have.
 * @param root the repository's folder
 */
export async function recordScript(root: string): Promise<StoredScript> {
  const clock = { now: () => storedAtMs };
  const dataDir = path.join(root, 'data');
  const store = new RecordingStore(openConnection(':memory:'), { clock });
  const quiet = () => undefined;
  const assistant = composeAssistant({
    clock,
    randomness: systemRandomness,
    log: { error: quiet, warn: quiet, info: quiet, debug: quiet },
    dataDir,
    store,
    secrets: { otpKey: Buffer.alloc(32, 1), inboxSealingKey: Buffer.alloc(32, 2) },
    recognizer: loadIntentRecognizer(dataDir, path.join(root, 'dist', 'intentModel.json')),
  });
  const conversationId = `conversation-${systemRandomness.uuid()}`;
  const head = { channelId: 'directline', conversationId, userId: 'dl_customer' };
  const send = async (parts: { type: string; text?: string; membersAdded?: { id: string }[] }) => {
    const activity = {
      locale: 'ko-KR',
      from: { id: head.userId },
      conversation: { id: conversationId },
      ...parts,
    };
    const echo = parts.type === 'message';
    const turn = await assistant.intake.submit({ ...head, activity, echo, delivery: 'log' });
    await turn.replies();
    await assistant.outbox.settled();
  };
  const say = (text: string) => send({ type: 'message', text });
  try {
    await send({ type: 'conversationUpdate', membersAdded: [{ id: head.userId }] });
    await say('안녕하세요');
    await say('미납요금은 어디서 확인해요?');
    await say('내 미납요금이 얼마예요?');
    await say(phoneNumber);
    await say(await codeOf(() => assistant.handset.messagesOf(phoneNumber).at(-1)?.text));
  } finally {
    await assistant.stop();
    await store.close();
  }
  return scriptOf(conversationId, store.turns);
}

/** A demo customer who owes something and whose line can get a code. */
const phoneNumber = '01000001001';

async function codeOf(newest: () => string | undefined): Promise<string> {
  const giveUpAtMs = performance.now() + 5_000;
  for (;;) {
    const code = newest()?.match(/\b\d{6}\b/)?.[0];
    if (code !== undefined) return code;
    if (performance.now() > giveUpAtMs) throw new Error('no code arrived on the demo handset within 5 s');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function scriptOf(conversationId: string, turns: readonly StoredTurn[]): StoredScript {
  const key = conversationKey('directline', conversationId);
  const own = turns.filter(({ commit }) => commit.conversationKey === key);
  const [welcome, hello, faq, ask, number, code] = own;
  if (
    own.length !== 6 ||
    welcome === undefined ||
    hello === undefined ||
    faq === undefined ||
    ask === undefined ||
    number === undefined ||
    code === undefined
  )
    throw new Error(`the conversation took ${own.length} turns, not 6`);
  if (number.commit.outbox.length === 0) throw new Error('no code was sent');
  return { conversationId, welcome, hello, faq, ask, number, code };
}
