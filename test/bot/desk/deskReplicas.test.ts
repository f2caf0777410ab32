import { randomUUID } from 'node:crypto';
import type { TurnStore } from '../../../services/turn/turnStore';
import { openPostgresTurnStore } from '../../../store/postgres/postgresTurnStore';
import { TestAssistant } from '../../assistant';
import { type PostgresServer, startPostgres } from '../../postgres/postgresServer';
import { DeskServer, DeskSocket, mondayMorning } from './deskServer';

/** F33 over two nodes: the agents' page is on one, the customer on the other, the store is PostgreSQL. */
describe('a desk on another replica than its customers', () => {
  let database: PostgresServer;
  let stores: TurnStore[];
  let near: TestAssistant;
  let far: DeskServer;

  beforeAll(async () => {
    database = await startPostgres();
  }, 120_000);
  afterAll(() => database.stop());

  beforeEach(async () => {
    const url = await database.newDatabase();
    const clock = { now: () => mondayMorning };
    const open = () => openPostgresTurnStore({ url, clock, connections: 4 });
    stores = [await open(), await open()];
    const [first, second] = stores;
    if (first === undefined || second === undefined) throw new Error('no stores');
    near = new TestAssistant({ nowMs: mondayMorning, store: first });
    await near.assistant.start();
    const test = new TestAssistant({ nowMs: mondayMorning, store: second });
    await test.assistant.start();
    far = await DeskServer.start({ test });
  }, 60_000);
  afterEach(async () => {
    await far.stop();
    await near.stop();
  }, 60_000);

  it('serves both sides as one node does: nothing lost, nothing doubled, one owner, one use of a code', async () => {
    const [kim, lee] = [await far.signedIn('kim'), await far.signedIn('lee')];
    const customer = near.customer();
    await customer.say('상담원 연결해줘');
    const socket = await DeskSocket.connected(kim);
    const queue = await socket.until((events) =>
      events.findLast((event) => event.type === 'queue' && event.waiting.length === 1),
    );
    const id = queue.type === 'queue' ? (queue.waiting[0]?.id ?? '') : '';

    const claims = await Promise.all([kim.act(id, 'claim'), lee.act(id, 'claim')]);
    expect(claims.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [owner, other] = claims[0]?.status === 200 ? [kim, lee] : [lee, kim];
    const live = owner === kim ? socket : await DeskSocket.connected(owner);
    live.send({ type: 'watch', handoffId: id, afterSeq: 0 });

    const said = ['하나', '둘', '셋'];
    const message = { key: randomUUID(), text: '네, 보고 있어요.' };
    await Promise.all([
      ...said.map((text) => customer.say(text)),
      owner.post(`handoffs/${id}/messages`, message),
      owner.post(`handoffs/${id}/messages`, message),
    ]);
    await live.until(() => live.texts(id).filter((text) => said.includes(text)).length === said.length);
    await live.until(() => live.texts(id).includes(message.text));
    const texts = live.texts(id).filter((text) => [...said, message.text].includes(text));
    expect([...texts].sort()).toEqual([...said, message.text].sort());
    const logged = await near.store.readLog(customer.key, 0, 100);
    const inLog = logged.flatMap(({ activity }) => (typeof activity.text === 'string' ? activity.text : []));
    expect(inLog.filter((text) => [...said, message.text].includes(text))).toEqual(texts);

    expect((await other.act(id, 'messages', { text: '저도요' })).status).toBe(403);
    await customer.say('상담 종료');
    await live.until((events) =>
      events.some((event) => event.type === 'handoff' && event.ended === 'completed'),
    );
    expect((await owner.act(id, 'messages', { text: '늦었어요' })).status).toBe(409);
    await socket.end();
    await live.end();
  }, 120_000);
});
