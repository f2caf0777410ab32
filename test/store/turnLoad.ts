import { z } from 'zod';
import type { JsonValue } from '../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';

/** What a load process is told, as JSON in its first argument. */
export const turnLoadOrder = z.object({
  file: z.string(),
  /** For each conversation the number of its next message. */
  nextMessage: z.array(z.number()),
  /** Takes no new messages and ends when every turn is done and every effect delivered. */
  drain: z.boolean(),
});
export type TurnLoadOrder = z.infer<typeof turnLoadOrder>;

/** What it says on stdout, a line each, once the store has acknowledged it. */
export type Acknowledgement =
  | { type: 'accepted'; conversation: number; message: number; ticket: number }
  | { type: 'committed'; conversation: number; ticket: number; seqs: readonly number[]; count: number }
  | { type: 'claimed'; key: string }
  | { type: 'delivered'; key: string };

/** How many turns may wait before a conversation takes the next message. */
const BACKLOG = 20;
const SENDERS = 3;

/** Sends, runs and delivers in several conversations at once, as fast as it can, until it is killed. */
async function load({ file, nextMessage, drain }: TurnLoadOrder): Promise<void> {
  const store = openEmbeddedTurnStore({ file, clock: { now: () => Date.now() } });
  let delivering = true;

  async function send(conversation: number, backlog: { turns: number }): Promise<void> {
    for (;;) {
      while (backlog.turns >= BACKLOG) await nextTick();
      backlog.turns += 1;
      const message = nextMessage[conversation] ?? 0;
      nextMessage[conversation] = message + 1;
      const id = `${conversation}-${message}`;
      const result = await store.accept({
        conversation: {
          key: `load/${conversation}`,
          channelId: 'load',
          conversationId: String(conversation),
          userId: '',
          reference: { message },
          createdAtMs: 0,
        },
        idempotencyKey: id,
        sealedActivity: Buffer.from(id),
        activityId: id,
        echo: { type: 'message', id, message },
        receivedAtMs: 0,
      });
      if (result.status === 'queueFull' || result.status === 'erased')
        throw new Error('the backlog outgrew the queue');
      if (result.status === 'duplicate') backlog.turns -= 1;
      say({ type: 'accepted', conversation, message, ticket: result.ticket });
    }
  }

  async function runTurns(conversation: number, backlog: { turns: number }): Promise<void> {
    for (;;) {
      const turn = await store.nextPending(`load/${conversation}`);
      if (turn === undefined && drain) return;
      if (turn === undefined) {
        await nextTick();
        continue;
      }
      const own = await store.readRecord(`count/${conversation}`);
      const shared = await store.readRecord('count/all');
      const count = asCount(own.value) + 1;
      const reply = (part: number) => ({
        type: 'message',
        id: `${turn.activityId}/${part}`,
        of: turn.activityId,
      });
      const result = await store.commit({
        conversationKey: `load/${conversation}`,
        ticket: turn.ticket,
        records: [
          { key: `count/${conversation}`, expectedVersion: own.version, change: { value: count } },
          { key: 'count/all', expectedVersion: shared.version, change: { value: asCount(shared.value) + 1 } },
        ],
        replies: [reply(0), reply(1)],
        outbox: [{ key: turn.activityId, kind: 'sms', payload: turn.activityId, notBeforeMs: 0 }],
        committedAtMs: 0,
      });
      if (result.status !== 'committed') continue;
      backlog.turns -= 1;
      say({ type: 'committed', conversation, ticket: turn.ticket, seqs: result.seqs, count });
    }
  }

  async function deliver(): Promise<void> {
    while (delivering || (await store.nextOutboxDueMs()) !== undefined) {
      const due = await store.claimOutbox(drain ? Number.MAX_SAFE_INTEGER : Date.now(), 20, drain ? 0 : 40);
      if (due.length === 0) await nextTick();
      for (const { key } of due) say({ type: 'claimed', key });
      await Promise.all(
        due.map(async ({ id, key }) => {
          await store.completeOutbox(id, 0);
          say({ type: 'delivered', key });
        }),
      );
    }
  }

  const backlogs = nextMessage.map(() => ({ turns: 0 }));
  const runners = backlogs.map((backlog, conversation) => runTurns(conversation, backlog));
  const delivery = deliver();
  if (!drain) {
    const senders = Array.from({ length: SENDERS }, () =>
      backlogs.map((backlog, index) => send(index, backlog)),
    );
    await Promise.all(senders.flat());
  }
  await Promise.all(runners);
  delivering = false;
  await delivery;
  await store.close();
}

function say(acknowledgement: Acknowledgement): void {
  process.stdout.write(`${JSON.stringify(acknowledgement)}\n`);
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function asCount(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

load(turnLoadOrder.parse(JSON.parse(process.argv[2] ?? ''))).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
