import type { ServerResponse } from 'node:http';
import { endAnswer } from '../../channels/lingering';
import { AppError, BadRequestError, QueueFullError, StoreUnavailableError } from '../../services/errors';

/** What an error answer says. Fixed words: nothing of the server's inside, nothing of the request. */
export interface ErrorAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const sentences: Readonly<Record<number, Omit<ErrorAnswer, 'status'>>> = {
  400: { code: 'BadArgument', message: 'The request is not valid.' },
  401: { code: 'Unauthorized', message: 'Authentication is missing or not valid.' },
  403: { code: 'Forbidden', message: 'This is not allowed.' },
  404: { code: 'NotFound', message: 'There is nothing at this address.' },
  405: { code: 'MethodNotAllowed', message: 'This method is not possible here.' },
  408: { code: 'RequestTimeout', message: 'The request took too long to arrive.' },
  413: { code: 'TooLarge', message: 'The request is too large.' },
  414: { code: 'AddressTooLong', message: 'The address is too long.' },
  415: { code: 'UnsupportedMediaType', message: 'Send JSON as application/json, not compressed.' },
  429: { code: 'TooManyRequests', message: 'There were too many requests. Try again later.' },
  431: { code: 'HeadersTooLarge', message: 'The headers are too large.' },
  500: { code: 'InternalError', message: 'Something went wrong here. It has been logged.' },
  501: { code: 'NotImplemented', message: 'This is not supported.' },
  503: { code: 'Unavailable', message: 'The service is not available right now. Try again later.' },
};

/** The fixed answer of a status code; `message` only where it is safe to send. */
export function errorAnswer(status: number, message?: string): ErrorAnswer {
  const known = sentences[status];
  if (known === undefined) return errorAnswer(status >= 400 && status < 500 ? 400 : 500);
  return { status, code: known.code, message: message ?? known.message };
}

/** Which answer an error gets that a route threw. */
export function answerFor(error: unknown): ErrorAnswer {
  if (error instanceof BadRequestError) return errorAnswer(400, error.message);
  if (error instanceof StoreUnavailableError || error instanceof QueueFullError) {
    return { ...errorAnswer(503), code: error.code };
  }
  if (error instanceof AppError) return { ...errorAnswer(500), code: error.code };
  // The router's own errors (unknown address, wrong method) carry a status.
  const status: unknown = Object(error).statusCode;
  return errorAnswer(typeof status === 'number' ? status : 500);
}

export function errorBody({ code, message }: ErrorAnswer): string {
  return JSON.stringify({ error: { code, message } });
}

/** Headers of every JSON answer. */
export const jsonHeaders = {
  'Content-Type': 'application/json; charset=utf-8',
  'Cache-Control': 'no-store',
} as const;

/** When a service that is busy or restarting may be asked again, in seconds. Direct Line's routes answer by themselves. */
export function retryHeaders(status: number): Readonly<Record<string, string>> {
  return status === 503 ? { 'Retry-After': '5' } : {};
}

/** Answers with JSON and ends the response. Does nothing when an answer is on its way already. */
export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (res.headersSent) return;
  res.statusCode = status;
  for (const [name, value] of Object.entries({ ...jsonHeaders, ...headers })) res.setHeader(name, value);
  endAnswer(res, JSON.stringify(body));
}

/** Answers with the fixed body of a status code: `{"error":{"code","message"}}`. */
export function sendError(
  res: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  const { code, message } = errorAnswer(status);
  sendJson(res, status, { error: { code, message } }, { ...retryHeaders(status), ...headers });
}
