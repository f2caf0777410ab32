import { z } from 'zod';
import { BadRequestError } from '../errors';
import { isLoopbackHost } from '../loopback';
import { cleanText } from './cleanText';
import { plainCopy, prototypeKeys } from './plainCopy';
import type { JsonValue } from './turnStore';

/**
 * An activity from outside, copied field by field from an allow-list: known types, bounded lengths, NFC text.
 * Everything else of the incoming JSON is gone. `from` is what the channel established, not what the body claims.
 */
export interface InboundActivity {
  readonly type: string;
  /** The sender's id for it, if any: second choice as idempotency key. */
  readonly id?: string;
  readonly name?: string;
  readonly text?: string;
  readonly value?: JsonValue;
  readonly locale?: string;
  readonly from: { readonly id: string; readonly name?: string };
  readonly recipient?: { readonly id: string; readonly name?: string };
  readonly conversation: { readonly id: string; readonly isGroup?: boolean };
  readonly membersAdded?: readonly { readonly id: string }[];
  /** Kept as sent (echoed to Direct Line clients); only `clientActivityID` and `postBack` are ever read. */
  readonly channelData?: JsonValue;
  readonly entities?: JsonValue;
  readonly attachmentNames?: readonly string[];
  readonly serviceUrl?: string;
  readonly deliveryMode?: string;
  readonly replyToId?: string;
}

/** An activity of the Bot Connector, where the body itself says who speaks, where and on which channel. */
export interface ConnectorActivity extends InboundActivity {
  readonly channelId: string;
  readonly serviceUrl: string;
  readonly recipient: { readonly id: string; readonly name?: string };
}

/**
 * Reads an activity of a channel that knows its user and conversation. What the body says about `from`,
 * `conversation`, `recipient`, `serviceUrl` and `deliveryMode` is ignored whatever its type; so are `locale`
 * that is no language tag, `channelData` that is no object, and every unknown field. `null` counts as absent.
 * Any `type` of up to 40 letters is read; the bot ignores those it does not know.
 * @param json parsed JSON, as it came
 * @param forced what the channel established
 * @throws BadRequestError naming the field that is missing, of the wrong type, too long or not allowed
 */
export function parseInboundActivity(
  json: unknown,
  forced: { conversationId: string; userId: string; userName?: string },
): InboundActivity {
  const parties = {
    conversation: { id: forced.conversationId },
    from: { id: forced.userId, name: forced.userName },
  };
  const { conversation, from } = read(forcedParties, parties);
  return { ...content(read(activityFields, json)), conversation, from };
}

/**
 * Reads an activity posted by the Bot Connector: as `parseInboundActivity`, and besides `conversation.id`,
 * `from.id`, `recipient.id`, `channelId` and `serviceUrl` are required. A `serviceUrl` is https, or http to
 * this machine. Ids of activities may hold a pipe here, because Azure's own look like `conversation|0000001`.
 * @throws BadRequestError naming the field
 */
export function parseConnectorActivity(json: unknown): ConnectorActivity {
  const fields = read(connectorFields, json);
  const { conversation, from, recipient, channelId, serviceUrl, deliveryMode } = fields;
  return {
    ...content(fields),
    conversation: present({ id: conversation.id, isGroup: isGroup(conversation) }),
    from,
    recipient,
    channelId,
    serviceUrl,
    ...(deliveryMode ? { deliveryMode } : {}),
  };
}

/** Whether replies may be posted there: https anywhere, http only to this machine; no user name in it. */
export function isServiceUrl(text: string): boolean {
  if (text.length > 2_048 || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname));
}

/** Neither empty, nor long, nor invisible, nor able to climb a path or to reach a prototype. */
function isSafeId(id: string): boolean {
  return id.length <= 256 && /^[^\p{C}/]+$/u.test(id) && !id.includes('..') && !prototypeKeys.has(id);
}

const safeId = z.string().refine((id) => isSafeId(id) && !id.includes('|'));
const activityId = safeId;
const connectorActivityId = z.string().refine(isSafeId);
const shortText = z.string().transform((text) => cleanText(text, 256));
const party = z
  .object({ id: safeId, name: shortText.nullish() })
  .transform(({ id, name }) => present({ id, name: name ?? undefined }));
const token = z.string().refine((text) => /^[A-Za-z]{1,40}$/.test(text) && !prototypeKeys.has(text));
const languageTag = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

const forcedParties = z.object({ conversation: z.object({ id: safeId }), from: party });

const activityFields = z.object({
  type: token,
  id: activityId.nullish(),
  name: shortText.nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: z.unknown().optional(),
  membersAdded: z
    .array(z.object({ id: safeId }))
    .max(100)
    .nullish(),
  channelData: z.unknown().optional(),
  entities: z.array(z.unknown()).nullish(),
  attachments: z
    .array(z.object({ name: shortText.nullish() }))
    .max(20)
    .nullish(),
  replyToId: activityId.nullish(),
});

const connectorFields = activityFields.extend({
  id: connectorActivityId.nullish(),
  replyToId: connectorActivityId.nullish(),
  conversation: z.object({
    id: safeId,
    isGroup: z.boolean().nullish(),
    conversationType: z.string().nullish().catch(undefined),
  }),
  from: party,
  recipient: party,
  channelId: z.string().refine((id) => /^[A-Za-z][\w.-]{0,63}$/.test(id) && isSafeId(id)),
  serviceUrl: z.string().refine(isServiceUrl),
  deliveryMode: token.nullish(),
});

/** Teams names the kind of a conversation, and `isGroup` not always: either says that others read along. */
function isGroup({ isGroup, conversationType }: z.output<typeof connectorFields>['conversation']) {
  if (conversationType === 'groupChat' || conversationType === 'channel') return true;
  return isGroup ?? undefined;
}

type Content = Omit<InboundActivity, 'conversation' | 'from'>;

function content(fields: z.output<typeof activityFields>): Content {
  const { type, id, name, text, locale, membersAdded, attachments, replyToId } = fields;
  return present({
    type,
    id: id ?? undefined,
    name: name ?? undefined,
    text: typeof text === 'string' ? cleanText(text) : undefined,
    value: copiedValue(fields.value),
    locale: typeof locale === 'string' && languageTag.test(locale) ? locale : undefined,
    membersAdded: membersAdded ?? undefined,
    channelData: copiedChannelData(fields.channelData),
    entities: fields.entities ? plainCopy(fields.entities) : undefined,
    attachmentNames: attachments?.map((attachment) => attachment.name ?? ''),
    replyToId: replyToId ?? undefined,
  });
}

function copiedValue(value: unknown): JsonValue | undefined {
  if (value === undefined) return undefined;
  const copy = plainCopy(value);
  if (copy === undefined) throw new BadRequestError('value is too large or nested too deep');
  return copy;
}

/** Some messengers put their whole raw event here: beyond the limits only what is ever read is kept. */
function copiedChannelData(channelData: unknown): JsonValue | undefined {
  if (typeof channelData !== 'object' || channelData === null || Array.isArray(channelData)) return undefined;
  return plainCopy(channelData) ?? plainCopy(present(readChannelData.parse(channelData)));
}

const readChannelData = z.object({
  clientActivityID: z.string().optional().catch(undefined),
  postBack: z.boolean().optional().catch(undefined),
});

/** The fields that have a value. */
function present<T extends object>(fields: T): T {
  for (const key of Object.keys(fields) as (keyof T)[]) if (fields[key] === undefined) delete fields[key];
  return fields;
}

function read<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const field = result.error.issues[0]?.path.join('.') ?? '';
  throw new BadRequestError(
    field === '' ? 'an activity is a JSON object' : `${field} is missing or not valid`,
  );
}
