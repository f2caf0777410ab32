import type { Activity } from 'botbuilder';
import { eraseResidentNumbers, redact, redactJson } from '../services/redaction/redaction';
import { erasedResidentNumber } from '../services/redaction/residentNumber';
import { cleanText } from '../services/turn/cleanText';
import type { InboundActivity } from '../services/turn/inboundActivity';
import type { InboundTurn } from '../services/turn/turnIntake';
import type { ConversationHead, JsonActivity, JsonValue, PendingTurn } from '../services/turn/turnStore';
import { botAccount } from './turnAdapter';

/** What lies sealed in the inbox until its turn has committed. */
export interface SealedTurn {
  readonly activity: InboundActivity;
  readonly residentNumberErased: boolean;
  readonly echo: boolean;
  readonly delivery: 'log' | 'connector';
  readonly clientAddress?: string;
  readonly knownLine?: string;
  /** It comes from our own side: `InboundTurn.systemKey`. */
  readonly system?: boolean;
  /** W3C Trace Context of the request that brought it. */
  readonly traceparent?: string;
}

/**
 * Erases resident registration numbers from everything the customer could have put one into.
 * @returns `erased`: one was in what the customer sent on purpose. A channel's own data also holds long
 * numbers; those are cleaned as well, but nobody needs to be told.
 */
export function eraseResidentNumbersIn(activity: InboundActivity): {
  activity: InboundActivity;
  erased: boolean;
} {
  let erased = false;
  const cleanWords = (text: string): string => {
    const result = eraseResidentNumbers(text);
    erased ||= result.erased;
    return result.text;
  };
  const clean = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') return cleanWords(value);
    if (typeof value === 'number') return isResidentNumber(String(value)) ? erasedResidentNumber : value;
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [cleanWords(key), clean(inner as JsonValue)]);
    return Object.fromEntries(entries);
  };
  const { id, ...rest } = activity;
  const { text, value, name, channelData, attachmentNames, from } = rest;
  const sent = {
    ...(text === undefined ? {} : { text: cleanWords(text) }),
    ...(value === undefined ? {} : { value: clean(withoutLongNumbers(value, (digits) => digits)) }),
    ...(attachmentNames === undefined ? {} : { attachmentNames: attachmentNames.map(cleanWords) }),
  };
  const told = erased;
  const cleaned: InboundActivity = {
    ...rest,
    ...sent,
    // An id is kept beside its message for a day; no client's own idea of one looks like this.
    ...(id === undefined || isResidentNumber(id) ? {} : { id }),
    from: { ...from, ...(from.name === undefined ? {} : { name: cleanWords(from.name) }) },
    ...(name === undefined ? {} : { name: cleanWords(name) }),
    ...(channelData === undefined ? {} : { channelData: keepClientId(channelData, clean(channelData)) }),
  };
  return { activity: cleaned, erased: told };
}

/** An event of our own: what people wrote in it is cleaned, and its numbers are ours and stay numbers. */
export function eraseResidentNumbersInOurs(activity: InboundActivity): InboundActivity {
  const clean = (value: JsonValue): JsonValue => {
    // Invisible characters would hide a number, and turn around what a customer reads.
    if (typeof value === 'string') return eraseResidentNumbers(cleanText(value)).text;
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner as JsonValue)]));
  };
  return activity.value === undefined ? activity : { ...activity, value: clean(activity.value) };
}

/**
 * Same key in the same conversation = the same message. The client's own id comes first: a client that
 * retries sends a new activity id but the same `clientActivityID` (reliability: activity spec A2031, A2033).
 */
export function idempotencyKeyOf(activity: InboundActivity): string | undefined {
  const clientId = objectField(activity.channelData, 'clientActivityID');
  // JSON keeps the parts apart whatever they contain.
  const keyOf = (kind: string, id: string) => JSON.stringify([kind, activity.from.id, id]);
  if (typeof clientId === 'string' && clientId !== '') return keyOf('client', clientId);
  return activity.id === undefined ? undefined : keyOf('activity', activity.id);
}

export function conversationHead(key: string, inbound: InboundTurn, createdAtMs: number): ConversationHead {
  const { activity, channelId, conversationId, userId } = inbound;
  const reference: JsonValue = {
    channelId,
    conversation: { id: conversationId, isGroup: activity.conversation.isGroup ?? false },
    user: { id: activity.from.id, name: redact(activity.from.name ?? '') },
    bot: {
      id: activity.recipient?.id ?? botAccount.id,
      name: redact(activity.recipient?.name ?? botAccount.name),
    },
    serviceUrl: activity.serviceUrl ?? '',
    locale: activity.locale ?? 'ko-KR',
  };
  return { key, channelId, conversationId, userId, reference, createdAtMs };
}

/** The customer's own activity as the log keeps it and Direct Line returns it: masked, with id and server time. */
export function echoOf(
  channelId: string,
  activity: InboundActivity,
  id: string,
  nowMs: number,
): JsonActivity {
  const { type, name, text, value, locale, from, channelData, attachmentNames } = activity;
  return {
    type,
    id,
    timestamp: new Date(nowMs).toISOString(),
    channelId,
    conversation: { id: activity.conversation.id },
    from: { id: from.id, ...(from.name === undefined ? {} : { name: redact(from.name) }), role: 'user' },
    ...(name === undefined ? {} : { name: redact(name) }),
    ...(text === undefined ? {} : { text: redact(text) }),
    ...(value === undefined ? {} : { value: redactJson(withoutLongNumbers(value, redact)) }),
    ...(locale === undefined ? {} : { locale }),
    ...(channelData === undefined ? {} : { channelData: keepClientId(channelData, redactJson(channelData)) }),
    ...(attachmentNames === undefined ? {} : { attachments: attachmentNames.map(attachmentEcho) }),
  };
}

/** The activity in the SDK's shape, for dialogs. */
export function sdkActivity(pending: PendingTurn, activity: InboundActivity): Partial<Activity> {
  const { type, name, text, value, locale, from, recipient, membersAdded, channelData, serviceUrl } =
    activity;
  return {
    type,
    id: pending.activityId,
    timestamp: new Date(pending.receivedAtMs),
    channelId: pending.conversation.channelId,
    conversation: {
      id: pending.conversation.conversationId,
      isGroup: activity.conversation.isGroup ?? false,
      conversationType: '',
      name: '',
    },
    from: { id: from.id, name: from.name ?? '' },
    recipient: { id: recipient?.id ?? botAccount.id, name: recipient?.name ?? botAccount.name },
    serviceUrl: serviceUrl ?? '',
    name,
    text,
    value,
    locale,
    channelData,
    membersAdded: membersAdded?.map((member) => ({ id: member.id, name: '' })),
  };
}

function attachmentEcho(name: string): JsonValue {
  return { name: redact(name), contentType: 'application/octet-stream' };
}

/**
 * A card's value with its long numbers as texts: what is personal may come as a JSON number or as a key, where
 * nobody looks for it. Numbers in a channel's own data are times and sequence numbers and stay.
 */
function withoutLongNumbers(value: JsonValue, read: (text: string) => string): JsonValue {
  if (typeof value === 'number') return /\d{6}/.test(String(value)) ? read(String(value)) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => withoutLongNumbers(inner, read));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [read(key), withoutLongNumbers(inner as JsonValue, read)]),
  );
}

/** A client makes `clientActivityID` itself; it must come back letter for letter, or nothing shows as sent. */
function keepClientId(original: JsonValue, masked: JsonValue): JsonValue {
  const clientId = objectField(original, 'clientActivityID');
  if (clientId === undefined || typeof masked !== 'object' || masked === null || Array.isArray(masked))
    return masked;
  const { clientActivityID: _, ...others } = masked as { readonly [key: string]: JsonValue };
  // It is kept beside its message: what may not be kept anywhere is no id either.
  return isResidentNumber(String(clientId)) ? others : { ...others, clientActivityID: clientId };
}

/** Of what programs make: milliseconds since 1970 (2017 to 2033) have as many digits and are none. */
function isResidentNumber(text: string): boolean {
  return !/^1[5-9]\d{11}$/.test(text) && eraseResidentNumbers(text).erased;
}

function objectField(value: JsonValue | undefined, field: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, field) ? (value as { readonly [key: string]: JsonValue })[field] : undefined;
}
