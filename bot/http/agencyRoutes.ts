import type { ServerResponse } from 'node:http';
import type * as restify from 'restify';
import { z } from 'zod';
import type { AgencyLink } from '../../services/identity/agencyTokens';
import type { AgencyVerification } from '../../services/identity/agencyVerification';
import { type DemoAgency, demoOutcomes } from '../../services/identity/demoAgency';
import { isLoopbackHost } from '../../services/loopback';
import { conversationKey, type TurnIntake } from '../../services/turn/turnIntake';
import type { JsonValue, TurnStore } from '../../services/turn/turnStore';
import { agencyHeaders, demoPage, gonePage, type PageAssets, returnPage, startPage } from './agencyPages';
import { sendError, sendJson } from './answers';
import { hostName } from './requestTarget';
import type { StaticFiles } from './staticFiles';

export interface AgencyRoutesOptions {
  readonly verification: AgencyVerification;
  readonly demo?: DemoAgency;
  readonly intake: Pick<TurnIntake, 'submit'>;
  readonly store: Pick<TurnStore, 'readRecord' | 'getConversation'>;
  readonly files: Pick<StaticFiles, 'names'>;
}

const beginBody = z.object({ token: z.string() });
const demoBody = z.object({ token: z.string(), outcome: z.enum(demoOutcomes) });
const reference = z.object({
  serviceUrl: z.string().catch(''),
  bot: z.object({ id: z.string(), name: z.string() }).optional().catch(undefined),
  conversation: z.object({ isGroup: z.boolean() }).catch({ isGroup: false }),
  locale: z.string().optional().catch(undefined),
});

/**
 * The pages between the chat and an identity agency.
 *
 * `GET /identity/start?t=` asks; `POST /identity/begin {token}` → `{kind, returnUrl, …}` opens the agency's window,
 * once for each link; `GET /identity/return?t=` is where the agency sends the customer: it tells the conversation,
 * which then asks the agency itself. With the demo agency also `GET` and `POST /identity/demo`.
 */
export function registerAgency(
  server: Pick<restify.Server, 'get' | 'post'>,
  options: AgencyRoutesOptions,
): void {
  const { verification, demo, store, files } = options;
  const assets = assetsOf(files.names);
  const headers = agencyHeaders(demo === undefined);
  const open = (kind: AgencyLink['kind'], token: string) =>
    verification.open(kind, token, (key) => store.readRecord(key));
  const show = (res: ServerResponse, html: string, status = 200) => {
    res.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(html) });
    res.end(html);
  };

  server.get('/identity/start', async (req: restify.Request, res: restify.Response) => {
    const token = tokenIn(req);
    const found = await open('start', token);
    if (found?.challenge === undefined) return show(res, gonePage(assets, found?.link.language), 410);
    show(res, startPage(found.link.language, token, assets));
  });

  server.post('/identity/begin', async (req: restify.Request, res: restify.Response) => {
    const body = beginBody.safeParse(req.body);
    if (!body.success) return sendError(res, 400);
    const found = await open('start', body.data.token);
    if (found?.challenge === undefined) return gone(res);
    // The inbox takes each activity once, on every node and after a restart: that makes the link work once.
    const { link, challenge } = found;
    if (await tell(options, link, 'identity/begun')) return gone(res);
    const { start, returnToken, returnUrl } = await verification.begin(link, challenge);
    const demoUrl = `/identity/demo?t=${returnToken}`;
    sendJson(res, 200, { ...start, returnUrl, ...(start.kind === 'demo' ? { demoUrl } : {}) });
  });

  server.get('/identity/return', async (req: restify.Request, res: restify.Response) => {
    const found = await open('return', tokenIn(req));
    if (found === undefined) return show(res, gonePage(assets), 410);
    if (found.challenge !== undefined) await tell(options, found.link, 'identity/returned');
    show(res, returnPage(found.link.language, assets));
  });

  if (demo === undefined) return;

  server.get('/identity/demo', async (req: restify.Request, res: restify.Response) => {
    if (!isLoopbackHost(hostName(req.headers.host))) return sendError(res, 403);
    const token = tokenIn(req);
    const found = await open('return', token);
    if (found?.challenge === undefined) return show(res, gonePage(assets, found?.link.language), 410);
    show(res, demoPage(found.link.language, token, assets));
  });

  server.post('/identity/demo', async (req: restify.Request, res: restify.Response) => {
    if (!isLoopbackHost(hostName(req.headers.host))) return sendError(res, 403);
    const body = demoBody.safeParse(req.body);
    if (!body.success) return sendError(res, 400);
    const { token, outcome } = body.data;
    const found = await open('return', token);
    if (found?.challenge === undefined) return gone(res);
    demo.play(found.challenge.verificationId, found.challenge.lineId, outcome);
    sendJson(res, 200, { returnUrl: `/identity/return?t=${token}` });
  });
}

/**
 * Puts an event into the conversation's inbox, in the customer's name, and does not wait for its turn.
 * @returns whether the same event of this verification was there before
 */
async function tell(
  { intake, store }: AgencyRoutesOptions,
  link: AgencyLink,
  name: 'identity/begun' | 'identity/returned',
): Promise<boolean> {
  const { channelId, conversationId, userId, nonce } = link;
  const head = await store.getConversation(conversationKey(channelId, conversationId));
  // The conversation's address is taken anew from every activity, so this one must repeat it.
  const { serviceUrl, bot, conversation, locale } = reference.parse(Object(head?.reference ?? {}));
  const value: JsonValue = { action: name === 'identity/begun' ? 'agency.begun' : 'agency.returned' };
  const { duplicate } = await intake.submit({
    channelId,
    conversationId,
    userId: head?.userId ?? userId,
    activity: {
      type: 'event',
      name,
      id: `${name.replace('/', '-')}-${nonce}`,
      value,
      from: { id: userId },
      conversation: { id: conversationId, isGroup: conversation.isGroup },
      ...(bot === undefined ? {} : { recipient: bot }),
      ...(locale === undefined ? {} : { locale }),
      ...(serviceUrl === '' ? {} : { serviceUrl }),
    },
    echo: false,
    delivery: serviceUrl === '' ? 'log' : 'connector',
  });
  return duplicate;
}

function tokenIn(req: restify.Request): string {
  return new URLSearchParams((req.url ?? '').split('?')[1] ?? '').get('t') ?? '';
}

function gone(res: ServerResponse): void {
  sendJson(res, 410, { error: { code: 'Gone', message: 'This link no longer works.' } });
}

/** Their names change with their content. */
function assetsOf(names: readonly string[]): PageAssets {
  const find = (pattern: RegExp) => `/${names.find((name) => pattern.test(name)) ?? ''}`;
  return {
    script: find(/^assets\/identity-[A-Z0-9]{8}\.js$/),
    style: find(/^assets\/identity-[A-Z0-9]{8}\.css$/),
  };
}
