import type { IncomingMessage } from 'node:http';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { BadRequestError } from '../../services/errors';
import { cleanText } from '../../services/turn/cleanText';

export const maxUploadBytes = 10 * 1024 * 1024;
const maxActivityBytes = 64 * 1024;
const maxFiles = 10;
const maxNameLength = 120;

export type AttachmentUpload =
  | { readonly status: 'read'; readonly activity: unknown; readonly fileNames: readonly string[] }
  | { readonly status: 'tooLarge' };

/**
 * Reads a multipart upload as a stream: the part `activity` (JSON, undefined when there is none) and the names
 * of the parts `file`. Their bytes are counted and thrown away: no file is stored or opened.
 * @throws BadRequestError when it is not a whole multipart body with at least one of the two
 */
export function readAttachmentUpload(req: IncomingMessage): Promise<AttachmentUpload> {
  return new Promise((resolve, reject) => {
    const parser = multipartParser(req);
    let bytes = 0;
    let activityJson: string | undefined;
    const fileNames: string[] = [];

    const settle = (end: () => void) => {
      req.unpipe(parser);
      req.off('data', count);
      req.off('close', onClose);
      // What is left of the body runs out, for as long as the answer lets it.
      req.resume();
      end();
    };
    const fail = (message: string) => settle(() => reject(new BadRequestError(message)));
    const tooLarge = () => settle(() => resolve({ status: 'tooLarge' }));
    const count = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxUploadBytes) tooLarge();
    };
    const onClose = () => fail('the upload broke off');

    const onFile = (field: string, stream: BusboyFileStream, name: string) => {
      stream.on('limit', tooLarge);
      // Emitted on the part when the body ends inside it; unheard, it would end the process.
      stream.on('error', () => fail('the body ends inside a part'));
      if (field !== 'activity') {
        if (field === 'file' && fileNames.length < maxFiles) fileNames.push(plainName(name));
        stream.resume();
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      stream.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > maxActivityBytes) tooLarge();
        else chunks.push(chunk);
      });
      stream.on('end', () => {
        activityJson = Buffer.concat(chunks).toString('utf8');
      });
    };

    parser.on('file', onFile);
    parser.on('field', (field, value) => {
      if (field === 'activity') activityJson = value;
    });
    parser.on('error', () => fail('the body is not a multipart form'));
    parser.on('finish', () => {
      if (activityJson === undefined && fileNames.length === 0)
        return fail('the upload holds no activity and no file');
      try {
        const activity: unknown = activityJson === undefined ? undefined : JSON.parse(activityJson);
        settle(() => resolve({ status: 'read', activity, fileNames }));
      } catch {
        fail('the part activity is not JSON');
      }
    });
    if (Number(req.headers['content-length'] ?? 0) > maxUploadBytes) return tooLarge();
    req.on('data', count);
    req.on('close', onClose);
    req.pipe(parser);
  });
}

function multipartParser(req: IncomingMessage): BusboyInstance {
  const contentType = req.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType))
    throw new BadRequestError('the body is not a multipart form');
  try {
    return new Busboy({
      headers: { ...req.headers, 'content-type': contentType },
      limits: {
        parts: maxFiles + 2,
        fields: 2,
        files: maxFiles + 1,
        fieldSize: maxActivityBytes,
        fileSize: maxUploadBytes,
        headerPairs: 20,
        headerSize: 8_192,
      },
    });
  } catch (cause) {
    throw new BadRequestError('the body is not a multipart form', { cause });
  }
}

/** A file's name as one line of text without folders. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return cleanText(last, maxNameLength).replace(/\s+/g, ' ').trim() || 'file';
}
