import type { AcceptRequest, TurnCommit } from '../../services/turn/turnStore';
import { toStoredText } from '../storedText';
import { type Bound, keyHash, lockNumber } from './database';

/** `$1, $2, …` */
function places(count: number): string {
  return Array.from({ length: count }, (_, at) => `$${at + 1}`).join(', ');
}

export const acceptSql = `SELECT o_status AS status, o_ticket AS ticket, o_activity_id AS "activityId",
  o_done AS done, o_echo_seq AS "echoSeq" FROM accept_v2(${places(13)})`;

export const commitSql = `SELECT o_status AS status, o_first_seq AS "firstSeq" FROM commit_v1(${places(22)})`;

export const eraseSql = `SELECT erase_conversation_v1(${places(3)})`;

export const appendSql = `SELECT append_journal_v1(${places(5)})`;

/** The arguments of `accept_v2`. */
export function acceptCall(request: AcceptRequest, queueLimit: number): Bound[] {
  const { conversation: head } = request;
  const key = toStoredText(head.key);
  return [
    keyHash(key),
    key,
    toStoredText(head.channelId),
    toStoredText(head.conversationId),
    toStoredText(head.userId),
    JSON.stringify(head.reference),
    head.createdAtMs,
    keyHash(toStoredText(request.idempotencyKey)),
    toStoredText(request.activityId),
    request.sealedActivity,
    request.echo === undefined ? null : JSON.stringify(request.echo),
    request.receivedAtMs,
    queueLimit,
  ];
}

/** The arguments of `commit_v1`. @param nowMs decides which records have expired */
export function commitCall(turn: TurnCommit, nowMs: number): Bound[] {
  const { records, outbox, replies } = turn;
  const recordHashes = records.map(({ key }) => keyHash(toStoredText(key)));
  const laneHashes = outbox.map(({ lane }) => (lane === undefined ? null : keyHash(toStoredText(lane))));
  const locks = new Map<bigint, boolean>();
  records.forEach(({ change }, at) => {
    const number = lockNumber(recordHashes[at] ?? Buffer.alloc(8));
    locks.set(number, (locks.get(number) ?? true) && change === 'checkOnly');
  });
  // Entries of one lane get their ids in the order in which their turns commit.
  for (const hash of laneHashes) if (hash !== null) locks.set(lockNumber(hash), false);
  const ordered = [...locks].sort(([one], [other]) => (one < other ? -1 : 1));
  const written = records.map(({ change }) => (typeof change === 'string' ? undefined : change));
  return [
    keyHash(toStoredText(turn.conversationKey)),
    turn.ticket,
    nowMs,
    turn.committedAtMs,
    ordered.map(([number]) => number.toString()),
    ordered.map(([, shared]) => shared),
    recordHashes,
    records.map(({ expectedVersion }) => expectedVersion),
    records.map(({ change }) => (typeof change === 'string' ? change : 'write')),
    written.map((change) => (change === undefined ? null : JSON.stringify(change.value))),
    written.map((change) => change?.expiresAtMs ?? null),
    replies.map((activity) => JSON.stringify(activity)),
    outbox.map(({ key }) => keyHash(toStoredText(key))),
    outbox.map(({ key }) => toStoredText(key)),
    outbox.map(({ kind }) => toStoredText(kind)),
    outbox.map(({ payload }) => JSON.stringify(payload)),
    outbox.map(({ notBeforeMs }) => notBeforeMs),
    laneHashes,
    ...journalColumns(turn.journal ?? []),
  ];
}

/** The arguments of `append_journal_v1` before the time: streams and bodies, each also as its JSON string. */
export function journalColumns(entries: NonNullable<TurnCommit['journal']>): Bound[] {
  const bodies = entries.map(({ body }) => JSON.stringify(body));
  return [
    entries.map(({ stream }) => toStoredText(stream)),
    entries.map(({ stream }) => JSON.stringify(stream)),
    bodies,
    bodies.map((body) => JSON.stringify(body)),
  ];
}
