import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';
import { sized } from '../size';
import { ReplicaCustomer, type SeenActivity, Service } from './replicaCustomer';
import { RoundRobinProxy } from './roundRobinProxy';
import { ServerProcess } from './serverProcess';

const customers = sized(200, 1_000);
const sentences = [
  '연체료가 붙나요?',
  '미납요금은 어디서 내나요?',
  '상담원 연결해 주세요',
  '연체료가 붙나요?',
];

describe('three replicas on one PostgreSQL', () => {
  const varDir = mkdtempSync(path.join(tmpdir(), 'replicas-'));
  let database: PostgresServer;
  let proxy: RoundRobinProxy;
  let replicas: ServerProcess[];

  beforeAll(async () => {
    [database, proxy] = await Promise.all([startPostgres(), RoundRobinProxy.start()]);
    // The first one makes the secrets and the schema; that all may start at once is asked elsewhere.
    const settings = { STORE_URL: await database.newDatabase(), PUBLIC_URL: proxy.url };
    replicas = [await ServerProcess.start(varDir, settings)];
    replicas.push(...(await Promise.all([1, 2].map(() => ServerProcess.start(varDir, settings)))));
    for (const { url } of replicas) proxy.add(url);
  }, 120_000);
  afterAll(async () => {
    await proxy.stop();
    await Promise.all(replicas.map((replica) => replica.kill().catch(() => undefined)));
    await database.stop();
    rmSync(varDir, { recursive: true, force: true });
  });

  it(`F35: finish ${customers} conversations although one is killed and the database crashes in the middle`, async () => {
    const service = new Service(proxy.url);
    const [victim] = replicas.splice(0, 1);
    const all = customers * sentences.length;
    let replies = 0;
    const troubles: Promise<void>[] = [];
    const onReply = () => {
      replies += 1;
      if (replies === Math.floor(all / 3)) troubles.push(victim?.kill() ?? Promise.reject());
      if (replies === Math.floor(all / 2)) troubles.push(database.crashAndRestart());
    };

    const everybody = await Promise.all(
      Array.from({ length: customers }, async (_, at) => {
        const customer = await ReplicaCustomer.start(service, onReply);
        for (const [turn, sentence] of sentences.entries()) await customer.say(sentence, `${at}-${turn}`);
        return customer;
      }),
    );

    expect(troubles).toHaveLength(2);
    await Promise.all(troubles);
    const length = (await everybody[0]?.log())?.length ?? 0;
    for (const [at, customer] of everybody.entries()) {
      const log = await customer.log();
      const asked = log.filter(({ from }) => from.role === 'user');
      expect(asked.map(clientId)).toEqual(sentences.map((_, turn) => `${at}-${turn}`));
      expect(asked.map(({ id }) => id)).toEqual([...customer.acknowledged.values()]);
      // Of each question one answer, which may be more than one activity but comes in one piece.
      const answered = log.flatMap(({ replyToId }) => replyToId ?? []);
      expect(answered.filter((id, place) => id !== answered[place - 1])).toEqual(asked.map(({ id }) => id));
      expect(new Set(log.map(({ id }) => id)).size).toBe(log.length);
      // Everybody asked the same, so nobody may have been answered more than the others.
      expect(log).toHaveLength(length);
      // The stream said the same, each activity once, although it broke and moved from replica to replica.
      expect(customer.heard.map(({ id }) => id)).toEqual(log.map(({ id }) => id));
      customer.leave();
    }
    expect(everybody.some(({ reconnects }) => reconnects > 0)).toBe(true);
    expect(await Promise.all(replicas.map((replica) => replica.stop()))).toEqual([0, 0]);
    replicas = [];
  }, 240_000);
});

const clientId = ({ channelData }: SeenActivity) => channelData?.clientActivityID;
