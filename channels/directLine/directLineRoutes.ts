import type { Request, RequestHandler, Response, Server } from 'restify';
import { ActivityRoutes } from './activityRoutes';
import { type Answer, answerFor, refusal, writeAnswer } from './answer';
import { BrowserToken } from './browserToken';
import { ConversationRoutes } from './conversationRoutes';
import { directLineCors } from './cors';
import type { DirectLineDeps } from './directLineDeps';
import { DirectLineGate } from './directLineGate';
import { DirectLineTokens } from './directLineTokens';
import { OriginPolicy } from './originPolicy';

type Route = (req: Request, conversationId: string, query: URLSearchParams) => Promise<Answer>;

const base = '/v3/directline';

/**
 * Serves Direct Line 3.0 under /v3/directline and browser tokens at /api/token (REST; sockets are the
 * `StreamServer`'s). Whatever refuses requests before restify sees them calls `directLineCors` first. Expects `req.body` to hold the parsed JSON.
 * Source: directline-3.0.json of the Bot Framework SDK; what clients do with each answer is read from
 * botframework-directlinejs 0.15.
 */
export function registerDirectLine(server: Server, deps: DirectLineDeps): void {
  const origins = new OriginPolicy(deps.publicUrl, deps.allowedOrigins);
  const tokens = new DirectLineTokens(deps.signingKey, deps.clock);
  const gate = new DirectLineGate(deps.secret, tokens, origins, deps.store);
  const conversations = new ConversationRoutes(deps, tokens, origins, gate);
  const activities = new ActivityRoutes(deps, gate);
  const browserToken = new BrowserToken(deps, conversations, origins);

  const handler = (route: Route): RequestHandler => asHandler(route, deps.reportError);
  const notFound = handler(async () => refusal(404, 'NotFound', 'there is nothing here'));

  const cors = directLineCors(deps);
  server.pre((req, res, next) => {
    cors(req, res);
    next();
  });
  for (const path of ['/api/token', `${base}/*`]) {
    server.opts(path, (_req, res, next) => {
      res.statusCode = 204;
      res.end();
      next();
    });
  }
  server.post(
    '/api/token',
    handler((req) => browserToken.issue(req)),
  );
  server.post(
    `${base}/tokens/generate`,
    handler((req) => conversations.generate(req)),
  );
  server.post(
    `${base}/tokens/refresh`,
    handler((req) => conversations.refresh(req)),
  );
  server.get(
    `${base}/session/getsessionid`,
    handler((req) => conversations.sessionId(req)),
  );
  server.post(
    `${base}/conversations`,
    handler((req) => conversations.start(req)),
  );

  const conversation = `${base}/conversations/:conversationId`;
  server.get(
    conversation,
    handler((req, id, query) => conversations.reconnect(req, id, query)),
  );
  server.get(
    `${conversation}/activities`,
    handler((req, id, query) => activities.poll(req, id, query)),
  );
  server.post(
    `${conversation}/activities`,
    handler((req, id) => activities.post(req, id)),
  );
  server.post(
    `${conversation}/upload`,
    handler((req, id) => activities.upload(req, id)),
  );
  server.get(`${base}/*`, notFound);
  server.post(`${base}/*`, notFound);
}

/** A restify handler of two parameters: it may be async only without `next`, and must not throw. */
function asHandler(route: Route, reportError: DirectLineDeps['reportError']): RequestHandler {
  return async (req: Request, res: Response) => {
    const params: Record<string, unknown> = req.params ?? {};
    const id = typeof params.conversationId === 'string' ? params.conversationId : '';
    try {
      const query = new URLSearchParams((req.url ?? '').split('?')[1] ?? '');
      writeAnswer(res, await route(req, id, query));
    } catch (error) {
      const answer = answerFor(error);
      if (answer.status >= 500) reportError?.(error, id);
      writeAnswer(res, answer);
    }
  };
}
