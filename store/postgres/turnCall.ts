import { activityJson } from '../../services/turn/activityJson';
import type { AcceptRequest, RecordWrite, TurnCommit } from '../../services/turn/turnStore';
import { toStoredText } from '../storedText';
import { type Bound, keyHash, lockNumber } from './database';

/** `$1, $2, …` */
function places(count: number): string {
  return Array.from({ length: count }, (_, at) => `$${at + 1}`).join(', ');
}

export const acceptSql = `SELECT o_status AS status, o_ticket AS ticket, o_activity_id AS "activityId",
  o_done AS done, o_echo_seq AS "echoSeq" FROM accept_v3(${places(15)})`;

export const commitSql = `SELECT o_status AS status, o_first_seq AS "firstSeq" FROM commit_v2(${places(25)})`;

export const writeRecordsSql = `SELECT write_records_v1(${places(9)}) AS written`;

export const eraseSql = `SELECT erase_conversation_v1(${places(3)})`;

export const appendSql = `SELECT append_journal_v1(${places(5)})`;

/** Who calls, and how long what it claims is its own. */
export interface Claimant {
  readonly owner: string;
  readonly claimMs: number;
}

/** The arguments of `accept_v3`. */
export function acceptCall(request: AcceptRequest, queueLimit: number, claimant: Claimant): Bound[] {
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
    claimant.owner,
    claimant.claimMs,
  ];
}

/** The arguments of `commit_v2`. @param nowMs decides which records have expired */
export function commitCall(turn: TurnCommit, nowMs: number, claimant: Claimant): Bound[] {
  const { outbox, replies } = turn;
  const laneHashes = outbox.map(({ lane }) => (lane === undefined ? null : keyHash(toStoredText(lane))));
  // Entries of one lane get their ids in the order in which their turns commit.
  const records = recordColumns(
    turn.records,
    laneHashes.flatMap((hash) => hash ?? []),
  );
  return [
    keyHash(toStoredText(turn.conversationKey)),
    turn.ticket,
    nowMs,
    turn.committedAtMs,
    records.locks,
    records.shared,
    records.hashes,
    records.versions,
    records.changes,
    records.values,
    records.expiries,
    replies.map((activity) => activityJson(activity)),
    outbox.map(({ key }) => keyHash(toStoredText(key))),
    outbox.map(({ key }) => toStoredText(key)),
    outbox.map(({ kind }) => toStoredText(kind)),
    outbox.map(({ payload }) => JSON.stringify(payload)),
    outbox.map(({ notBeforeMs }) => notBeforeMs),
    laneHashes,
    ...journalColumns(turn.journal ?? []),
    records.keys,
    claimant.owner,
    claimant.claimMs,
  ];
}

/** The arguments of `write_records_v1`. @param nowMs decides which records have expired */
export function writeRecordsCall(writes: readonly RecordWrite[], nowMs: number): Bound[] {
  const { locks, shared, hashes, keys, versions, changes, values, expiries } = recordColumns(writes, []);
  return [nowMs, locks, shared, hashes, keys, versions, changes, values, expiries];
}

/** @param lanes hashes of what else is to be locked */
function recordColumns(records: readonly RecordWrite[], lanes: readonly Buffer[]) {
  const keys = records.map(({ key }) => toStoredText(key));
  const hashes = keys.map(keyHash);
  const locks = new Map<bigint, boolean>();
  records.forEach(({ change }, at) => {
    const number = lockNumber(hashes[at] ?? Buffer.alloc(8));
    locks.set(number, (locks.get(number) ?? true) && change === 'checkOnly');
  });
  for (const lane of lanes) locks.set(lockNumber(lane), false);
  const ordered = [...locks].sort(([one], [other]) => (one < other ? -1 : 1));
  const written = records.map(({ change }) => (typeof change === 'string' ? undefined : change));
  return {
    locks: ordered.map(([number]) => number.toString()),
    shared: ordered.map(([, shared]) => shared),
    hashes,
    keys,
    versions: records.map(({ expectedVersion }) => expectedVersion),
    changes: records.map(({ change }) => (typeof change === 'string' ? change : 'write')),
    values: written.map((change) => (change === undefined ? null : JSON.stringify(change.value))),
    expiries: written.map((change) => change?.expiresAtMs ?? null),
  };
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
