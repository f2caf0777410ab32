import { randomUUID } from 'node:crypto';
import { redact } from '../../../services/redaction/redaction';
import { askForPerson, DeskServer, DeskSocket } from './deskServer';

describe('a conversation at the desk', () => {
  let server: DeskServer;
  beforeEach(async () => {
    server = await DeskServer.start();
  });
  afterEach(() => server.stop());

  it('goes from the queue to the end, each side reading the other once and in order', async () => {
    const kim = await server.signedIn('kim');
    const { customer, id } = await server.waiting();
    const queue = await kim.get('queue');
    expect(queue.json.waiting).toMatchObject([{ id, state: 'requested', language: 'ko', verified: false }]);
    expect(queue.text).not.toContain('lastText');

    const claimed = await kim.act(id, 'claim');
    expect(claimed.json).toMatchObject({ summary: { id, state: 'accepted', agent: 'kim' }, notes: [] });
    const socket = await DeskSocket.connected(kim);
    socket.send({ type: 'watch', handoffId: id, afterSeq: claimed.json.lastSeq });
    expect(await customer.say('지난달 요금이 이상해요')).toEqual([]);
    const said = await kim.act(id, 'messages', { text: '확인해 볼게요.' });
    expect(said.json.seq).toEqual(expect.any(Number));
    await customer.say('고마워요');
    await socket.until(() => socket.texts(id).includes('고마워요'));
    const texts = socket.texts(id);
    expect(texts.slice(-3)).toEqual(['지난달 요금이 이상해요', '확인해 볼게요.', '고마워요']);
    expect(await customer.log()).toContain('확인해 볼게요.');

    expect((await kim.act(id, 'resolve')).status).toBe(200);
    const last = await socket.until((events) =>
      events.find((event) => event.type === 'handoff' && event.ended !== undefined),
    );
    expect(last).toMatchObject({ ended: 'completed', summary: { id } });
    expect((await kim.act(id, 'messages', { text: '하나 더요' })).status).toBe(409);
    await customer.say('5점');
    expect((await kim.get(`handoffs/${id}`)).json).toMatchObject({ rating: 5, packet: null });
    await socket.end();
  });

  it('says a message once, however often it is sent', async () => {
    const kim = await server.signedIn('kim');
    const { customer, id } = await server.waiting();
    await kim.act(id, 'claim');
    const body = { key: randomUUID(), text: '한 번만 보여야 해요' };
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => kim.post(`handoffs/${id}/messages`, body)),
    );
    expect(new Set(sent.map(({ text }) => text)).size).toBe(1);
    const logged = await server.test.store.readLog(customer.key, 0, 100);
    expect(logged.filter(({ activity }) => activity.text === '한 번만 보여야 해요')).toHaveLength(1);
  });

  it('replays what a page missed, and nothing that it has', async () => {
    const kim = await server.signedIn('kim');
    const { customer, id } = await server.waiting();
    await kim.act(id, 'claim');
    for (let n = 0; n < 250; n += 1) await customer.say(`말 ${n}`);
    const socket = await DeskSocket.connected(kim);
    socket.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    await socket.until(() => socket.texts(id).includes('말 249'));
    const all = socket.texts(id).filter((text) => text.startsWith('말 '));
    expect(all).toEqual(Array.from({ length: 250 }, (_, n) => `말 ${n}`));
    const half = socket.events.flatMap((event) => (event.type === 'entries' ? event.entries : []))[149];
    await socket.end();

    const again = await DeskSocket.connected(kim);
    again.send({ type: 'watch', handoffId: id, afterSeq: half?.seq });
    await again.until(() => again.texts(id).includes('말 249'));
    expect(again.texts(id)).toEqual(all.slice(all.indexOf(half?.text ?? '') + 1));
    await again.end();
  });

  it('shows nothing of the bot’s part before and after it', async () => {
    const kim = await server.signedIn('kim');
    const customer = server.test.customer();
    await customer.say('연체료가 붙나요?');
    const { id } = await server.waiting(customer);
    await kim.act(id, 'claim');
    const socket = await DeskSocket.connected(kim);
    socket.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    await customer.say('상담사에게 하는 말');
    await kim.act(id, 'return', { summary: '요금제를 살펴봤어요' });
    server.test.nowMs += 1;
    await customer.say('이것은 봇에게만 하는 말이에요');
    await socket.until((events) =>
      events.find((event) => event.type === 'handoff' && event.ended === 'returned'),
    );
    const seen = JSON.stringify(socket.events.filter(({ type }) => type === 'entries'));
    expect(seen).toContain('상담사에게 하는 말');
    expect(seen).not.toContain('연체료가 붙나요');
    expect(seen).not.toContain('봇에게만');
    await socket.end();
  });

  it('hands over to a colleague with notes, and the first one reads no further', async () => {
    const [kim, lee] = [await server.signedIn('kim'), await server.signedIn('lee')];
    const { customer, id } = await server.waiting();
    await kim.act(id, 'claim');
    const [first, second] = [await DeskSocket.connected(kim), await DeskSocket.connected(lee)];
    first.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    await kim.act(id, 'notes', { text: '환불을 원하심' });
    expect((await kim.act(id, 'transfer', { to: { agent: 'nobody' } })).status).toBe(404);
    expect((await kim.act(id, 'transfer', { to: { agent: 'Lee' } })).status).toBe(200);
    await second.until((events) =>
      events.find((event) => event.type === 'queue' && event.mine[0]?.id === id),
    );
    await first.until((events) =>
      events.find((event) => event.type === 'handoff' && event.ended === 'transferred'),
    );
    second.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    await customer.say('새 상담사에게만 하는 말');
    await second.until(() => second.texts(id).includes('새 상담사에게만 하는 말'));
    expect(first.texts(id)).not.toContain('새 상담사에게만 하는 말');
    expect((await lee.get(`handoffs/${id}`)).json.notes).toMatchObject([
      { by: 'kim', text: '환불을 원하심' },
    ]);
    expect((await kim.act(id, 'messages', { text: '아직 저예요' })).status).toBe(403);
    await Promise.all([first.end(), second.end()]);
  });

  it('shows both sides that the other is typing, and keeps none of it', async () => {
    const kim = await server.signedIn('kim');
    const { customer, id } = await server.waiting();
    await kim.act(id, 'claim');
    const before = await customer.log();
    const socket = await DeskSocket.connected(kim);
    socket.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    await socket.until((events) => events.some(({ type }) => type === 'handoff'));
    server.typing.customerTypes(customer.key);
    server.typing.customerTypes('directline/somebody-else');
    await socket.until((events) => events.some((event) => event.type === 'typing' && event.handoffId === id));
    socket.send({ type: 'typing', handoffId: id });
    // The socket works in order: the answer to this comes after the sign.
    socket.send({ type: 'watch', handoffId: 'none', afterSeq: 0 });
    await socket.until((events) => events.some(({ type }) => type === 'refused'));
    expect(server.shown).toMatchObject([{ conversationKey: customer.key, activity: { type: 'typing' } }]);
    expect(socket.events.filter(({ type }) => type === 'typing')).toHaveLength(1);
    expect(await customer.log()).toBe(before);
    await socket.end();
  });

  it('tells every agent of somebody who waits, without a word of what they said', async () => {
    const sockets = [
      await DeskSocket.connected(await server.signedIn('kim')),
      await DeskSocket.connected(await server.signedIn('lee')),
    ];
    const customer = server.test.customer();
    await customer.say('연체료가 붙나요?');
    await customer.say(askForPerson);
    await customer.say('빨리 와 주세요');
    for (const socket of sockets) {
      const queue = await socket.until((events) =>
        events.find((event) => event.type === 'queue' && event.waiting.length === 1),
      );
      expect(JSON.stringify(queue)).not.toMatch(/연체료|빨리/);
      await socket.end();
    }
  });

  it('shows nobody a full number, a code or a resident number', async () => {
    const kim = await server.signedIn('kim');
    const customer = server.test.customer();
    await customer.verify('01000001001');
    await customer.say('제 주민번호는 900101-1234567 이고 번호는 010-0000-1001 이에요');
    const { id } = await server.waiting(customer);
    const claimed = await kim.act(id, 'claim');
    expect(claimed.json.packet).toMatchObject({
      verification: { level: 'acr1', maskedLine: '010-****-1001' },
      balance: { totalKrw: expect.any(Number) },
    });
    const socket = await DeskSocket.connected(kim);
    socket.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    await customer.say('010-0000-1001 번호 맞죠? 카드는 4111-1111-1111-1111');
    await socket.until(() => socket.texts(id).length > 1);
    // Times in ms look like account numbers.
    const everything = (claimed.text + JSON.stringify(socket.events)).replace(/Ms":\d{13}/g, 'Ms":0');
    expect(everything).not.toMatch(/0000-?1001|1234567|4111-1111/);
    expect(redact(everything)).toBe(everything);
    expect(everything).not.toContain('lineId');
    await socket.end();
  });
});
