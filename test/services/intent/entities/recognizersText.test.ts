import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ModelResult } from '@microsoft/recognizers-text';
import { ChoiceRecognizer } from '@microsoft/recognizers-text-choice';
import { NumberRecognizer } from '@microsoft/recognizers-text-number';
import { SequenceRecognizer } from '@microsoft/recognizers-text-sequence';
import { z } from 'zod';
import { koreanDateTimeModel } from '../../../../services/intent/entities/dateTime';
import { findEntities } from '../../../../services/intent/entities/findEntities';

const culture = 'ko-kr';
const folder = path.resolve(__dirname, '../../../fixtures/recognizersText');

const specification = z.object({
  input: z.string(),
  reference: z.string().optional(),
  results: z.array(
    z.object({
      text: z.string(),
      type: z.string(),
      timex: z.string().optional(),
      values: z.array(z.string()),
      relativeTo: z.string().optional(),
      unit: z.string().optional(),
    }),
  ),
});
type Case = z.infer<typeof specification>;

const moments = z.object({
  values: z.array(
    z.object({ value: z.string().optional(), start: z.string().optional(), end: z.string().optional() }),
  ),
});

interface Suite {
  readonly name: string;
  /** How many of the cases that apply must hold. */
  readonly floor: number;
  readonly holds: (spec: Case) => boolean;
  /** Why a case has nothing to do with bills; undefined when it applies. */
  readonly outside: (spec: Case) => string | undefined;
}

function casesOf(name: string): Case[] {
  return readFileSync(path.join(folder, `${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => specification.parse(JSON.parse(line)));
}

/** The specification writes "7시에" in one place and "7시" in another for the same time. */
function words(text: string): string {
  return text.trim().replace(/\s+/g, ' ').replace(/에$/, '').replace(/[.,]$/, '').replace(/의$/, '');
}

function same(
  spec: Case,
  results: readonly ModelResult[],
  valuesOf: (result: ModelResult) => string[],
): boolean {
  if (results.length !== spec.results.length) return false;
  return spec.results.every((expected) =>
    results.some(
      (result) =>
        words(result.text) === words(expected.text) &&
        [...valuesOf(result)].sort().join() === [...expected.values].sort().join(),
    ),
  );
}

const plainValue = ({ resolution }: ModelResult) => [String(resolution.value)];

function momentValues({ resolution }: ModelResult): string[] {
  return moments
    .parse(resolution)
    .values.map(({ value, start, end }) => value ?? `${start ?? ''}/${end ?? ''}`);
}

function parseDateTime({ input, reference }: Case): ModelResult[] {
  const at = Date.parse(`${(reference ?? '2016-11-07T00:00:00').slice(0, 19)}+09:00`);
  return koreanDateTimeModel().parse(input, new Date(at));
}

/** A model that was asked once stands in the packages' own registry, where every recogniser finds it. */
findEntities('네', 0);
findEntities('두 번째로 5% 3만원을 내일 010-0000-1001로', 0);
const numbers = new NumberRecognizer(culture);
const phones = new SequenceRecognizer(culture);

const suites: readonly Suite[] = [
  {
    name: 'number',
    floor: 95,
    holds: (spec) =>
      same(spec, numbers.getNumberModel(culture, false).parse(spec.input), ({ resolution }) => [
        String(Number(resolution.value)),
      ]),
    outside: ({ results, input }) => {
      if (results.some(({ type }) => /fraction/.test(type))) return 'fraction';
      if (results.some(({ type }) => /power/.test(type))) return 'power';
      if (/IP|전화|\d+\.\d+\.\d+\.\d+/.test(input)) return 'pieces of an address or phone number';
      if (/\d \d{3}/.test(input)) return 'thousands set apart by spaces';
      return undefined;
    },
  },
  {
    name: 'ordinal',
    floor: 42,
    holds: (spec) => same(spec, numbers.getOrdinalModel(culture, false).parse(spec.input), plainValue),
    outside: ({ results }) => {
      if (results.some(({ relativeTo }) => relativeTo === 'current')) return 'relative to the current one';
      if (results.some(({ text }) => /에서|의 옆|끝/.test(text))) return 'counted from the end';
      if (results.some(({ text }) => /일$/.test(text))) return 'day of a month (a date here)';
      return undefined;
    },
  },
  {
    name: 'percent',
    floor: 30,
    holds: (spec) => same(spec, numbers.getPercentageModel(culture, false).parse(spec.input), plainValue),
    outside: () => undefined,
  },
  {
    name: 'currency',
    floor: 96,
    // None is of won: the number must be read, and never be taken for won.
    holds: ({ input, results }) => {
      const read = numbers.getNumberModel(culture, false).parse(input);
      return (
        results.every(({ values: [value = ''], text }) =>
          read.some(
            (number) => Number(number.resolution.value) === Number(value) && text.startsWith(number.text),
          ),
        ) && !findEntities(input).some(({ type }) => type === 'amount')
      );
    },
    outside: ({ results }) => {
      if (results.some(({ values: [value = ''] }) => !/^\d/.test(value))) return 'currency without an amount';
      if (results.some(({ text }) => /달러.*\d.*센트|와 \d|마오/.test(text)))
        return 'main unit and cents in one';
      return undefined;
    },
  },
  {
    name: 'boolean',
    floor: 5,
    holds: (spec) =>
      same(spec, new ChoiceRecognizer(culture).getBooleanModel(culture, false).parse(spec.input), plainValue),
    outside: ({ input }) => (input.length > 12 ? 'yes or no inside a longer sentence' : undefined),
  },
  {
    name: 'phoneNumber',
    floor: 1,
    // The only case is of another country: no number that a code could go to.
    holds: ({ input }) => phones.getPhoneNumberModel(culture, false).parse(input).length === 0,
    outside: () => undefined,
  },
  {
    name: 'date',
    floor: 148,
    holds: (spec) => same(spec, parseDateTime(spec), momentValues),
    outside: ({ results, input }) => {
      if (results.some(({ values }) => values.includes('0001-01-01'))) return 'a day that does not exist';
      if (results.some(({ text }) => !input.includes(text))) return 'expects words that are not in the input';
      return undefined;
    },
  },
  {
    name: 'time',
    floor: 53,
    // The parser's specification has the hour as it was said: one of our candidates.
    holds: ({ input, results }) => {
      const found = parseDateTime({ input, results: [] });
      return results.every(({ text, values }) =>
        found.some(
          (result) => words(result.text) === words(text) && momentValues(result).includes(values[0] ?? ''),
        ),
      );
    },
    outside: ({ results, input }) =>
      results.some(({ text }) => !input.includes(text.trim()))
        ? 'expects words that are not in the input'
        : undefined,
  },
  {
    name: 'dateTime',
    floor: 83,
    holds: (spec) => same(spec, parseDateTime(spec), momentValues),
    outside: ({ results, input }) => {
      if (results.some(({ text }) => text.trim() === '' || !input.includes(text.trim())))
        return 'expects words that are not in the input';
      if (results.some(({ type }) => type === 'duration')) return 'duration';
      if (results.some(({ type }) => type === 'set')) return 'repeated';
      if (results.some(({ type }) => /timerange/.test(type))) return 'range of time';
      if (
        results.some(({ timex = '', type }) => type === 'daterange' && !/^(?:\d{4}|XXXX)-\d\d$/.test(timex))
      )
        return 'range of days';
      if (
        results.some(
          ({ type, values }) => type === 'daterange' && values.some((v) => !/01\/\d{4}-\d\d-01$/.test(v)),
        )
      )
        return 'range of days';
      if (/기념일/.test(input)) return 'holiday';
      if (
        results.some(
          ({ text, timex = '' }) =>
            /지금|이내|PRESENT/.test(text + timex) || (/분|초/.test(text) && /안에|내$|부터/.test(text)),
        )
      )
        return 'minutes from now';
      return undefined;
    },
  },
];

describe('the Korean specifications of Recognizers-Text', () => {
  const table = suites.map((suite) => {
    const cases = casesOf(suite.name);
    const applying = cases.filter((spec) => suite.outside(spec) === undefined);
    const broken = applying.filter((spec) => !suite.holds(spec));
    return { suite, cases, applying, broken };
  });

  it.each(table)('$suite.name: enough of what applies to bills holds', ({ suite, applying, broken }) => {
    expect(applying.length - broken.length).toBeGreaterThanOrEqual(suite.floor);
  });

  afterAll(() => {
    process.stdout.write(
      [
        'model        cases  apply  hold',
        ...table.map(({ suite, cases, applying, broken }) =>
          [suite.name.padEnd(12), cases.length, applying.length, applying.length - broken.length].join('\t'),
        ),
        '',
      ].join('\n'),
    );
  });
});
