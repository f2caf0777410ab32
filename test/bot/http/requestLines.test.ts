import { createServer, type HttpServer, type ServerOptions } from '../../../bot/server';
import { systemClock } from '../../../services/clock';
import { memoryInUse } from '../../memoryInUse';
import { sized } from '../../size';
import { silentLog } from '../connector/connectorFixture';
import { dialled, rawPost } from './rawHttp';
import { RunningApp } from './runningApp';

const mib = 1024 * 1024;
/** More than both ends' sockets take in without anybody reading. */
const tooMuch = Buffer.alloc(32 * mib, ' ');
const get = (path: string, ...headers: readonly string[]) =>
  `${[`GET ${path} HTTP/1.1`, 'Host: a', ...headers].join('\r\n')}\r\n\r\n`;

/** The server with routes that tell which requests reached them, and when. */
class Scene {
  private readonly http: HttpServer;
  readonly served: string[] = [];
  atOnce = 0;
  mostAtOnce = 0;
  url = '';
  private onLargeClosed = () => undefined as unknown;
  /** Once a large answer has left or was given up. */
  readonly largeClosed = new Promise<void>((resolve) => {
    this.onLargeClosed = () => resolve();
  });

  constructor(options: Partial<ServerOptions> = {}) {
    const config = { host: '127.0.0.1', port: 0 };
    const store = { ping: async () => {} };
    this.http = createServer({ config, store, clock: systemClock, log: silentLog, ...options });
    this.http.server.get('/slow/:name', async (req, res) => {
      this.served.push(req.params.name);
      this.atOnce += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      this.atOnce -= 1;
      if (req.params.name === 'last') res.setHeader('Connection', 'close');
      res.writeHead(200, { 'Content-Length': 8 });
      res.end(String(req.params.name).padEnd(8));
    });
    this.http.server.get('/large', async (_req, res) => {
      this.served.push('large');
      res.once('close', () => this.onLargeClosed());
      res.writeHead(200, { 'Content-Length': tooMuch.length });
      res.end(tooMuch);
    });
    this.http.server.post('/hangs', async () => {
      this.served.push('hangs');
      await new Promise(() => {});
    });
  }

  async open(): Promise<void> {
    this.url = (await this.http.listen()).url;
  }

  close(): Promise<void> {
    return this.http.close();
  }
}

describe('F34: a client that asks and asks before it has read', () => {
  let scene: Scene;
  async function opened(options?: Partial<ServerOptions>): Promise<string> {
    scene = new Scene(options);
    await scene.open();
    return scene.url;
  }
  afterEach(() => scene.close());

  it('is served a few in the order in which it asked, one at a time, on one connection', async () => {
    const names = Array.from({ length: 16 }, (_, index) => `n${index}`);
    const socket = dialled(await opened(), names.map((name) => get(`/slow/${name}`)).join(''));
    let text = '';
    await new Promise<void>((resolve) => {
      socket.on('data', (data) => {
        text += data;
        if (text.includes('n15 ')) resolve();
      });
    });
    socket.destroy();

    expect(text.match(/n\d+(?= )/g)).toEqual(names);
    expect(scene.served).toEqual(names);
    expect(scene.mostAtOnce).toBe(1);
  });

  it('is cut off when it asks for thousands, whatever the route', async () => {
    const url = await opened();
    for (const path of ['/large', '/slow/one', '/healthz', '/nothing-here']) {
      const socket = dialled(url, '');
      const flood = () => {
        while (socket.write(get(path).repeat(1_000)));
      };
      socket.on('drain', flood);
      flood();
      await new Promise((resolve) => socket.once('close', resolve));
    }
    // The one that came first of each of the two.
    expect(scene.served).toEqual(['large', 'one']);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('gets no second answer prepared before it has taken the first, and all of them once it reads', async () => {
    const socket = dialled(await opened(), get('/large').repeat(3));
    while (scene.served.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(scene.served).toEqual(['large']);

    let read = 0;
    await new Promise<void>((resolve) => {
      socket.on('data', (data: Buffer) => {
        read += data.length;
        if (read > 3 * tooMuch.length) resolve();
      });
    });
    socket.destroy();
    expect(scene.served).toEqual(['large', 'large', 'large']);
  });

  it('is cut off when it takes nothing of an answer for a while, on every route', async () => {
    const socket = dialled(await opened({ stalledMs: 100 }), get('/large'));
    let read = 0;
    await scene.largeClosed;
    socket.on('data', (data: Buffer) => {
      read += data.length;
    });
    await new Promise((resolve) => socket.once('close', resolve).once('end', () => socket.end()));

    expect(read).toBeLessThan(tooMuch.length);
  });

  const clients = sized(20, 200);
  it(`costs at most 2 MiB with as much waiting as may: ${clients} of them`, async () => {
    const url = await opened({ closeTimeoutMs: 0 });
    const body = `"${'x'.repeat(60_000)}"`;
    const one = rawPost('/hangs', body, `X-Long: ${'x'.repeat(30_000)}`);
    const all = Buffer.concat(Array.from({ length: 17 }, () => one));
    const before = memoryInUse();
    const sockets = Array.from({ length: clients }, () => dialled(url, all));
    // Until the server takes in nothing more.
    for (let quiet = 0, last = -1; quiet < 200; ) {
      await new Promise((resolve) => setImmediate(resolve));
      const sent = sockets.reduce((sum, { writableLength }) => sum + writableLength, 0);
      quiet = sent === last && scene.served.length === clients ? quiet + 1 : 0;
      last = sent;
    }
    const cost = (memoryInUse() - before) / clients / mib;
    for (const socket of sockets) socket.destroy();

    expect(scene.served).toHaveLength(clients);
    expect(cost).toBeLessThan(2);
  });

  it('is served nothing more after the answer that ends the connection', async () => {
    const asked = get('/slow/last') + get('/slow/never').repeat(5);
    const socket = dialled(await opened(), asked);
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    await new Promise((resolve) => socket.once('end', resolve));
    socket.destroy();

    expect(text).toMatch(/last {4}$/);
    expect(scene.served).toEqual(['last']);
  });

  it('keeps a server that closes waiting for the answer at hand alone', async () => {
    const socket = dialled(await opened(), get('/slow/a') + get('/slow/b'));
    socket.resume();
    while (scene.served.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await scene.close();

    expect(scene.served).toEqual(['a']);
    socket.destroy();
  });
});

describe('F34: a client that polls hundreds of times in one packet', () => {
  it('is cut off, and can go on with a new connection', async () => {
    const app = await RunningApp.start();
    try {
      const issued = await fetch(`${app.url}/api/token`, { method: 'POST' });
      const authorization = `Bearer ${JSON.parse(await issued.text()).token}`;
      const conversations = `${app.url}/v3/directline/conversations`;
      const started = await fetch(conversations, { method: 'POST', headers: { authorization } });
      const path = `/v3/directline/conversations/${JSON.parse(await started.text()).conversationId}/activities`;
      const socket = dialled(app.url, get(path, `Authorization: ${authorization}`).repeat(200));
      let answers = 0;
      socket.on('data', (chunk) => {
        answers += String(chunk).split('HTTP/1.1 200').length - 1;
      });
      await new Promise((resolve) => socket.once('close', resolve).once('end', () => socket.end()));

      expect(answers).toBeLessThanOrEqual(1);
      expect((await fetch(app.url + path, { headers: { authorization } })).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});
