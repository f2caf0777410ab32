import { randomUUID } from 'node:crypto';
import { handoffKey, readHandoff } from '../../services/handoff/handoff';
import { type DeskBrowser, DeskServer, DeskSocket } from '../bot/desk/deskServer';

const rightToLeft = '\u202E';
const zeroWidth = '\u200B';

/** T28, F29, F33: what somebody at the desk, or a page in their name, tries by hand. */
describe('F33: the desk under attack (T28, F29)', () => {
  let server: DeskServer;
  let kim: DeskBrowser;
  let lee: DeskBrowser;
  let boss: DeskBrowser;
  beforeEach(async () => {
    server = await DeskServer.start();
    [kim, lee] = [await server.signedIn('kim'), await server.signedIn('lee')];
    boss = await server.signedIn('boss', 'supervisor');
  });
  afterEach(() => server.stop());

  it('answers whatever is posted to whichever route with a refusal, and goes on', async () => {
    const { id } = await server.waiting();
    await kim.act(id, 'claim');
    const own = ['claim', 'messages', 'notes', 'transfer', 'return', 'unmask'];
    const paths = [...own.map((action) => `handoffs/${id}/${action}`), 'login', 'totp', 'totp/confirm'];
    const key = randomUUID();
    const long = '가'.repeat(10_000);
    const bodies: unknown[] = [
      null,
      7,
      'text',
      [],
      {},
      { key },
      { key: 'x', text: 'x' },
      { key, text: 7, summary: [], reason: {}, to: [] },
      { key, text: long, summary: long, reason: long, to: { agent: long } },
      { key, text: ' ', summary: null, reason: ' \0', to: { skill: '../x' } },
      { key, to: { agent: 'boss\0' }, text: zeroWidth.repeat(3), summary: 1, reason: '\uD800' },
      { name: 'kim', password: '\uD800' },
      { name: '\0', password: 'x', code: long },
      { code: '\uD800', newPassword: long },
      JSON.parse('{"__proto__":{"key":"x"},"constructor":{"prototype":{"x":1}}}'),
    ];
    const surprises: unknown[] = [];
    for (const path of paths) {
      for (const body of bodies) {
        const { status } = await kim.post(path, body);
        // A claim of one's own is answered as often as it is asked for.
        const isClaim = status === 200 && path.endsWith('/claim');
        if (!isClaim && ![400, 401, 403, 429].includes(status)) surprises.push([path, body, status]);
      }
    }
    expect(surprises).toEqual([]);
    for (const path of [
      'answers?q=%00&lang=ko',
      'answers?lang=xx',
      `answers?q=${'x'.repeat(3_000)}`,
      'handoffs/%00',
      'handoffs/__proto__',
    ])
      expect((await kim.get(path)).status).toBeLessThan(500);
    const raw = (body: string) =>
      fetch(`${server.url}/desk/api/handoffs/${id}/messages`, {
        method: 'POST',
        headers: { Cookie: kim.cookie, 'x-desk-csrf': kim.csrf, 'Content-Type': 'application/json' },
        body,
      });
    for (const body of ['{', '[[[[', '['.repeat(5_000), `{"key":"${key}","text":"${'x'.repeat(2_000_000)}"}`])
      expect([400, 413]).toContain((await raw(body)).status);
    expect((await kim.get(`handoffs/${id}`)).json.summary).toMatchObject({ state: 'accepted', agent: 'kim' });
  });

  it('lets nothing through that hides a number or turns round what the customer reads', async () => {
    const { customer, id } = await server.waiting();
    await kim.act(id, 'claim');
    const hidden = `010${zeroWidth}-0000-${zeroWidth}1001`;
    expect((await kim.act(id, 'messages', { text: `${rightToLeft}안녕 ${hidden}` })).status).toBe(200);
    expect(
      (await kim.act(id, 'notes', { text: `번호는 ${hidden} 또는 010-0000-1001${rightToLeft}` })).status,
    ).toBe(200);
    expect((await kim.act(id, 'messages', { text: zeroWidth })).status).toBe(400);
    const notes = JSON.stringify((await kim.get(`handoffs/${id}`)).json.notes);
    await kim.act(id, 'return', { summary: `${rightToLeft}번호 ${hidden} 확인` });
    const log = await customer.log();
    expect(log).toContain('안녕 010-****-1001');
    expect(log).toContain('번호 010-****-1001 확인');
    expect(notes).toContain('번호는 010-****-1001 또는 010-****-1001');
    for (const text of [log, notes]) {
      expect(text).not.toContain(rightToLeft);
      expect(text).not.toContain(zeroWidth);
      expect(text).not.toContain('0000-1001');
    }
  });

  it('writes down no more of what somebody reached for than the id of a conversation', async () => {
    const socket = await DeskSocket.connected(kim);
    socket.send({ type: 'watch', handoffId: '고객 010-0000-1001 홍길동', afterSeq: 0 });
    await socket.until((events) => events.some(({ type }) => type === 'refused'));
    await kim.get('handoffs/010-0000-1001');
    const refused = (await server.audited()).filter(({ kind }) => kind === 'deskRefused');
    expect(refused.map(({ what, handoffId }) => [what, handoffId])).toEqual(
      expect.arrayContaining([
        ['watch', null],
        ['read', null],
      ]),
    );
    await socket.end();
  });

  it('lets nobody begin to read after their removal, though their page is still open', async () => {
    const { id } = await server.waiting();
    await kim.act(id, 'claim');
    const socket = await DeskSocket.connected(kim);
    await server.accounts.remove('kim');
    socket.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    expect(await socket.closed()).toBe(4401);
    expect(socket.texts(id)).toEqual([]);
  });

  it('writes down who gave whom which conversation', async () => {
    const { id } = await server.waiting();
    await kim.act(id, 'claim');
    await kim.act(id, 'transfer', { to: { agent: 'lee' } });
    await boss.act(id, 'transfer', { to: { skill: 'care' } });
    const rows = (await server.audited()).filter(({ kind }) => kind === 'deskTransferred');
    expect(rows.map(({ agent, to }) => `${agent} → ${to}`).sort()).toEqual(['boss → care', 'kim → lee']);
    expect(rows.every(({ handoffId }) => handoffId === id)).toBe(true);
  });

  it('claims no success where nothing has happened', async () => {
    const { customer, id } = await server.waiting();
    // Nobody has it: there is nothing to end or to return.
    expect((await boss.act(id, 'resolve')).status).toBe(400);
    expect((await boss.act(id, 'return', { summary: '' })).status).toBe(400);
    await kim.act(id, 'claim');
    expect((await kim.act(id, 'transfer', { to: { agent: 'kim' } })).status).toBe(400);
    const submit = jest.spyOn(server.test.assistant.events, 'submit');
    const failed = { status: 'done', replies: [] } as const;
    const attempts: [string, object][] = [
      ['messages', { text: '들리세요?' }],
      ['resolve', {}],
      ['transfer', { to: { agent: 'lee' } }],
    ];
    for (const [action, body] of attempts) {
      submit.mockResolvedValueOnce(failed);
      expect([action, (await kim.act(id, action, body)).status]).toEqual([action, 503]);
    }
    submit.mockRestore();
    expect(await customer.log()).not.toContain('들리세요?');
    const record = readHandoff((await server.test.store.readRecord(handoffKey(customer.key))).value);
    expect(record).toMatchObject({ state: 'accepted', agent: { id: 'kim' } });
  });

  it('claims no failure of a message that was said before the customer left', async () => {
    const { customer, id } = await server.waiting();
    await kim.act(id, 'claim');
    const message = { key: randomUUID(), text: '확인했어요.' };
    const said = await kim.post(`handoffs/${id}/messages`, message);
    await customer.say('상담 종료');
    const before = await customer.log();
    // The page lost the answer and asks again; a new message comes too late.
    const again = await kim.post(`handoffs/${id}/messages`, message);
    expect([again.status, again.json]).toEqual([200, said.json]);
    expect((await kim.act(id, 'messages', { text: '늦었나요?' })).status).toBe(409);
    // The key is of kim's message alone, whoever else knows it.
    expect((await lee.post(`handoffs/${id}/messages`, message)).status).toBe(403);
    expect((await boss.post(`handoffs/${id}/messages`, message)).status).toBe(409);
    expect(await customer.log()).toBe(before);
  });
});
