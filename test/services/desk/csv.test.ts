import fc from 'fast-check';
import { csv } from '../../../services/desk/csv';
import { sized } from '../../size';

/** A reader of RFC 4180, apart from the writer. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    expect(text[at]).toBe('"');
    let value = '';
    for (at += 1; !(text[at] === '"' && text[at + 1] !== '"'); at += 1) {
      value += text[at];
      if (text[at] === '"') at += 1;
    }
    rows.at(-1)?.push(value);
    at += 1;
    if (text[at] === ',') at += 1;
    else {
      expect(text.slice(at, at + 2)).toBe('\r\n');
      at += 2;
      if (at < text.length) rows.push([]);
    }
  }
  return rows;
}

describe('F31: exports', () => {
  it.each([
    "=cmd|' /C calc'!A0",
    '+1+1',
    '-2+3',
    '@SUM(1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\u200b=1',
    '＝1',
    '＠SUM(1)',
  ])('make no formula of %p (F31)', (text) => {
    expect(parse(csv([[text]]).slice(1))[0]?.[0]).toBe(`'${text}`);
  });

  it('leave ordinary words alone', () => {
    expect(csv([['김상담', 'a,b "c"', 12]])).toBe('\uFEFF"김상담","a,b ""c""","12"\r\n');
  });

  it('keep every field, and begin none like a formula', () => {
    const field = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1 }), { minLength: 1 }), (rows) => {
        const read = parse(csv(rows).slice(1));
        expect(read.map((row) => row.map((text) => text.replace(/^'/, '')))).toEqual(
          rows.map((row) => row.map((text) => text.replace(/^'/, ''))),
        );
        for (const text of read.flat()) expect(text).not.toMatch(/^[\s\p{C}]*[=+\-@]/u);
      }),
      { numRuns: sized(200, 5_000) },
    );
  });
});
