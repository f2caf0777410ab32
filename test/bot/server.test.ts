import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StaticFiles } from '../../bot/http/staticFiles';
import { createServer, type ServerOptions } from '../../bot/server';
import { systemClock } from '../../services/clock';
import { ConfigurationError, StoreUnavailableError } from '../../services/errors';
import { silentLog } from './connector/connectorFixture';
import { errorShape, rawRequest } from './http/rawHttp';

function aServer(changes: Partial<ServerOptions> = {}) {
  return createServer({
    config: { host: '127.0.0.1', port: 0 },
    store: { ping: async () => {} },
    clock: systemClock,
    log: silentLog,
    ...changes,
  });
}

describe('server', () => {
  const http = aServer();
  const logged: string[] = [];
  const failing = aServer({
    store: { ping: () => Promise.reject(new StoreUnavailableError('disk of 010-0000-1001 is full')) },
    log: { ...silentLog, error: (_facts, message) => void logged.push(message) },
  });
  let url = '';
  let failingUrl = '';

  beforeAll(async () => {
    http.onRequest((req, res) => {
      if (req.url?.startsWith('/v3/')) res.setHeader('Access-Control-Allow-Origin', '*');
    });
    http.onUpgrade('/v3/directline/', (_req, socket) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\nhello');
    });
    failing.server.get('/throws', async () => {
      throw new Error('secret inside');
    });
    failing.server.get('/forgets', async () => {});
    failing.server.get('/throws-a-word', async () => {
      throw 'secret inside';
    });
    url = (await http.listen()).url;
    failingUrl = (await failing.listen()).url;
  });
  afterAll(async () => {
    await http.close();
    await failing.close();
  });

  it('says that it lives and is ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await fetch(url + path);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({ status: 'ok' });
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('server')).toBeNull();
    }
  });

  it('is alive but not ready while the store fails', async () => {
    expect((await fetch(`${failingUrl}/healthz`)).status).toBe(200);
    const answer = await fetch(`${failingUrl}/readyz`);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toMatch(
      /^\{"error":\{"code":"StoreUnavailable","message":"The service is not[^"]*"\}\}$/,
    );
  });

  it.each(['/throws', '/forgets', '/throws-a-word'])(
    'shows nothing of an error inside %s and logs it',
    async (path) => {
      logged.length = 0;
      const answer = await fetch(failingUrl + path, { headers: { accept: 'text/plain' } });
      expect(answer.status).toBe(500);
      const text = await answer.text();
      expect(text).toMatch(errorShape);
      expect(text).not.toContain('secret');
      expect(logged).toHaveLength(1);
    },
  );

  it('puts headers of onRequest on refusals too', async () => {
    const tooLarge = await fetch(`${url}/v3/x`, {
      method: 'POST',
      body: 'x',
      headers: { 'content-encoding': 'gzip' },
    });
    expect(tooLarge.status).toBe(415);
    expect(tooLarge.headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(`${url}/v3/x`)).headers.get('access-control-allow-origin')).toBe('*');
  });

  const upgrade = (path: string, to = 'websocket') =>
    `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: ${to}\r\n\r\n`;

  it('hands an upgrade to the one who asked for its path, and no other', async () => {
    const taken = await rawRequest(url, upgrade('/v3/directline/conversations/c1/stream?t=x'));
    expect(taken).toMatchObject({ status: 101, body: 'hello' });
    expect((await rawRequest(url, upgrade('/elsewhere'))).status).toBe(404);
    expect((await rawRequest(url, upgrade('/v3/directline/../x'))).status).toBe(404);
    expect((await rawRequest(url, upgrade('/v3/directline/x', 'h2c'))).status).toBe(400);
  });

  it('F7: ends upgrades whose head never arrives', async () => {
    const impatient = aServer({ requestTimeoutMs: 100, timeoutCheckMs: 20 });
    impatient.onUpgrade('/v3/directline/', (_req, socket) => socket.end('HTTP/1.1 101 x\r\n\r\n'));
    const { url: own } = await impatient.listen();
    const head = upgrade('/v3/directline/conversations/c1/stream').slice(0, -2);
    expect(await rawRequest(own, head)).toMatchObject({ status: 408, closed: true });
    await impatient.close();
  });

  it('names a busy port', async () => {
    const port = Number(new URL(url).port);
    const second = aServer({ config: { host: '127.0.0.1', port } }).listen();
    await expect(second).rejects.toBeInstanceOf(ConfigurationError);
    await expect(second).rejects.toThrow(`PORT ${port} is already in use`);
  });

  it('names a host that is not this machine', async () => {
    const elsewhere = aServer({ config: { host: '192.0.2.1', port: 0 } }).listen();
    await expect(elsewhere).rejects.toThrow(/^HOST 192\.0\.2\.1/);
  });
});

describe('closing the server', () => {
  it('finishes what is running, takes nothing new, and cuts idle connections', async () => {
    const http = aServer();
    let finish = () => {};
    const started = new Promise<void>((running) => {
      http.server.get('/slow', async (_req, res) => {
        running();
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        res.send(200, { done: true });
      });
    });
    const { url } = await http.listen();
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    const idleClosed = new Promise<void>((resolve) =>
      idle
        .on('close', () => resolve())
        .on('error', () => {})
        .resume(),
    );
    const slow = fetch(`${url}/slow`);
    await started;

    const closed = http.close();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    finish();

    expect(await (await slow).json()).toEqual({ done: true });
    await closed;
    await idleClosed;
  });

  it('cuts what does not finish in time', async () => {
    const http = aServer({ closeTimeoutMs: 50 });
    const started = new Promise<void>((running) => {
      http.server.get('/never', async () => {
        running();
        await new Promise(() => {});
      });
    });
    http.onUpgrade('/socket', () => {});
    const { url } = await http.listen();
    const request = fetch(`${url}/never`);
    const socket = rawRequest(
      url,
      'GET /socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    await started;
    await http.close();
    await expect(request).rejects.toThrow();
    expect((await socket).closed).toBe(true);
  });
});

describe('static files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'web-'));
  const http = aServer();
  let url = '';

  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>요금길잡이</title>');
    writeFileSync(join(folder, 'assets/app-3KX2Q7ZD.js'), 'export {};\n'.repeat(500));
    writeFileSync(join(folder, 'notes.exe'), 'x');
    const files = await StaticFiles.load(folder);
    expect(files.names).toEqual(['assets/app-3KX2Q7ZD.js', 'index.html']);
    http.server.get('/', async (req, res) => {
      await files.send(req, res, 'index.html', { 'Content-Security-Policy': "default-src 'self'" });
    });
    http.server.get('/assets/*', async (req, res) => {
      await files.send(req, res, `assets/${req.params['*']}`);
    });
    url = (await http.listen()).url;
  });
  afterAll(() => http.close());

  it('serves a page with the policy of its caller, to be asked for again', async () => {
    const page = await fetch(`${url}/`);
    expect(await page.text()).toContain('요금길잡이');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toBe("default-src 'self'");
    expect(page.headers.get('cache-control')).toBe('no-cache');
    const etag = page.headers.get('etag') ?? '';
    expect((await fetch(`${url}/`, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  it('serves a hashed name to be kept for good, compressed for those who can', async () => {
    const script = await fetch(`${url}/assets/app-3KX2Q7ZD.js`, { headers: { 'accept-encoding': 'gzip' } });
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(await script.text()).toBe('export {};\n'.repeat(500));
    const plain = await fetch(`${url}/assets/app-3KX2Q7ZD.js`, {
      headers: { 'accept-encoding': 'gzip;q=0' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('etag')).not.toBe(script.headers.get('etag'));
  });

  it.each(['/assets/missing.js', '/assets/..%2findex.html', '/assets/__proto__', '/assets/'])(
    'has nothing at %s',
    async (path) => {
      const answer = await rawRequest(url, `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`);
      expect(answer.status).toBe(404);
      expect(answer.body).toMatch(errorShape);
    },
  );

  it('names a folder that was not built', async () => {
    await expect(StaticFiles.load(join(folder, 'missing'))).rejects.toThrow(/build them first/);
  });
});
