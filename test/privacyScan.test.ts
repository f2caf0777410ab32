import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import Database from 'libsql';
import { personalTraces, tracesInBytes } from '../bot/cli/personalTraces';
import { aFolder } from './store/embeddedFixture';

const known = { codes: new Set(['482915', '73920146']), names: ['홍길동'] };
const ci = `${'aB3+'.repeat(21)}aB==`;

/** One of each kind, as customers, agencies and gateways write it. */
const planted: readonly [string, string][] = [
  ['residentNumber', '900101-1234567'],
  ['residentNumber', '９００１０１ １２３４５６７'],
  ['phoneNumber', '010-0000-1001'],
  ['phoneNumber', '01000001001'],
  ['phoneNumber', '+82 10 0000 1001'],
  ['cardNumber', '1234-5678-9012-3456'],
  ['email', 'hong@example.co.kr'],
  ['token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln'],
  ['token', ci],
  ['code', '482915'],
  ['code', '73920146'],
  ['name', '홍길동'],
];
const said = (value: string) => `제 정보는 ${value} 입니다`;

/** Writes a text somewhere into a file. */
const containers: readonly [string, (folder: string, text: string) => void][] = [
  ['a text', (folder, text) => writeFileSync(path.join(folder, 'a.txt'), `first line\n${text}\nlast`)],
  [
    'a log',
    (folder, text) => {
      const lines = [
        { level: 'info', msg: 'ok' },
        { level: 'warn', deep: [{ text }] },
      ];
      writeFileSync(path.join(folder, 'a.log'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    },
  ],
  [
    'JSON with escapes',
    (folder, text) => {
      const escaped = text.replace(
        /[^\x20-\x7e]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
      writeFileSync(path.join(folder, 'a.json'), `{"text":"${escaped}"}`);
    },
  ],
  [
    'a JSON key',
    (folder, text) => writeFileSync(path.join(folder, 'a.json'), JSON.stringify({ list: [{ [text]: 1 }] })),
  ],
  [
    'JSON in JSON',
    (folder, text) =>
      writeFileSync(path.join(folder, 'a.json'), JSON.stringify({ payload: JSON.stringify({ text }) })),
  ],
  ['a zipped file', (folder, text) => writeFileSync(path.join(folder, 'a.gz'), gzipSync(text))],
  [
    'a file zipped twice',
    (folder, text) => writeFileSync(path.join(folder, 'a.gz'), gzipSync(gzipSync(text))),
  ],
  [
    'base64',
    (folder, text) => writeFileSync(path.join(folder, 'a.txt'), `x=${Buffer.from(text).toString('base64')};`),
  ],
  [
    'base64 for URLs',
    (folder, text) =>
      writeFileSync(path.join(folder, 'a.txt'), `?x=${Buffer.from(text).toString('base64url')}&y`),
  ],
  [
    'a URL',
    (folder, text) =>
      writeFileSync(path.join(folder, 'a.txt'), `GET /?q=${encodeURIComponent(text)}&y=1 HTTP/1.1`),
  ],
  [
    'base64 in JSON in a URL',
    (folder, text) => {
      const json = JSON.stringify({ state: Buffer.from(text).toString('base64') });
      writeFileSync(path.join(folder, 'a.txt'), `GET /?q=${encodeURIComponent(json)}`);
    },
  ],
  [
    'a deep folder',
    (folder, text) => {
      mkdirSync(path.join(folder, 'a', 'b'), { recursive: true });
      writeFileSync(path.join(folder, 'a', 'b', 'c'), text);
    },
  ],
  ['a table', (folder, text) => table(folder, text, 'DELETE')],
  ['a zipped cell', (folder, text) => table(folder, gzipSync(text), 'DELETE')],
  ['a write-ahead log', (folder, text) => table(folder, JSON.stringify({ text }), 'WAL')],
];

/** Left open where the change shall stay in the write-ahead log. */
const open: Database.Database[] = [];
function table(folder: string, cell: string | Buffer, mode: 'DELETE' | 'WAL'): void {
  const db = new Database(path.join(folder, 'a.db'));
  db.pragma(`journal_mode = ${mode}`);
  db.exec('CREATE TABLE kept (id INTEGER PRIMARY KEY, cell)');
  db.prepare('INSERT INTO kept (cell) VALUES (?)').run([cell]);
  if (mode === 'WAL') open.push(db);
  else db.close();
}

const tool = aFolder();
const program = path.join(tool.path, 'scan.cjs');
beforeAll(() => {
  buildSync({
    entryPoints: [path.join(__dirname, '../bot/cli/scan.ts')],
    bundle: true,
    platform: 'node',
    outfile: program,
    external: ['libsql'],
  });
});
afterAll(() => {
  for (const db of open) db.close();
  tool.remove();
});

function scan(...args: string[]) {
  const env = { ...process.env, NODE_PATH: path.join(__dirname, '../node_modules') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    env,
  });
  return { status, output: stdout + stderr };
}

describe('F44: the scan for personal data', () => {
  it.each(containers)('finds every kind in %s, and repeats none', (_, plant) => {
    const folder = aFolder();
    const codes = path.join(tool.path, 'codes');
    const names = path.join(tool.path, 'names');
    writeFileSync(codes, '482915\n73920146\n');
    writeFileSync(names, '홍길동\n');
    for (const [index, [, value]] of planted.entries()) {
      const place = path.join(folder.path, `${index}`);
      mkdirSync(place);
      plant(place, said(value));
    }
    const { status, output } = scan(folder.path, '--codes', codes, '--names', names);
    expect(status).toBe(1);
    for (const [index, [kind, value]] of planted.entries()) {
      expect(output).toMatch(new RegExp(`^${index}/.*: ${kind} \\(`, 'm'));
      expect(output).not.toContain(value);
    }
    for (const db of open.splice(0)) db.close();
    folder.remove();
  });

  it('finds nothing in what redaction leaves, in times, ids, amounts and the call centre', () => {
    const folder = aFolder();
    const harmless = {
      text: '010-****-1001, ****3456, ******, [주민번호 삭제됨], ***@***, [token]',
      amount: '35,000원, 154000원',
      at: 1_795_335_600_000,
      iso: '2026-11-22T08:20:00.123Z',
      id: '550e8400-e29b-41d4-a716-446655440000',
      hash: '0123456789abcdef'.repeat(4),
      call: '1588-0010',
      field: '010-0000-0000',
      ratio: 0.212345678,
    };
    writeFileSync(path.join(folder.path, 'a.json'), JSON.stringify(harmless));
    table(folder.path, JSON.stringify(harmless), 'DELETE');
    expect(scan(folder.path, '--databases', '1')).toEqual({
      status: 0,
      output: expect.stringMatching(/^2 files, 1 databases, \d+ pieces, 0 codes: 0 hits\n$/),
    });
    expect(scan(folder.path, '--databases', '2')).toMatchObject({ status: 1 });
    folder.remove();
  });

  it('finds what was deleted but not overwritten', () => {
    const bytes = Buffer.concat([
      Buffer.from([0, 255, 128]),
      Buffer.from(['', '010-0000-1001', '900101-1234567', ''].join('\0')),
    ]);
    expect([...tracesInBytes(bytes).keys()].sort()).toEqual(['phoneNumber', 'residentNumber']);
    expect([...tracesInBytes(Buffer.from(['', '010-0000-0000', '900101-9234567', ''].join('\0')))]).toEqual(
      [],
    );
  });

  it('takes no amount and no part of an id for a code', () => {
    const texts = [
      '482,915원',
      '482915,00',
      'id482915',
      '1.482915',
      '482915-1',
      '1-482915',
      '%482915',
      '0482915',
    ];
    for (const text of texts) expect([...personalTraces(text, known).keys()]).toEqual([]);
    const metrics = '# TYPE waited summary\nwaited_sum{kind="a b"} 12.0211234567\nwaited_count 3';
    expect([...personalTraces(metrics, known).keys()]).toEqual([]);
    const link = 'https://bill.example/identity/start?t=eyJhbGciOiJkaXIifQ..c2ln.c2ln.c2ln';
    expect([...personalTraces(`본인 인증하기: ${link}`, known).keys()]).toEqual([]);
    const calendar = link.replace('identity/start', 'reminders/calendar.ics');
    expect([...personalTraces(`[Google](${calendar})`, known).keys()]).toEqual([]);
    expect([...personalTraces(link.replace('start', 'other'), known).keys()]).toEqual(['token']);
    expect([...personalTraces('code=482915.', known).keys()]).toEqual(['code']);
    expect([...personalTraces('{"code":482915}', known).keys()]).toEqual(['code']);
  });

  it('fails on a file that it cannot read', () => {
    const folder = aFolder();
    writeFileSync(
      path.join(folder.path, 'a.gz'),
      Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(20, 7)]),
    );
    expect(scan(folder.path)).toMatchObject({
      status: 1,
      output: expect.stringContaining('a.gz: unreadable'),
    });
    folder.remove();
  });

  it.each([[[]], [['a', 'b']], [['--colour']], [['/nowhere/at/all']], [['.', '--codes', '/nowhere']]])(
    'says what is wrong with %j',
    (args) => {
      const { status, output } = scan(...args);
      expect(status).toBe(1);
      expect(output).toMatch(/^(Usage: |There is no folder |\/nowhere cannot be read)/);
    },
  );
});
