import { connect as connectSocket, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { DirectLineHost } from './directLineHost';
import { StreamClient } from './streamClient';

let host: DirectLineHost;
let clients: StreamClient[] = [];

beforeEach(async () => {
  host = await DirectLineHost.start();
});
afterEach(async () => {
  for (const client of clients) client.socket.terminate();
  clients = [];
  await host.end();
});

function connect(...parameters: ConstructorParameters<typeof StreamClient>): StreamClient {
  const client = new StreamClient(...parameters);
  clients.push(client);
  return client;
}

describe('a client that misbehaves', () => {
  it('may send empty frames for ever', async () => {
    const conversation = await host.conversation();
    const client = connect(conversation.streamUrl);
    await client.heard(1);
    for (let i = 0; i < 500; i += 1) {
      client.socket.send('');
      if (i % 50 === 0) {
        await pong(client.socket);
        host.advance(20_000);
      }
    }
    await host.say(conversation, '아직 있어요');
    await client.heard(3);

    expect(client.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('is closed with 1008 after a hundred frames in ten seconds', async () => {
    const { streamUrl } = await host.conversation();
    const client = connect(streamUrl);
    await client.heard(1);
    for (let i = 0; i < 10_000; i += 1) client.socket.send('{"x":1}');

    expect((await client.closed).code).toBe(1008);
  });

  it('is closed with 1008 for pings without end, too', async () => {
    const { streamUrl } = await host.conversation();
    const client = connect(streamUrl);
    await client.heard(1);
    for (let i = 0; i < 100; i += 1) await pong(client.socket);
    client.socket.ping();

    expect((await client.closed).code).toBe(1008);
  });

  it('is closed with 1009 for a frame of more than 64 KiB', async () => {
    const { streamUrl } = await host.conversation();
    const client = connect(streamUrl);
    await client.heard(1);
    client.socket.send('x'.repeat(65 * 1024));

    expect((await client.closed).code).toBe(1009);
  });

  it('is closed with 1008 for a message in endless fragments', async () => {
    const { streamUrl } = await host.conversation();
    const client = connect(streamUrl);
    await client.heard(1);
    for (let i = 0; i < 100_000; i += 1) client.socket.send('', { fin: false });

    expect((await client.closed).code).toBe(1008);
  });

  it('is cut off when it gives no sign for 45 seconds, and not before', async () => {
    const conversation = await host.conversation();
    const silent = connect(conversation.streamUrl, {}, { autoPong: false });
    await silent.heard(1);
    const pinged = new Promise((resolve) => silent.socket.once('ping', resolve));
    host.advance(20_000);
    await host.streams.heartbeat();
    await pinged;
    host.advance(25_000);
    await host.streams.heartbeat();
    await host.say(conversation, '아직');
    await silent.heard(3);
    host.advance(1);
    await host.streams.heartbeat();

    expect((await silent.closed).code).toBe(1006);
  });

  it('stays when it answers the pings', async () => {
    const conversation = await host.conversation();
    const client = connect(conversation.streamUrl);
    await client.heard(1);
    for (let i = 0; i < 10; i += 1) {
      const pinged = new Promise((resolve) => client.socket.once('ping', resolve));
      host.advance(20_000);
      await host.streams.heartbeat();
      await pinged;
      await pong(client.socket);
    }

    expect(client.socket.readyState).toBe(WebSocket.OPEN);
  });

  it('is cut off with 1013 when it does not read, and finds everything when it comes back', async () => {
    const conversation = await host.conversation();
    const client = connect(conversation.streamUrl);
    await client.heard(1);
    client.socket.pause();
    const big = '가'.repeat(3_900);
    // More than what lies in the buffers of both ends' sockets and the 1 MiB that the server allows.
    const said = 700;
    for (let i = 0; i < said; i += 20) {
      await Promise.all(Array.from({ length: 20 }, () => host.say(conversation, big)));
    }
    client.socket.resume();
    const { code } = await client.closed;
    const { body } = await host.call(
      'GET',
      `/conversations/${conversation.conversationId}?watermark=${client.frames.at(-1)?.watermark}`,
      { token: conversation.token },
    );
    const back = connect(body.streamUrl);
    await back.heard(1 + 2 * said - client.texts.length);

    expect(code).toBe(1013);
    expect([...client.texts, ...back.texts].filter((text) => text === big)).toHaveLength(said);
  }, 60_000);

  it('that resets its connection in the middle of the handshake hurts nobody', async () => {
    const { streamUrl, conversationId, token } = await host.conversation();
    const { pathname, search } = new URL(streamUrl);
    const sockets = await Promise.all(Array.from({ length: 20 }, () => rawSocket(host.port)));
    for (const socket of sockets) {
      socket.write(
        `GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
      );
      socket.resetAndDestroy();
    }
    const poll = await host.call('GET', `/conversations/${conversationId}/activities`, { token });

    expect(poll.status).toBe(200);
    expect(await connect(streamUrl).upgraded()).toBe(101);
  });
});

/** Resolves when the server has answered a ping: it has then handled all that was sent before. */
function pong(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('pong', () => resolve());
    socket.ping();
  });
}

function rawSocket(port: number): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connectSocket(port, '127.0.0.1', () => resolve(socket));
    socket.on('error', () => undefined);
  });
}
