import type { IncomingMessage } from 'node:http';

export type BodyRead =
  | { readonly status: 'read'; readonly bytes: Buffer }
  | { readonly status: 'tooLarge' }
  /** The client went away, or its bytes were no HTTP; that has been answered where it was noticed. */
  | { readonly status: 'aborted' };

/** A client that sends a little too much is heard out, so that it can read the refusal. */
const toleranceBytes = 8_388_608;

/** Reads a request's body as bytes, never more than `limitBytes` of it into memory. */
export function readBody(req: IncomingMessage, limitBytes: number): Promise<BodyRead> {
  const declared = Number(req.headers['content-length'] ?? 0);
  if (declared > limitBytes + toleranceBytes) return Promise.resolve({ status: 'tooLarge' });
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
      else chunks = [];
      if (length > limitBytes + toleranceBytes) resolve({ status: 'tooLarge' });
    });
    req.on('end', () => {
      resolve(
        length > limitBytes ? { status: 'tooLarge' } : { status: 'read', bytes: Buffer.concat(chunks) },
      );
    });
    req.on('error', () => resolve({ status: 'aborted' }));
    req.on('close', () => resolve({ status: 'aborted' }));
  });
}
