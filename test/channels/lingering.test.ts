import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { endAnswer, type LingeringLimits } from '../../channels/lingering';
import { dialled, writeFirst } from '../bot/http/rawHttp';

const mib = 1024 * 1024;
const refusal = '{"error":{"code":"Unauthorized"}}';
const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(65_536, 'x'), Buffer.from('\r\n')]);

function upload(...headers: readonly string[]): string {
  return `${['POST / HTTP/1.1', 'Host: a', ...headers].join('\r\n')}\r\n\r\n`;
}

/** A body in ten writes. */
function pieces(length: number): Buffer[] {
  return Array.from({ length: 10 }, () => Buffer.alloc(length / 10));
}

/** Refuses whatever it is sent without a look at the body. */
class Refuser {
  private readonly server: Server;
  readonly sockets: Socket[] = [];
  /** The first connection, once it is over. */
  readonly over: Promise<Socket>;

  constructor(limits?: LingeringLimits) {
    this.server = createServer({ keepAliveTimeout: 60_000 }, (_req, res) => {
      res.statusCode = 401;
      endAnswer(res, refusal, limits);
    });
    this.server.on('connection', (socket) => this.sockets.push(socket));
    this.over = new Promise((resolve) => {
      this.server.once('connection', (socket) => socket.once('close', () => resolve(socket)));
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${Number(Object(this.server.address()).port)}`;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}

let refuser: Refuser;
async function refusing(limits?: LingeringLimits): Promise<string> {
  refuser = new Refuser(limits);
  return refuser.open();
}
afterEach(() => refuser.close());

describe('F5: a body that nobody wants', () => {
  it.each([
    ['with a length', [upload(`Content-Length: ${12 * mib}`), Buffer.alloc(12 * mib)]],
    [
      'in chunks',
      [upload('Transfer-Encoding: chunked'), ...Array.from({ length: 192 }, () => chunk), '0\r\n\r\n'],
    ],
  ])('is heard out %s: a client that writes first and reads afterwards finds its answer', async (_, body) => {
    const answer = await writeFirst(await refusing(), ...body);

    expect(answer).toMatchObject({ status: 401, body: refusal, closed: true });
    expect(answer.head).toMatch(/^connection: close$/im);
  });

  it('is not waited for: the answer and the end are there while the client still writes', async () => {
    const socket = dialled(await refusing(), upload(`Content-Length: ${12 * mib}`, 'Content-Type: a/b'));
    socket.write(Buffer.alloc(mib));
    const received: Buffer[] = [];
    socket.on('data', (data: Buffer) => received.push(data));
    await once(socket, 'end');
    expect(String(Buffer.concat(received))).toContain(refusal);

    socket.end(Buffer.alloc(11 * mib));
    expect((await refuser.over).bytesRead).toBeGreaterThan(12 * mib);
    expect(socket.errored).toBeNull();
  });

  it('costs a bounded number of bytes: an endless writer is cut', async () => {
    const socket = dialled(
      await refusing({ bytes: 2 * mib, ms: 60_000 }),
      upload('Transfer-Encoding: chunked'),
    );
    const flood = () => {
      while (socket.write(chunk));
    };
    socket.on('drain', flood);
    flood();
    const { bytesRead } = await refuser.over;
    socket.destroy();

    expect(bytesRead).toBeGreaterThan(2 * mib);
    expect(bytesRead).toBeLessThan(2.5 * mib);
  });

  it.each([
    ['a slow writer', true],
    ['a client that promised a body and keeps still', false],
  ])('costs a bounded time: %s is cut', async (_, writes) => {
    const socket = dialled(
      await refusing({ bytes: mib, ms: 100 }),
      upload(writes ? 'Transfer-Encoding: chunked' : 'Content-Length: 1000000'),
    );
    const trickle = setInterval(() => writes && socket.write('1\r\nx\r\n'), 5);
    const { bytesRead } = await refuser.over;
    clearInterval(trickle);
    socket.destroy();

    expect(bytesRead).toBeLessThan(10_000);
  });

  it('keeps the connection when it is short', async () => {
    const socket = dialled(await refusing(), '');
    const statuses: string[] = [];
    socket.on('data', (data) => statuses.push(...(String(data).match(/HTTP\/1\.1 \d+/g) ?? [])));
    const one = upload('Content-Length: 60000');
    for (let count = 1; count <= 3; count += 1) {
      socket.write(one);
      socket.write(Buffer.alloc(60_000));
      while (statuses.length < count) await once(socket, 'data');
    }

    expect(statuses).toEqual(Array(3).fill('HTTP/1.1 401'));
    expect(refuser.sockets).toHaveLength(1);
    socket.destroy();
  });

  it('is heard out as well when it is short and its sender wants the connection closed', async () => {
    const head = upload('Content-Length: 60000', 'Connection: close');
    expect(await writeFirst(await refusing(), head, ...pieces(60_000))).toMatchObject({
      status: 401,
      body: refusal,
    });
  });

  it('that was announced to a question for the head alone is answered by the head alone', async () => {
    const head = `HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n`;
    expect(await writeFirst(await refusing(), head, ...pieces(1_000_000))).toMatchObject({
      status: 401,
      body: '',
    });
  });
});
