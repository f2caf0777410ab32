import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PostgresServer, startPostgres } from '../postgres/postgresServer';
import { DirectLineTalk } from './directLineTalk';
import { ServerProcess } from './serverProcess';

jest.setTimeout(60_000);

describe('the server on PostgreSQL', () => {
  const varDir = mkdtempSync(path.join(tmpdir(), 'server-postgres-'));
  let database: PostgresServer;
  let server: ServerProcess;
  let settings: Record<string, string>;
  beforeAll(async () => {
    database = await startPostgres();
    settings = { STORE_URL: await database.newDatabase() };
    server = await ServerProcess.start(varDir, settings);
  });
  afterAll(async () => {
    await server.stop();
    await database.stop();
    rmSync(varDir, { recursive: true, force: true });
  });

  async function codeOnHandset(): Promise<string> {
    for (;;) {
      const response = await fetch(`${server.url}/demo/handset?phone=01000001001`);
      const code = (await response.text()).match(/\b\d{6}\b/)?.[0];
      if (code !== undefined) return code;
    }
  }

  it('goes on in the middle of a check after kill -9, and keeps nothing of it in a file', async () => {
    const talk = await DirectLineTalk.start(server.url);
    await talk.say('내 미납요금이 얼마예요?', 'm1');
    await talk.say('010-0000-1001', 'm2');
    const code = await codeOnHandset();

    await server.kill();
    server = await ServerProcess.start(varDir, settings);
    talk.url = server.url;
    const answer = await talk.say(code, 'm3');

    expect(JSON.stringify(answer)).toContain('77,300원');
    expect(readdirSync(varDir).filter((name) => name.includes('.db'))).toEqual([]);
  });

  it('answers again when the database is back after a crash, and acknowledged nothing it lost', async () => {
    const talk = await DirectLineTalk.start(server.url);
    await talk.say('연체료가 붙나요?', 'm1');

    await database.crashAndRestart();
    let late = await talk.post('상담원 연결해 주세요', 'm2');
    while (late.status !== 200) {
      expect(late.status).toBe(503);
      late = await talk.post('상담원 연결해 주세요', 'm2');
    }

    const seen = await talk.answerTo(late.json.id);
    expect(seen.filter(({ text }) => text === '상담원 연결해 주세요')).toHaveLength(1);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('says in one sentence, without the password, what is wrong with the address', async () => {
    const address = new URL(settings.STORE_URL ?? '');
    address.password = 'hunter2';
    address.pathname = '/nowhere';
    const { code, errors } = await ServerProcess.failedStart({ VAR_DIR: varDir, STORE_URL: address.href });

    expect(code).toBe(1);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain('STORE_URL');
    expect(errors).not.toContain('hunter2');
  });

  it('starts only when the database answers', async () => {
    const { code, errors } = await ServerProcess.failedStart({
      VAR_DIR: varDir,
      STORE_URL: 'postgres://bill:hunter2@127.0.0.1:1/bills',
    });

    expect(code).toBe(1);
    expect(errors).not.toContain('hunter2');
  });
});
