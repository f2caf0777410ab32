import type { Socket } from 'node:net';
import { DeskServer, DeskSocket } from '../bot/desk/deskServer';

/** F34: a page that has stopped to read takes no more than its share of memory, and misses nothing afterwards. */
it('cuts off a desk page that does not read, and shows it everything when it is back', async () => {
  const server = await DeskServer.start();
  const kim = await server.signedIn('kim');
  const { customer, id } = await server.waiting();
  await kim.act(id, 'claim');
  const said: string[] = [];
  for (let n = 0; n < 80; n += 1) {
    const text = `${n}번째 말: ${'가'.repeat(3_900)}`;
    said.push(text);
    await customer.say(text);
  }
  const slow = await DeskSocket.connected(kim);
  slow.socket.pause();
  const tcp: Socket = Reflect.get(slow.socket, '_socket');
  tcp.pause();
  const [far] = [...Reflect.get(Reflect.get(server.desk.live, 'sockets'), 'clients')];
  const bytesSent = (): number => Reflect.get(far, '_socket')?.bytesWritten ?? Number.POSITIVE_INFINITY;
  let most = 0;
  // Each asks for everything anew: in the end far more than the system's own buffers take.
  for (let n = 0; n < 90 && far.readyState === far.OPEN; n += 1) {
    const before = bytesSent();
    slow.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    while (far.readyState === far.OPEN && bytesSent() - before < 100_000) {
      most = Math.max(most, far.bufferedAmount);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  expect(Math.max(most, far.bufferedAmount)).toBeLessThanOrEqual(2 * 1024 * 1024);
  slow.socket.resume();
  tcp.resume();
  expect(await slow.closed()).toBe(1013);

  const back = await DeskSocket.connected(kim);
  back.send({ type: 'watch', handoffId: id, afterSeq: 0 });
  await back.until(() => back.texts(id).filter((text) => text.includes('번째 말')).length === said.length);
  expect(back.texts(id).filter((text) => text.includes('번째 말'))).toEqual(said);
  await back.end();
  await server.stop();
}, 120_000);
