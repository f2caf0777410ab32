import type { ServerResponse } from 'node:http';
import type { DeskErrorCode } from '../../services/desk/deskApi';
import { sendJson } from '../http/answers';

const statuses: Readonly<Record<DeskErrorCode, number>> = {
  badRequest: 400,
  wrongLogin: 401,
  wrongCode: 401,
  signedOut: 401,
  locked: 429,
  csrf: 403,
  forbidden: 403,
  notFound: 404,
  taken: 409,
  gone: 409,
  unavailable: 503,
};

const headers = { 'Cross-Origin-Resource-Policy': 'same-origin' } as const;

/** Answers a desk call with JSON. */
export function deskAnswer(
  res: ServerResponse,
  body: unknown,
  more: Readonly<Record<string, string>> = {},
): void {
  sendJson(res, 200, body, { ...headers, ...more });
}

/** Refuses a desk call: a code for the page to put into words, and nothing about what is behind it. */
export function deskRefusal(res: ServerResponse, code: DeskErrorCode, waitMs?: number): void {
  const retryAfterSeconds = waitMs === undefined ? undefined : Math.max(1, Math.ceil(waitMs / 1_000));
  const all: Record<string, string> = { ...headers };
  if (retryAfterSeconds !== undefined) all['Retry-After'] = String(retryAfterSeconds);
  sendJson(res, statuses[code], { error: { code, retryAfterSeconds } }, all);
}
