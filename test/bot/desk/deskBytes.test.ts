import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { handoffKey, readHandoff } from '../../../services/handoff/handoff';
import { DeskBrowser, DeskServer, DeskSocket } from './deskServer';

/** Less than 1 Mi letters in two frames, more than 1 MiB in one. */
const letters = 400_000;

it('counts what waits for a page that does not read in bytes: a Korean letter is three', async () => {
  const server = await DeskServer.start();
  const kim = await server.signedIn('kim');
  // A door of our own, where the server's end of the line can be held back.
  const ends: Duplex[] = [];
  const door = createServer();
  door.on('upgrade', (req, socket, head) => {
    ends.push(socket);
    server.desk.live.handleUpgrade(req, socket, head);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { port } = door.address() as AddressInfo;
  const there = new DeskBrowser(`http://127.0.0.1:${port}`);
  there.cookie = kim.cookie;
  const socket = await DeskSocket.open(there, server.url);
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  const [end] = ends;
  if (end === undefined) throw new Error('nobody came through the door');
  await socket.until((events) => events.some(({ type }) => type === 'queue'));

  end.cork();
  const { store } = server.test;
  const { customer, id } = await server.waiting();
  const { value, version } = await store.readRecord(handoffKey(customer.key));
  const record = { ...readHandoff(value), skill: '가'.repeat(letters) };
  const change = { value: JSON.parse(JSON.stringify(record)) };
  await store.writeRecords(
    [{ key: handoffKey(customer.key), expectedVersion: version, change }],
    server.test.nowMs,
  );
  const waits = async (least: number) => {
    while (end.writableLength < least) await new Promise((resolve) => setImmediate(resolve));
  };
  await kim.act(id, 'claim');
  await waits(letters);
  const waited = end.writableLength;
  await kim.act(id, 'notes', { text: '하나' });
  await kim.act(id, 'resolve');
  await waits(waited + 1);
  end.uncork();
  expect(await socket.closed()).toBe(1013);

  await new Promise((resolve) => door.close(resolve));
  await server.stop();
}, 30_000);
