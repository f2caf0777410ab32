import type { ClosedHandoff, HandoffPacket, HandoffRecord } from '../handoff/handoff';
import type { LoggedActivity } from '../turn/turnStore';
import { csv } from './csv';
import type { DeskPacket, HandoffSummary, LiveEntry } from './deskApi';

/** What of a handoff stands in a list. @param withText in the lists of those who may read the conversation */
export function summaryOf(record: HandoffRecord, withText: boolean): HandoffSummary {
  const { id, state, reason, skill, topic, language, channelId, requestedAtMs, verified } = record;
  return {
    id,
    state,
    reason,
    skill,
    language,
    channelId,
    requestedAtMs,
    verified,
    ...(topic === undefined ? {} : { topic }),
    ...(record.acceptedAtMs === undefined ? {} : { acceptedAtMs: record.acceptedAtMs }),
    ...(record.agent === undefined ? {} : { agent: record.agent.name }),
    ...(withText && record.lastText !== undefined ? { lastText: record.lastText } : {}),
  };
}

/** One that has ended looks like its last open state. */
export function summaryOfClosed(closed: ClosedHandoff): HandoffSummary {
  return summaryOf(
    {
      ...closed,
      state: closed.agent ? 'accepted' : 'requested',
      wait: 1,
      waitingSinceMs: closed.requestedAtMs,
      notes: [],
    },
    false,
  );
}

/** The packet without the carrier's id of the line. */
export function packetOf({ lastSeq: _, ...packet }: HandoffPacket): DeskPacket {
  const { lineId: _line, ...verification } = packet.verification;
  return { ...packet, verification };
}

/**
 * What both sides said, as agents read it: messages with words. The log is masked already.
 * @returns undefined for what is no message
 */
export function entryOf({ seq, activity }: LoggedActivity): LiveEntry | undefined {
  if (activity.type !== 'message') return undefined;
  const text = textOf(activity.text) ?? textOf(activity.summary) ?? attachmentsOf(activity.attachments);
  if (text === undefined) return undefined;
  const from = Object(activity.from);
  const atMs = Date.parse(String(activity.timestamp ?? ''));
  const agent: unknown = Object(Object(activity.channelData).handoff).agent;
  const who =
    from.role === 'user'
      ? { from: 'customer' as const }
      : typeof agent === 'string'
        ? { from: 'agent' as const, name: agent }
        : { from: 'bot' as const };
  return { seq, ...who, text, atMs: Number.isNaN(atMs) ? 0 : atMs };
}

/** Every handoff in a line; nothing that anybody wrote. */
export function handoffsCsv(open: readonly HandoffRecord[], closed: readonly ClosedHandoff[]): string {
  const at = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString());
  const head = ['id', 'state', 'ending', 'reason', 'skill', 'topic', 'language', 'channel', 'verified'];
  const rows = [...open, ...closed].map((one) => [
    one.id,
    one.state,
    'ending' in one ? one.ending : '',
    one.reason,
    one.skill,
    one.topic ?? '',
    one.language,
    one.channelId,
    one.verified ? 'yes' : 'no',
    at(one.requestedAtMs),
    at(one.acceptedAtMs),
    'endedAtMs' in one ? at(one.endedAtMs) : '',
    one.agent?.name ?? '',
    'rating' in one ? (one.rating ?? '') : '',
  ]);
  return csv([[...head, 'requestedAt', 'acceptedAt', 'endedAt', 'agent', 'rating'], ...rows]);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A customer's picture is not kept; that there was one is. */
function attachmentsOf(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const names = value.map((one) => textOf(Object(one).name)).filter((one) => one !== undefined);
  return names.length === 0 ? undefined : names.join(', ');
}
