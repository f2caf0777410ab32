import { systemClock } from '../services/clock';
import { conversationKey } from '../services/turn/turnIntake';
import type { TurnStore } from '../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';

const written = 500;
const dayMs = 24 * 3_600_000;

/** Writes conversations that had one turn yesterday, through the store, while no server has the file. */
export async function fillWithSleeping(file: string, count: number): Promise<void> {
  const store = openEmbeddedTurnStore({ file, clock: systemClock });
  try {
    for (let first = 0; first < count; first += written) {
      const batch = Array.from({ length: Math.min(written, count - first) }, (_, index) => first + index);
      await Promise.all(batch.map((number) => writeConversation(store, number)));
    }
  } finally {
    await store.close();
  }
}

/** A question with its answer, and state as large as the assistant's own. */
async function writeConversation(store: TurnStore, number: number): Promise<void> {
  const conversationId = number.toString(16).padStart(32, '0');
  const key = conversationKey('directline', conversationId);
  const atMs = systemClock.now() - dayMs;
  const said = (id: string, from: string, text: string) => ({
    type: 'message',
    id,
    timestamp: new Date(atMs).toISOString(),
    channelId: 'directline',
    conversation: { id: conversationId },
    from: { id: from },
    text,
  });
  const accepted = await store.accept({
    conversation: {
      key,
      channelId: 'directline',
      conversationId,
      userId: `dl_${conversationId}`,
      reference: { conversation: { id: conversationId } },
      createdAtMs: atMs,
    },
    idempotencyKey: 'own:1',
    sealedActivity: Buffer.alloc(600),
    activityId: 'question',
    echo: said('question', 'customer', '미납요금은 어디서 확인해요?'),
    receivedAtMs: atMs,
  });
  if (accepted.status !== 'accepted') throw new Error(`a conversation was ${accepted.status}`);
  const committed = await store.commit({
    conversationKey: key,
    ticket: accepted.ticket,
    records: [
      { key: `sleeping/${key}`, expectedVersion: 0, change: { value: { memory: '기억'.repeat(200) } } },
    ],
    replies: [said('answer', 'bill-guide', '답'.repeat(300))],
    outbox: [],
    committedAtMs: atMs,
  });
  if (committed.status !== 'committed') throw new Error(`a turn was ${committed.status}`);
}
