import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { ConfigurationError } from '../../services/errors';
import { sendError } from './answers';

interface StaticFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  readonly etag: string;
  /** The name changes with the content (`app-3KX2Q7ZD.js`), so a browser may keep it for good. */
  readonly hashed: boolean;
  gzipped?: Promise<Buffer>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Files of a built page: read once at start, served by name from memory. A name not read then is a 404. */
export class StaticFiles {
  private constructor(private readonly files: ReadonlyMap<string, StaticFile>) {}

  /** @throws ConfigurationError naming the folder when it cannot be read */
  static async load(folder: string): Promise<StaticFiles> {
    try {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const paths = entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name));
      const files = await Promise.all(paths.map((path) => readStaticFile(folder, path)));
      return new StaticFiles(new Map(files.filter((file) => file !== undefined)));
    } catch (cause) {
      throw new ConfigurationError(`The web pages in ${folder} cannot be read; build them first.`, { cause });
    }
  }

  /** Names with `/` between folders, sorted. */
  get names(): readonly string[] {
    return [...this.files.keys()].sort();
  }

  /** The text of a file, for pages that are filled in before they are served. */
  text(name: string): string | undefined {
    return this.files.get(name)?.bytes.toString('utf8');
  }

  /**
   * Answers a GET or HEAD with the file of that name, 304 when the browser has it, 404 when there is none.
   * @param headers added to the answer, such as Content-Security-Policy
   */
  async send(
    req: IncomingMessage,
    res: ServerResponse,
    name: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const file = this.files.get(name);
    if (file === undefined) return sendError(res, 404);
    const zipped = acceptsGzip(req) && isText(file.contentType) && file.bytes.length > 1_024;
    const etag = zipped ? `"${file.etag}-gzip"` : `"${file.etag}"`;
    const caching = {
      ETag: etag,
      'Cache-Control': file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      Vary: 'Accept-Encoding',
    };
    if (matches(req.headers['if-none-match'], etag)) {
      res.writeHead(304, { ...caching, ...headers });
      res.end();
      return;
    }
    const bytes = zipped ? await gzippedOnce(file) : file.bytes;
    res.writeHead(200, {
      ...caching,
      'Content-Type': file.contentType,
      'Content-Length': bytes.length,
      ...(zipped ? { 'Content-Encoding': 'gzip' } : {}),
      ...headers,
    });
    res.end(req.method === 'HEAD' ? undefined : bytes);
  }
}

async function readStaticFile(folder: string, path: string): Promise<[string, StaticFile] | undefined> {
  const name = relative(folder, path).split(sep).join('/');
  const contentType = contentTypes[extname(name)];
  if (contentType === undefined || !/^[\w.@/-]+$/.test(name)) return undefined;
  const bytes = await readFile(path);
  const etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  return [name, { bytes, contentType, etag, hashed: /-[A-Z0-9]{8}\.\w+(?:\.map)?$/.test(name) }];
}

const zip = promisify(gzip);

function gzippedOnce(file: StaticFile): Promise<Buffer> {
  file.gzipped ??= zip(file.bytes);
  return file.gzipped;
}

function isText(contentType: string): boolean {
  return /^(?:text\/|application\/json|image\/svg)/.test(contentType);
}

function acceptsGzip(req: IncomingMessage): boolean {
  const accepted = String(req.headers['accept-encoding'] ?? '');
  return /(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))|,|$)/i.test(accepted);
}

function matches(header: string | undefined, etag: string): boolean {
  return (header ?? '').split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === etag);
}
