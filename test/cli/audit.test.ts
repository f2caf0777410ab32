import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import Database from 'libsql';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { aFolder } from '../store/embeddedFixture';

const tool = aFolder();
const program = path.join(tool.path, 'audit.cjs');
const file = path.join(tool.path, 'assistant.db');
const headsFile = path.join(tool.path, 'heads.log');

function audit(...args: string[]) {
  const env = {
    PATH: process.env.PATH,
    NODE_PATH: path.join(__dirname, '../../node_modules'),
    STORE_URL: `sqlite:${file}`,
  };
  const cwd = path.join(tool.path, 'empty');
  mkdirSync(cwd, { recursive: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env,
    cwd,
  });
  return { status, output: stdout + stderr };
}

function inDatabase(sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
}

beforeAll(async () => {
  buildSync({
    entryPoints: [path.join(__dirname, '../../bot/cli/audit.ts')],
    bundle: true,
    platform: 'node',
    outfile: program,
    external: ['libsql', 'pg-native'],
    logLevel: 'error',
  });
});
afterAll(() => tool.remove());

describe('npm run audit', () => {
  it('makes no database where there is none', () => {
    expect(audit('verify')).toEqual({
      status: 1,
      output: expect.stringMatching(/^STORE_URL: there is no database/),
    });
  });

  it('finds a database sound, then each thing that is done to it', async () => {
    const now = Date.now();
    const store = openEmbeddedTurnStore({ file, clock: { now: () => now } });
    for (const line of ['line-1', 'line-2', 'line-3'])
      await store.appendJournal([{ stream: 'audit/4', body: { kind: 'verified', line } }], now);
    await store.close();

    const heads = audit('heads');
    expect(heads).toEqual({ status: 0, output: expect.stringMatching(/^audit\/4 seq3 [\da-f]{64} .*Z\n$/) });
    writeFileSync(headsFile, `{"level":"info","heads":["${heads.output.trim()}"],"msg":"audit heads"}\n`);
    expect(audit('verify', '--heads', headsFile)).toEqual({
      status: 0,
      output: '3 rows, 1 heads, nothing was changed\n',
    });

    inDatabase("DELETE FROM journal WHERE stream = 'audit/4' AND seq = 3");
    expect(audit('verify').status).toBe(0);
    expect(audit('verify', '--heads', headsFile)).toEqual({
      status: 1,
      output: 'audit/4 row 3: cutTail\n2 rows, 1 heads, 1 problems\n',
    });

    inDatabase(`UPDATE journal SET body = '{"kind":"verified","line":"line-9"}' WHERE seq = 1`);
    expect(audit('verify')).toEqual({
      status: 1,
      output: 'audit/4 row 1: changed\n2 rows, 0 heads, 1 problems\n',
    });
  });

  it.each([[[]], [['verify', '--heads']], [['heads', 'x']], [['forge']]])(
    'says how it is used for %j',
    (args) => {
      expect(audit(...args)).toEqual({ status: 1, output: expect.stringMatching(/^Usage: /) });
    },
  );
});
