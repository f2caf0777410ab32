import type { IncomingMessage } from 'node:http';

export type BodyRead =
  | { readonly status: 'read'; readonly bytes: Buffer }
  | { readonly status: 'tooLarge' }
  /** The client went away, or its bytes were no HTTP; that has been answered where it was noticed. */
  | { readonly status: 'aborted' };

/** Reads a request's body as bytes, no more than `limitBytes` of it. */
export function readBody(req: IncomingMessage, limitBytes: number): Promise<BodyRead> {
  const declared = Number(req.headers['content-length'] ?? 0);
  if (declared > limitBytes) return Promise.resolve({ status: 'tooLarge' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) {
        chunks.push(chunk);
        return;
      }
      req.off('data', take);
      chunks.length = 0;
      resolve({ status: 'tooLarge' });
    };
    req.on('data', take);
    req.on('end', () => resolve({ status: 'read', bytes: Buffer.concat(chunks) }));
    req.on('error', () => resolve({ status: 'aborted' }));
    req.on('close', () => resolve({ status: 'aborted' }));
  });
}
