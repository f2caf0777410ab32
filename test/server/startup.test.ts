import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { HandSetClock } from '../contracts/turnStoreFixture';
import { nightly } from '../size';
import { ServerProcess } from './serverProcess';

// A start takes a second of processor time, and many wait for the processor right after an installation.
jest.setTimeout(90_000);

const dataDir = path.resolve(__dirname, '../../data');
const folder = mkdtempSync(path.join(tmpdir(), 'startup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let rows = 0;
/** A folder of this row alone, with where the server would write. */
function aPlace() {
  rows += 1;
  const own = path.join(folder, String(rows));
  mkdirSync(own);
  const varDir = path.join(own, 'var');
  const settings = { VAR_DIR: varDir, STORE_URL: `sqlite:${path.join(varDir, 'assistant.db')}` };
  return { own, varDir, settings };
}

/** It ended by itself, said one sentence (a line each, when several things are wrong) and nothing else. */
async function refuses(settings: Record<string, string>, named: RegExp): Promise<void> {
  const { code, output, errors } = await ServerProcess.failedStart(settings);
  expect(errors).toMatch(named);
  expect(errors).toMatch(/^[^\n]{10,400}\n$/);
  expect(errors).not.toMatch(/^\s+at /m);
  expect({ code, output }).toEqual({ code: 1, output: '' });
}

const dataFiles = readdirSync(dataDir).filter((name) => name.endsWith('.json'));
const harms: [string, (text: string) => string | undefined][] = [
  ['missing', () => undefined],
  ['cut in half', (text) => text.slice(0, text.length / 2)],
  ['of wrong types', (text) => text.replace(/: ?\[/, ': {"not":"a list"}, "rest": [')],
];

describe('starting with a data file that is wrong', () => {
  it('knows all eight files', () => {
    expect(dataFiles).toEqual([
      'channels.json',
      'claims.json',
      'demoLedger.json',
      'faq.json',
      'helplines.json',
      'holidays.json',
      'intents.json',
      'lexicon.json',
    ]);
  });

  // Each file in one way, at night in every way: a start takes a second.
  const harmed = dataFiles.flatMap((file, at) =>
    harms.filter((_, way) => at % harms.length === way || nightly).map((harm) => [file, ...harm] as const),
  );
  it.concurrent.each(harmed)(
    '%s %s: names it, exits with 1 and writes nothing',
    async (file, _name, harm) => {
      const { own, varDir, settings } = aPlace();
      const data = path.join(own, 'data');
      cpSync(dataDir, data, { recursive: true });
      const text = harm(readFileSync(path.join(data, file), 'utf8'));
      rmSync(path.join(data, file));
      if (text !== undefined) writeFileSync(path.join(data, file), text);

      await refuses({ ...settings, DATA_DIR: data }, new RegExp(file.replace('.', '\\.')));

      expect(existsSync(varDir)).toBe(false);
    },
  );
});

describe('starting with a setting that is wrong', () => {
  it.concurrent.each<[string, Record<string, string>, RegExp]>([
    ['a port that is none', { PORT: 'http' }, /^PORT must be/],
    ['F25: an open host without an app id', { HOST: '0.0.0.0' }, /^HOST must be a loopback address/],
    ['a store without a database', { STORE_URL: 'postgres://db' }, /^STORE_URL must be sqlite/],
    ['a data folder that is not there', { DATA_DIR: path.join(folder, 'nowhere') }, /nowhere.*missing/],
    ['a loud log', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of/],
  ])('%s: names it, exits with 1 and writes nothing', async (_name, wrong, named) => {
    const { varDir, settings } = aPlace();
    await refuses({ ...settings, ...wrong }, named);
    expect(existsSync(varDir)).toBe(false);
  });

  it('a busy port: names it, exits with 1 and writes nothing', async () => {
    const { varDir, settings } = aPlace();
    const busy = createServer();
    const port = await new Promise<number>((resolve) => {
      busy.listen(0, '127.0.0.1', () => resolve(Number(Object(busy.address()).port)));
    });
    await refuses({ ...settings, PORT: String(port) }, new RegExp(`^PORT ${port} is already in use`));
    expect(existsSync(varDir)).toBe(false);
    await new Promise((resolve) => busy.close(resolve));
  });
});

describe('starting where it cannot keep anything', () => {
  const harmless = (varDir: string) => readdirSync(varDir).sort();

  it.concurrent('VAR_DIR below a file: names it', async () => {
    const { own } = aPlace();
    writeFileSync(path.join(own, 'file'), 'text');
    const varDir = path.join(own, 'file', 'var');
    await refuses({ VAR_DIR: varDir, STORE_URL: `sqlite:${varDir}/assistant.db` }, /file\/var.*VAR_DIR/);
    expect(readFileSync(path.join(own, 'file'), 'utf8')).toBe('text');
  });

  it.concurrent('a folder in place of the database: names it, and makes no secrets', async () => {
    const { varDir, settings } = aPlace();
    mkdirSync(path.join(varDir, 'assistant.db'), { recursive: true });
    await refuses(settings, /assistant\.db cannot be opened/);
    expect(harmless(varDir)).toEqual(['assistant.db']);
  });

  it.concurrent('a text in place of the database: names it, leaves it, and makes no secrets', async () => {
    const { varDir, settings } = aPlace();
    mkdirSync(varDir);
    const diary = 'Dear diary. '.repeat(1_000);
    writeFileSync(path.join(varDir, 'assistant.db'), diary);
    await refuses(settings, /assistant\.db cannot be opened/);
    expect(readFileSync(path.join(varDir, 'assistant.db'), 'utf8')).toBe(diary);
    expect(harmless(varDir)).toEqual(['assistant.db']);
  });

  it.concurrent.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 5_000)],
    ['overwritten in a page', (bytes: Buffer) => Buffer.from(bytes).fill('x', 4_096, 4_112)],
    ['overwritten in its last page', (bytes: Buffer) => Buffer.from(bytes).fill('x', bytes.length - 4_096)],
  ])('F36: a database that was %s: names it', async (_name, harm) => {
    const { varDir, settings } = aPlace();
    const file = path.join(varDir, 'assistant.db');
    const clock = new HandSetClock();
    await openEmbeddedTurnStore({ file, clock }).close();
    writeFileSync(file, harm(readFileSync(file)));
    await refuses(settings, /assistant\.db (cannot be opened|is damaged)/);
  });

  it.concurrent.each([
    ['cut off', '{"version":1,'],
    ['empty', ''],
    ['of wrong types', '{"version":1,"directLineSecret":5}'],
  ])('secrets that are %s: names them, leaves them, and makes no database', async (_name, text) => {
    const { varDir, settings } = aPlace();
    mkdirSync(varDir);
    writeFileSync(path.join(varDir, 'secrets.json'), text);
    await refuses(settings, /secrets\.json is damaged/);
    expect(harmless(varDir)).toEqual(['secrets.json']);
    expect(readFileSync(path.join(varDir, 'secrets.json'), 'utf8')).toBe(text);
  });
});
