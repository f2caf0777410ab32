import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasBody } from '../../channels/lingering';
import { BadRequestError } from '../../services/errors';
import { errorAnswer, sendError, sendJson } from './answers';
import { readBody } from './bodyReader';
import { refusedTarget } from './requestTarget';
import { parseStrictJson } from './strictJson';

export interface GuardOptions {
  /** Bytes of a JSON body. */
  readonly bodyLimitBytes: number;
  /** Routes that read multipart bodies themselves, with the most bytes that they may be told to expect. */
  readonly uploads: readonly { readonly path: RegExp; readonly maxBytes: number }[];
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const bodiless = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Stands in front of every route: address, method, encoding, size, media type, JSON. The router's own body
 * parser is not used, because one body that claims to be gzip and is not ends its process
 * (node-restify issues 1785, 1975).
 * @returns whether the request may go on, with its parsed JSON as `req.body`; otherwise it has been answered
 */
export async function passesGuard(
  req: IncomingMessage & { body?: unknown; rawBody?: Buffer },
  res: ServerResponse,
  options: GuardOptions,
): Promise<boolean> {
  const refused = refusedTarget(req) ?? refusedHead(req, options);
  if (refused !== undefined) {
    // A request of unclear length may hide a second one.
    sendError(res, refused, refused === 400 ? { Connection: 'close' } : {});
    return false;
  }
  if (!hasBody(req) || isUpload(req, options) !== undefined) return true;
  const body = await readBody(req, options.bodyLimitBytes);
  if (body.status === 'aborted') return false;
  if (body.status === 'tooLarge') {
    sendError(res, 413, { Connection: 'close' });
    return false;
  }
  if (body.bytes.length === 0) return true;
  try {
    // Invalid UTF-8 becomes U+FFFD; a byte order mark stays and is refused as JSON.
    req.body = parseStrictJson(body.bytes.toString('utf8'));
    // Signatures are of the bytes as they came.
    req.rawBody = body.bytes;
    return true;
  } catch (error) {
    if (!(error instanceof BadRequestError)) throw error;
    const { code, message } = errorAnswer(400, error.message);
    sendJson(res, 400, { error: { code, message } });
    return false;
  }
}

function refusedHead(req: IncomingMessage, options: GuardOptions): number | undefined {
  const { method = '', headers } = req;
  if (!methods.has(method)) return 405;
  if ((headers['content-encoding'] ?? 'identity').trim().toLowerCase() !== 'identity') return 415;
  if (!hasBody(req)) return undefined;
  if ((headers['transfer-encoding'] ?? 'chunked').trim().toLowerCase() !== 'chunked') return 400;
  if (bodiless.has(method)) return 400;
  const upload = isUpload(req, options);
  if (upload !== undefined) return Number(headers['content-length'] ?? 0) > upload.maxBytes ? 413 : undefined;
  return isJson(headers['content-type'] ?? '') ? undefined : 415;
}

function isJson(contentType: string): boolean {
  return /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType.trim());
}

function isUpload(
  req: IncomingMessage,
  { uploads }: GuardOptions,
): GuardOptions['uploads'][number] | undefined {
  if (req.method !== 'POST' || !/^multipart\/form-data\s*;/i.test(req.headers['content-type'] ?? ''))
    return undefined;
  const path = (req.url ?? '').split('?', 1)[0] ?? '';
  return uploads.find((upload) => upload.path.test(path));
}
