import type { Activity } from 'botbuilder';
import type * as restify from 'restify';
import { BoundedMap } from '../../channels/directLine/boundedMap';
import type { Clock } from '../../services/clock';
import { isLoopbackHost } from '../../services/loopback';
import {
  type ConnectorActivity,
  isServiceUrl,
  parseConnectorActivity,
} from '../../services/turn/inboundActivity';
import { conversationKey, type SubmittedTurn, type TurnIntake } from '../../services/turn/turnIntake';
import type { JsonActivity, TurnStore } from '../../services/turn/turnStore';
import { sendError, sendJson } from '../http/answers';
import { hostName } from '../http/requestTarget';
import { kakaoChannel } from '../kakao/handOver';
import type { Log } from '../log';
import type { MicrosoftApp } from '../settings/microsoftSettings';
import { type BearerClaims, channelIssuer, precheckBearer } from './bearerPrecheck';
import { withoutBlankFields } from './blankFields';
import type { ConnectorAdapter } from './connectorAdapter';
import { withoutOwnMention } from './ownMention';

export interface MessagesRouteOptions {
  readonly adapter: ConnectorAdapter;
  readonly app: MicrosoftApp;
  readonly intake: TurnIntake;
  readonly store: Pick<TurnStore, 'getConversation'>;
  readonly clock: Clock;
  readonly log: Log;
  /** How long `expectReplies` waits for the turn. Default 13 s: channels give up after 15. */
  readonly replyTimeoutMs?: number;
}

/** What the bot takes part in. Other types (typing, reactions, unknown ones) are acknowledged and forgotten. */
const takenTypes = new Set(['message', 'event', 'conversationUpdate']);

/**
 * `POST /api/messages`: activities from the Bot Connector. Acknowledged with 200 once the turn is durable;
 * replies leave through the outbox (`createConnectorSink`), or in the answer with `deliveryMode: expectReplies`.
 * 401 for a token that is not for us, 403 for a reply address that is not allowed, 503 when the keys to check
 * a token cannot be had.
 */
export function registerMessages(server: Pick<restify.Server, 'post'>, options: MessagesRouteOptions): void {
  const { adapter, app, intake, clock, log, replyTimeoutMs = 13_000 } = options;
  const isOurs = ownConversations(options.store);

  server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
    const { authorization } = req.headers;
    // Without authentication a web page under a name that was pointed at this machine could speak for anybody.
    if (app.id === '' && !isLoopbackHost(hostName(req.headers.host))) return sendError(res, 403);
    const bearer = app.id === '' ? undefined : precheckBearer(authorization, app, clock.now());
    if (bearer?.status === 'refused') {
      log.info({ reason: bearer.reason }, 'connector call refused before asking for keys');
      return unauthorized(res);
    }
    const body: unknown = req.body;
    if (!mayReplyTo(body, app)) return sendError(res, 403);
    const activity = parseConnectorActivity(body);
    if (bearer !== undefined && !claimsFit(bearer.claims, activity)) {
      log.info({ reason: 'serviceUrl' }, 'connector call refused before asking for keys');
      return unauthorized(res);
    }
    const caller = await adapter.authenticate(authorization ?? '', sdkEnvelope(activity));
    if (caller.status === 'refused') return unauthorized(res);
    if (caller.status === 'unavailable') {
      log.warn({}, 'connector keys cannot be had, call refused');
      return sendError(res, 503);
    }
    if (activity.type === 'invoke') return sendError(res, 501);
    const expectReplies = activity.deliveryMode === 'expectReplies';
    if (!takenTypes.has(activity.type)) return sendJson(res, 200, expectReplies ? { activities: [] } : {});

    const { channelId, ...inbound } = activity;
    // KakaoTalk has a door of its own, with another key.
    const isOwnDoor = channelId === kakaoChannel;
    if (isOwnDoor || (await isOurs(conversationKey(channelId, activity.conversation.id))))
      return sendError(res, 403);
    const submitted = await intake.submit({
      channelId,
      conversationId: activity.conversation.id,
      userId: activity.from.id,
      activity: withoutOwnMention(inbound),
      echo: activity.type === 'message',
      delivery: expectReplies ? 'log' : 'connector',
    });
    if (!expectReplies) return sendJson(res, 200, { id: submitted.activityId });
    const said = await withinTime(submitted, replyTimeoutMs);
    // The turn goes on, and the same message sent again gets its replies.
    if (said === undefined) return sendError(res, 503, { 'Retry-After': '5' });
    const replies = said.map(withoutAddress);
    const response = await adapter.respond(caller.authentication, sdkEnvelope(activity), async (context) => {
      withoutBlankFields(context);
      if (replies.length > 0) await context.sendActivities(replies);
    });
    sendJson(res, 200, response?.body ?? { activities: [] });
  });
}

/**
 * Whether a conversation lives on our own Direct Line server. Its customers prove themselves by a token there;
 * a Connector that names the same channel and conversation is somebody else. One that is a channel's stays so, and is
 * not looked up again.
 */
function ownConversations(store: Pick<TurnStore, 'getConversation'>): (key: string) => Promise<boolean> {
  const ofChannels = new BoundedMap<string, true>(10_000);
  return async (key) => {
    if (ofChannels.get(key) !== undefined) return false;
    const head = await store.getConversation(key);
    if (head === undefined) return false;
    if (Object(head.reference).serviceUrl === '') return true;
    ofChannels.set(key, true);
    return false;
  };
}

async function withinTime(
  turn: SubmittedTurn,
  limitMs: number,
): Promise<readonly JsonActivity[] | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), limitMs);
  });
  try {
    return await Promise.race([turn.replies(), limit]);
  } finally {
    clearTimeout(timer);
  }
}

function unauthorized(res: restify.Response): void {
  sendError(res, 401, { 'WWW-Authenticate': 'Bearer' });
}

/** Without authentication the sender names the address we post to: then only this machine is allowed. */
function mayReplyTo(body: unknown, app: MicrosoftApp): boolean {
  if (typeof body !== 'object' || body === null || !('serviceUrl' in body)) return true;
  const { serviceUrl } = body;
  // Not a string: the parser refuses it by name.
  if (typeof serviceUrl !== 'string') return true;
  return isServiceUrl(serviceUrl) && (app.id !== '' || isLoopbackHost(new URL(serviceUrl).hostname));
}

/** Bot Framework signs the reply address into its tokens; another one in the body is somebody else's. */
function claimsFit({ iss, serviceUrl }: BearerClaims, activity: ConnectorActivity): boolean {
  return iss !== channelIssuer || serviceUrl === activity.serviceUrl;
}

/** The parts of an activity that the SDK's authentication and addressing look at. */
function sdkEnvelope(activity: ConnectorActivity): Activity {
  const { type, id, channelId, serviceUrl, conversation, from, recipient, deliveryMode, locale } = activity;
  const envelope: Partial<Activity> = {
    type,
    id,
    channelId,
    serviceUrl,
    conversation: {
      id: conversation.id,
      isGroup: conversation.isGroup ?? false,
      conversationType: '',
      name: '',
    },
    from: { id: from.id, name: from.name ?? '' },
    recipient: { id: recipient.id, name: recipient.name ?? '' },
    deliveryMode,
    locale,
  };
  return Object.assign({ label: '', valueType: '', listenFor: [] }, envelope) as Activity;
}

/** A fresh copy that the SDK addresses itself: to the activity the channel sent, under the channel's ids. */
function withoutAddress(reply: object): Partial<Activity> {
  const copy: Partial<Activity> = structuredClone(reply);
  delete copy.replyToId;
  return copy;
}
