import { streamOf } from '../services/journal/journal';
import { conversationKey } from '../services/turn/turnIntake';
import type { TurnStore } from '../services/turn/turnStore';
import type { StoredScript, StoredTurn } from './storedScript';

/**
 * The id of the n-th filled conversation, as long as a real one. Neighbours in number are far apart in the order of
 * their keys, as random ids are. `storedFilling.ts` says the same in SQL.
 * @param n 0 … 16,777,215
 */
export function conversationIdOf(n: number): string {
  return `${filledPrefix}${hex(BigInt(n) * scatter, 8)}${filledMiddle}${n.toString().padStart(12, '0')}`;
}

/** Odd, so that no two numbers meet: Knuth's multiplier. */
export const scatter = 2_654_435_761n;
/** Odd as well: keys of codes are random. */
const codeScatter = 0x9e37_79b9_7f4bn;
export const filledPrefix = 'conversation-';
export const filledMiddle = '-0000-4000-8000-';

/**
 * A recorded turn, as another conversation has it, made before the clock starts: every key that names the
 * conversation, its line or its code names the other's. What lies inside values, of the same length, stays.
 * @param serial no two turns with one serial: messages and codes are told apart by it
 */
export function turnFor(
  script: StoredScript,
  turn: StoredTurn,
  conversationId: string,
  serial: number,
): StoredTurn {
  const ids = new Map([[script.conversationId, conversationId]]);
  const line = script.number.reads.find((key) => key.startsWith(linePrefix));
  // Each conversation has a line of its own, as long as a digest.
  const id = conversationId.slice(filledPrefix.length);
  if (line !== undefined) ids.set(line, `${linePrefix}${id}`.padEnd(line.length, '-'));
  const renamed = (key: string) => {
    let name = key;
    for (const [from, to] of ids) name = name.replace(from, to);
    return name;
  };
  const { accept, commit, reads } = turn;
  const key = conversationKey(accept.conversation.channelId, conversationId);
  const serialName = hex(BigInt(serial) * codeScatter, 12);
  return {
    accept: {
      ...accept,
      conversation: { ...accept.conversation, key, conversationId },
      idempotencyKey: `own:turn-${serialName}`.padEnd(accept.idempotencyKey.length, '-'),
    },
    reads: reads.map(renamed),
    commit: {
      ...commit,
      conversationKey: key,
      // What the commit leases needs no claim, and claims are measured: all that comes from another process does.
      leaseOutboxMs: undefined,
      records: commit.records.map((write) => ({ ...write, key: renamed(write.key) })),
      outbox: commit.outbox.map((entry) => ({
        ...entry,
        key: `${entry.key.slice(0, -serialName.length)}${serialName}`,
      })),
      journal: (commit.journal ?? []).map(({ body }) => ({ stream: auditStream(conversationId), body })),
    },
  };
}

const linePrefix = 'limit/line/';

/** The last digits of a number, as text of that length. */
function hex(number: bigint, digits: number): string {
  return BigInt.asUintN(4 * digits, number)
    .toString(16)
    .padStart(digits, '0');
}

function auditStream(conversationId: string): string {
  return streamOf('audit', JSON.stringify(['directline', conversationId]));
}

/**
 * One turn as `bot/turnRunner.ts` asks it of a store: into the inbox, what is next, the records, the commit, and
 * nothing is next.
 * @throws Error when the store does anything else than take it
 */
export async function runTurn(store: TurnStore, { accept, reads, commit }: StoredTurn): Promise<void> {
  const { key } = accept.conversation;
  const accepted = await store.accept(accept);
  if (accepted.status !== 'accepted') throw new Error(`the message was not accepted: ${accepted.status}`);
  const pending = await store.nextPending(key);
  if (pending?.ticket !== accepted.ticket) throw new Error('another turn is next');
  const versions = new Map<string, number>();
  for (const each of reads) versions.set(each, (await store.readRecord(each)).version);
  const records = commit.records.map((write) => ({
    ...write,
    expectedVersion: versions.get(write.key) ?? 0,
  }));
  const { status } = await store.commit({ ...commit, ticket: accepted.ticket, records });
  if (status !== 'committed') throw new Error(`the turn did not commit: ${status}`);
  if ((await store.nextPending(key)) !== undefined) throw new Error('something is left over');
}
