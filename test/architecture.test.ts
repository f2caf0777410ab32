import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..');

/** Which rooms a room may import from, besides itself and packages (docs/rooms.md draws it). */
const mayImport: Record<string, readonly string[]> = {
  strings: [],
  services: [],
  store: ['services'],
  channels: ['services'],
  cards: ['services', 'strings'],
  dialogs: ['cards', 'services', 'strings'],
  bot: ['channels', 'cards', 'dialogs', 'services', 'store', 'strings'],
};

/** The archived SDK stays behind these rooms, so that it can be replaced. */
const sdkRooms = new Set(['bot', 'dialogs', 'channels', 'cards']);
const sdk = /^(botbuilder|botframework-|restify)/;

interface Import {
  readonly file: string;
  readonly target: string;
  readonly line: string;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(folder, name));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const lines =
    text.match(
      /(?:import|export)\b[^;'"]*?from\s*['"][^'"]+['"]|import\s*\(\s*['"][^'"]+['"]|import\s*['"][^'"]+['"]|require\(\s*['"][^'"]+['"]/gs,
    ) ?? [];
  return lines.map((line) => ({ file, line, target: line.match(/['"]([^'"]+)['"]/)?.[1] ?? '' }));
}

function roomOf(file: string, target: string): string | undefined {
  if (!target.startsWith('.')) return undefined;
  return path.relative(root, path.resolve(root, path.dirname(file), target)).split(path.sep)[0];
}

describe('architecture', () => {
  const rooms = Object.keys(mayImport);
  const imports = rooms.flatMap((room) => sourceFiles(room).flatMap(importsOf));

  it('finds the imports of every room', () => {
    for (const room of rooms)
      expect(imports.filter(({ file }) => file.startsWith(room)).length).toBeGreaterThan(0);
  });

  it.each(rooms)('%s imports only rooms below it', (room) => {
    const wrong = imports
      .filter(({ file }) => file.startsWith(`${room}${path.sep}`))
      .filter(({ file, target }) => {
        const targetRoom = roomOf(file, target);
        return targetRoom !== undefined && targetRoom !== room && !mayImport[room]?.includes(targetRoom);
      });
    expect(wrong).toEqual([]);
  });

  it('keeps the SDK out of services, store and strings', () => {
    const wrong = imports.filter(
      ({ file, target }) => !sdkRooms.has(file.split(path.sep)[0] ?? '') && sdk.test(target),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps the SDK out of cards, their renderers excepted', () => {
    const inCards = imports.filter(
      ({ file }) => file.startsWith('cards') && !file.startsWith(path.join('cards', 'render')),
    );
    expect(inCards.filter(({ target }) => sdk.test(target))).toEqual([]);
  });

  it('lets only the identity service mint a proof', () => {
    const minting = imports.filter(({ line }) => line.includes('mintProof')).map(({ file }) => file);
    expect(minting).toEqual([path.join('services', 'identity', 'identityService.ts')]);
  });

  it('reads the environment in bot/config.ts alone', () => {
    const readers = rooms
      .flatMap(sourceFiles)
      .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('process.env'));
    expect(readers).toEqual([path.join('bot', 'config.ts')]);
  });

  it('draws nothing from Math.random', () => {
    const careless = rooms
      .flatMap(sourceFiles)
      .filter((file) => readFileSync(path.join(root, file), 'utf8').includes('Math.random'));
    expect(careless).toEqual([]);
  });
});
