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
    const promised = [
      ...Array.from({ length: 16 }, (_, n) => n + 1),
      18,
      20,
      23,
      25,
      27,
      28,
      29,
      30,
      35,
      38,
      40,
      42,
    ].map((n) => `F${n}`);
    expect(rows.map(({ row }) => row)).toEqual(promised);
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
