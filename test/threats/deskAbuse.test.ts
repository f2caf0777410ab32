import { randomUUID } from 'node:crypto';
import { askForPerson, type DeskBrowser, DeskServer, DeskSocket } from '../bot/desk/deskServer';
import { sized } from '../size';

const actions: readonly [string, object][] = [
  ['messages', { text: '안녕하세요' }],
  ['notes', { text: '메모' }],
  ['transfer', { to: { agent: 'lee' } }],
  ['transfer', { to: { skill: 'billing' } }],
  ['return', { summary: '끝' }],
  ['resolve', {}],
  ['unmask', { reason: '고객이 번호 확인을 요청' }],
];
const forbidden = '{"error":{"code":"forbidden"}}';

/** T28 and F33: people at the desk see and do what is theirs, and what they tried is written down. */
describe('F33: the desk in wrong hands (T28)', () => {
  let server: DeskServer;
  let kim: DeskBrowser;
  let lee: DeskBrowser;
  beforeEach(async () => {
    server = await DeskServer.start();
    [kim, lee] = [await server.signedIn('kim'), await server.signedIn('lee')];
  });
  afterEach(() => server.stop());

  it('refuses everything about somebody else’s conversation with one fixed body, and notes it', async () => {
    const customer = server.test.customer();
    await customer.verify('01000001001');
    const { id } = await server.waiting(customer);
    await kim.act(id, 'claim');
    const before = await customer.log();
    const reads = [await lee.get(`handoffs/${id}`)];
    for (const [action, body] of actions) reads.push(await lee.act(id, action, body));
    for (const { status, text } of reads) expect([status, text]).toEqual([403, forbidden]);
    const refused = (await server.audited()).filter(
      (row) => row.kind === 'deskRefused' && row.agent === 'lee',
    );
    expect(refused).toHaveLength(reads.length);
    expect(refused.every(({ handoffId }) => handoffId === id)).toBe(true);
    expect(await customer.log()).toBe(before);
    expect((await lee.act(id, 'claim')).status).toBe(409);
  });

  it('answers for a conversation that is not there as for one that is somebody else’s', async () => {
    const { id } = await server.waiting();
    await kim.act(id, 'claim');
    for (const unknown of [randomUUID(), 'x', '%2e%2e', '%F0%9F%98%80', 'a'.repeat(200), '010-0000-1001']) {
      const answer = await lee.get(`handoffs/${unknown}`);
      // What is no plain address does not get as far as the desk.
      if (unknown === '%2e%2e') {
        expect(answer.status).toBe(404);
        continue;
      }
      expect([answer.status, answer.text]).toEqual([403, forbidden]);
    }
    const rows = JSON.stringify(await server.audited());
    expect(rows).not.toContain('0000-1001');
  });

  it('opens nothing of a conversation that nobody has claimed', async () => {
    const customer = server.test.customer();
    await customer.verify('01000001001');
    const { id } = await server.waiting(customer);
    for (const [action, body] of actions) expect((await kim.act(id, action, body)).status).toBe(403);
    expect((await kim.get(`handoffs/${id}`)).text).toBe(forbidden);
    const socket = await DeskSocket.connected(kim);
    socket.send({ type: 'watch', handoffId: id, afterSeq: 0 });
    await socket.until((events) => events.find((event) => event.type === 'refused'));
    expect(socket.texts(id)).toEqual([]);
    await socket.end();
  });

  it('lets nobody into a conversation again once it is over, not even its agent', async () => {
    const customer = server.test.customer();
    await customer.verify('01000001001');
    const { id } = await server.waiting(customer);
    const claimed = await kim.act(id, 'claim');
    expect(claimed.text).toContain('maskedLine');
    await kim.act(id, 'resolve');
    for (const [action, body] of actions) expect((await kim.act(id, action, body)).status).toBe(409);
    const after = await kim.get(`handoffs/${id}`);
    expect(after.json).toMatchObject({ packet: null, notes: [] });
    expect((await lee.get(`handoffs/${id}`)).text).toBe(forbidden);
  });

  it('shows a number to its agent alone, for a reason, after writing it down', async () => {
    const customer = server.test.customer();
    await customer.verify('01000001001');
    const { id } = await server.waiting(customer);
    await kim.act(id, 'claim');
    expect((await kim.act(id, 'unmask', {})).status).toBe(400);
    expect((await kim.act(id, 'unmask', { reason: '   ' })).status).toBe(400);
    const boss = await server.signedIn('boss', 'supervisor');
    expect((await boss.act(id, 'unmask', { reason: '궁금해서 봅니다' })).status).toBe(403);
    const shown = await kim.act(id, 'unmask', { reason: '010-0000-1001 로 기사 방문 확인' });
    expect(shown.json).toEqual({ number: '010-0000-1001' });
    const rows = (await server.audited()).filter(({ kind }) => kind === 'deskUnmasked');
    expect(rows).toEqual([
      {
        kind: 'deskUnmasked',
        handoffId: id,
        reason: '010-****-1001 로 기사 방문 확인',
        agent: 'kim',
        network: '192.0.2.1',
      },
    ]);
  });

  it('has no number to show of a customer who was not verified', async () => {
    const { id } = await server.waiting();
    await kim.act(id, 'claim');
    expect((await kim.act(id, 'unmask', { reason: '번호를 알고 싶어요' })).status).toBe(404);
  });

  it('keeps load, export and queue for those whose work they are', async () => {
    const boss = await server.signedIn('boss', 'supervisor');
    const editor = await server.signedIn('editor', 'editor');
    const { id } = await server.waiting();
    const table: [string, number[]][] = [
      ['queue', [200, 200, 403]],
      ['agents', [200, 200, 403]],
      ['answers?q=연체', [200, 200, 403]],
      ['load', [403, 200, 403]],
      ['export.csv', [403, 200, 403]],
      [`handoffs/${id}`, [403, 200, 403]],
    ];
    for (const [path, statuses] of table) {
      const answers = [await kim.get(path), await boss.get(path), await editor.get(path)];
      expect([path, answers.map(({ status }) => status)]).toEqual([path, statuses]);
    }
    expect(await DeskSocket.open(editor)).toBe(403);
    const rows = await server.audited();
    expect(rows).toContainEqual({ kind: 'deskViewed', handoffId: id, agent: 'boss', network: '192.0.2.1' });
    expect(rows).toContainEqual({ kind: 'deskExported', rows: 1, agent: 'boss', network: '192.0.2.1' });
    const exported = (await boss.get('export.csv')).text;
    expect(exported).not.toContain(askForPerson);
    expect(exported).toContain(id);
  });

  it('ends what somebody may do as soon as they are removed', async () => {
    const { id } = await server.waiting();
    await kim.act(id, 'claim');
    const socket = await DeskSocket.connected(kim);
    await server.accounts.remove('kim');
    expect((await kim.get(`handoffs/${id}`)).status).toBe(401);
    await server.desk.live.heartbeat();
    expect(await socket.closed()).toBe(4401);
  });

  const rounds = sized(150, 10_000);
  it(`gives a conversation that two claim at once to exactly one of them, ${rounds} times`, async () => {
    const customer = server.test.customer();
    const wins = { kim: 0, lee: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const { id } = await server.waiting(customer);
      // Neither is always the first to be heard.
      const order = round % 2 === 0 ? [kim, lee] : [lee, kim];
      const answers = await Promise.all(order.map((agent) => agent.act(id, 'claim')));
      const winners = order.filter((_, n) => answers[n]?.status === 200);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      const [winner] = winners;
      if (winner === undefined) throw new Error('nobody won');
      wins[winner === kim ? 'kim' : 'lee'] += 1;
      expect((await winner.act(id, 'resolve')).status).toBe(200);
    }
    expect(wins.kim + wins.lee).toBe(rounds);
  }, 3_600_000);
});
