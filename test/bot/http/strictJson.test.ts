import * as fc from 'fast-check';
import { parseStrictJson } from '../../../bot/http/strictJson';
import { BadRequestError } from '../../../services/errors';

describe('strict JSON', () => {
  it('reads whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never takes what JSON.parse refuses, and throws nothing else', () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      '\\u0041',
      'a',
      '1',
      '-',
      'e',
      '.',
      'null',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 14 }), (fragments) => {
        const text = fragments.join('');
        const plain = outcome(() => JSON.parse(text));
        const strict = outcome(() => parseStrictJson(text));
        if (strict.error !== undefined) expect(strict.error).toBeInstanceOf(BadRequestError);
        else expect(strict).toEqual(plain);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ['{"a":1,"a":2}', 'twice'],
    ['{"a":{"b":1},"c":[{"b":1}],"\\u0061":2}', 'twice'],
    ['[1e999]', 'range'],
    ['[-1e999]', 'range'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'deeper'],
    [`{"${'k'.repeat(257)}":1}`, 'longer'],
  ])('refuses %.30s', (text, word) => {
    expect(() => parseStrictJson(text)).toThrow(word);
  });

  it.each([
    `${'['.repeat(32)}${']'.repeat(32)}`,
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a"}',
    '{"a":{"a":{"a":1}}}',
    `{"${'k'.repeat(256)}":1}`,
    '[0,-0,1.5e308,1e-999]',
    '{"text":"[[[{{{ \\" 1e999 \\\\"}',
  ])('takes %.40s', (text) => {
    expect(parseStrictJson(text)).toEqual(JSON.parse(text));
  });

  it('F4: decides on 256 KiB in less than 50 ms of CPU', () => {
    const worst = [
      '['.repeat(262_144),
      '{"a":'.repeat(52_000),
      `{${'"":1,'.repeat(52_000)}"z":1}`,
      `"${'\\'.repeat(262_142)}"`,
      `{"${'\\u0061'.repeat(43_000)}":1}`,
      '1'.repeat(262_144),
      `[${'1e,'.repeat(87_000)}1]`,
    ];
    for (const text of worst) {
      outcome(() => parseStrictJson(text));
      const before = process.cpuUsage();
      outcome(() => parseStrictJson(text));
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(50);
    }
  });

  it('says nothing of what was sent', () => {
    const { error } = outcome(() => parseStrictJson('{"phone":"010-0000-1001"'));
    expect(String(error)).not.toContain('010');
    expect(error).not.toHaveProperty('cause');
  });
});

function outcome(run: () => unknown): { value?: unknown; error?: unknown } {
  try {
    return { value: run() };
  } catch (error) {
    return { error };
  }
}
