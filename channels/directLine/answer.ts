import type { ServerResponse } from 'node:http';
import { BadRequestError, QueueFullError, StoreUnavailableError } from '../../services/errors';
import { endAnswer } from '../lingering';

/** What a route answers; written out in one place, so that no route can forget a header. */
export interface Answer {
  readonly status: number;
  /** Sent as JSON; a Buffer is JSON already. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Direct Line's error shape. `message` goes to the client: no personal data, nothing internal. */
export function refusal(status: number, code: string, message: string, headers?: Answer['headers']): Answer {
  return { status, body: { error: { code, message } }, ...(headers === undefined ? {} : { headers }) };
}

export function noConversation(): Answer {
  return refusal(404, 'ConversationNotFound', 'there is no such conversation');
}

/** 400 for bad input, 503 where trying again helps (never 429: the client breaks on it), 500 for a bug. */
export function answerFor(error: unknown): Answer {
  if (error instanceof BadRequestError) return refusal(400, error.code, error.message);
  if (error instanceof StoreUnavailableError || error instanceof QueueFullError) {
    return refusal(503, error.code, 'the service is busy, please try again');
  }
  return refusal(500, 'InternalError', 'something went wrong');
}

/** A client that takes no byte for so long is cut off: what waits for it lies in our memory. */
const stalledMs = 30_000;

/** @param patienceMs how long the client may take nothing of the answer */
export function writeAnswer(res: ServerResponse, answer: Answer, patienceMs = stalledMs): void {
  if (res.headersSent || res.destroyed) return;
  // Without a listener the connection ends then; an answer that has left takes the limit with it.
  res.setTimeout(patienceMs);
  res.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value);
  res.setHeader('Content-Type', 'application/json; charset=utf-8');
  // Answers carry tokens and conversations.
  res.setHeader('Cache-Control', 'no-store');
  endAnswer(res, Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body));
}
