import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const rows = readFileSync(path.join(root, 'docs/faults.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const row = /^\| (F\d+) +\|/.exec(line)?.[1];
    const files = [...line.matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file ?? '');
    return row === undefined ? [] : [{ row, files }];
  });

describe('docs/faults.md', () => {
  it('lists every row that this version promises', () => {
    const promised = Array.from({ length: 44 }, (_, n) => `F${n + 1}`);
    expect(rows.map(({ row }) => row)).toEqual(promised);
    // Its tests carry numbers of their own.
    expect(rows.filter(({ files }) => files.length === 0).map(({ row }) => row)).toEqual(['F26']);
  });

  it.each(rows.flatMap(({ row, files }) => files.map((file) => [row, file])))(
    'names for %s a test of %s that carries its number',
    (row, file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      // In a title, not in a comment: a quote, or another row, stands before it.
      expect(text).toMatch(new RegExp(`['"\`](?:F\\d+, )*${row}(?:, F\\d+)*:`));
    },
  );
});
