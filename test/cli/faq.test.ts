import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { z } from 'zod';
import { streamOf } from '../../services/journal/journal';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { DataFolder } from '../services/content/dataFolder';

const root = path.resolve(__dirname, '../..');
let folder: string;
let data: DataFolder;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'cli-'));
  data = new DataFolder();
  buildSync({
    entryPoints: [path.join(root, 'bot', 'cli', 'faq.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['libsql'],
    outdir: folder,
    logLevel: 'error',
  });
  const store = openEmbeddedTurnStore({ file: path.join(folder, 'assistant.db'), clock: { now: () => 0 } });
  const note = { language: 'ko', topic: 'late_fee', confidence: 0.3, alternatives: [] };
  const stream = (subject: string) => streamOf('unanswered', subject);
  await store.appendJournal(
    [
      ...['쟈근 깜장 코끼리 언제 와요', '쟈근 깜장 코끼리 언제 오나요', '쟈근 깜장 코끼리 언제 와여'].map(
        (text) => ({
          stream: stream(text),
          body: { ...note, text, outcome: 'unknown' },
        }),
      ),
      ...[0, 1, 2].map((at) => ({
        stream: stream(`web/${at}`),
        body: { ...note, text: '쟈근 깜장 코끼리 언제 와요', outcome: 'picked', topic: 'payment_delay' },
      })),
    ],
    0,
  );
  await store.close();
});

afterAll(() => {
  data.remove();
  rmSync(folder, { recursive: true, force: true });
});

function faq(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(process.execPath, [path.join(folder, 'faq.js'), ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
    env: {
      ...process.env,
      NODE_PATH: path.join(root, 'node_modules'),
      DATA_DIR: data.path,
      STORE_URL: `sqlite:${path.join(folder, 'assistant.db')}`,
      ...env,
    },
  });
}

const suggestions = z.array(
  z.object({
    number: z.number(),
    count: z.number(),
    proposal: z.object({ kind: z.string() }),
    examples: z.array(z.string()),
  }),
);

describe('npm run faq', () => {
  it('suggest proposes, --accept writes it down, and the database stays as it was', () => {
    const database = readFileSync(path.join(folder, 'assistant.db'));
    const before = data.read('intents.json');

    const listed = suggestions.parse(JSON.parse(faq(['suggest', '--json']).stdout));
    expect(listed).toMatchObject([{ number: 1, count: 3, proposal: { kind: 'examples' } }]);
    expect(data.read('intents.json')).toBe(before);

    const { stdout, status } = faq([
      'suggest',
      '--accept',
      '1',
      '--topic',
      'payment_delay',
      '--style',
      'slang',
    ]);
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining('payment_delay, ko, slang: 쟈근 깜장 코끼리 언제 와요'),
    ]);
    const lines = new Set(before.split('\n'));
    expect(
      data
        .read('intents.json')
        .split('\n')
        .filter((line) => !lines.has(line))
        .sort(),
    ).toEqual(
      (listed[0]?.examples ?? []).map((text) => `        { "text": "${text}", "style": "slang" },`).sort(),
    );
    expect(readFileSync(path.join(folder, 'assistant.db'))).toEqual(database);
  }, 90_000);

  it('check exits with 1 on an error and names file, line and place', () => {
    data.replace('faq.json', '"claims": ["S4"]', '"claims": ["S99"]');

    const { stdout, status } = faq(['check']);

    expect(status).toBe(1);
    expect(stdout).toMatch(
      /^error +\S*faq\.json:\d+ articles\[0\]\.answers\.ko\.sentences\[1\]: The claim S99 does not exist in claims\.json\.$/m,
    );
    expect(stdout).toMatch(/^\d+ errors, \d+ warnings$/m);
  }, 90_000);

  it.each([
    [[], /^Usage: npm run faq -- check/],
    [['mend'], /^Usage: /],
    [['suggest', '--accept', 'x'], /^Usage: /],
    [['suggest', '--accept', '1', '--topic', 'weather'], /^There is no topic "weather"; there are: /],
    [['suggest', '--accept', '1', '--style', 'loud'], /^There is no style "loud"; there are: /],
  ])('explains itself for %j', (args, sentence) => {
    const { stderr, status } = faq(args);

    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
  });

  it('makes no database where there is none', () => {
    const { stderr, status } = faq(['suggest'], { STORE_URL: `sqlite:${path.join(folder, 'none.db')}` });

    expect([status, stderr.trim()]).toEqual([
      1,
      `STORE_URL: there is no database ${path.join(folder, 'none.db')}.`,
    ]);
  });
});
