import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, type Socket } from 'node:net';
import { ok, writeAnswer } from '../../../channels/directLine/answer';

/** More than both ends' sockets take in without anybody reading. */
const tooMuch = Buffer.alloc(64 * 1024 * 1024, ' ');

describe('F34: a client that asks and does not read', () => {
  const sockets: Socket[] = [];
  function dial(port: number, text: string): Socket {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(text);
    sockets.push(socket);
    return socket;
  }
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });

  it('is cut off when it takes nothing of its answer for a while', async () => {
    const server = createServer((_req, res) => {
      res.once('close', () => server.close());
      writeAnswer(res, ok(tooMuch), 50);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const socket = dial(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n').pause();
    // Once no connection is left.
    await once(server, 'close');
    let read = 0;
    socket.on('data', (chunk) => {
      read += chunk.length;
    });
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));

    expect(read).toBeLessThan(tooMuch.length);
  });

  it('is not cut off while it reads, and may use its connection again after a rest', async () => {
    const server = createServer((_req, res) => writeAnswer(res, ok(tooMuch), 2_000));
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const socket = dial(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    let read = 0;
    const whole = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        read += chunk.length;
        if (read > tooMuch.length) resolve();
      });
    });
    await whole;
    const [first] = await new Promise<Socket[]>((resolve, reject) => {
      server.once('request', (req) => resolve([req.socket]));
      socket.once('close', () => reject(new Error('cut off')));
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    });

    expect(first?.destroyed).toBe(false);
    socket.destroy();
    server.close();
  });
});
