import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import { prepareEnglishDates } from '../../../../services/intent/entities/englishDateTime';
import { findEntities } from '../../../../services/intent/entities/findEntities';
import { sized } from '../../../size';

const nowMs = Date.parse('2026-11-22T14:30:00+09:00');

const utterance = z.object({ text: z.string() });

/** What customers' numbers, dates and amounts are made of, so that chance builds near misses. */
const pieces = fc.constantFrom(
  ...'공영일이삼사오육칠팔구십백천만억조원월년시분반한두세네열0123456789,./-:% '.split(''),
  ...'지난달 다음 이번 주 말일 내일 모레 어제 금요일 번째 개월 전 뒤 까지 오후 아침 납부일 KRW won 010 ₩ O ㅇㅇ 네 아니요 next May last th am 퍼센트'.split(
    ' ',
  ),
);
const text = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

describe('the entities of any text', () => {
  it('stand where they say, in order, apart from one another, and are the same each time', () => {
    fc.assert(
      fc.property(text, fc.option(fc.integer({ min: 0, max: 4e12 }), { nil: undefined }), (message, at) => {
        const entities = findEntities(message, at);
        let end = 0;
        for (const entity of entities) {
          expect(entity.start).toBeGreaterThanOrEqual(end);
          expect(entity.end).toBeGreaterThan(entity.start);
          expect(entity.end).toBeLessThanOrEqual(message.length);
          expect(entity.text).toBe(message.slice(entity.start, entity.end));
          end = entity.end;
        }
        expect(findEntities(message, at)).toEqual(entities);
      }),
      { numRuns: sized(1_500, 60_000) },
    );
  });

  it('have values of their shape', () => {
    const shapes = {
      date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
      month: /^\d{4}-(0[1-9]|1[0-2])$/,
      time: /^([01]\d|2[0-3]):[0-5]\d$/,
      phoneNumber: /^01\d{8,9}$/,
      code: /^(\d{6}|\d{8})$/,
      confirmation: /^(yes|no)$/,
      amount: /^\d+$/,
      ordinal: /^[1-9]\d*$/,
      percent: /^-?[\d.e-]+$/,
      count: /^\d+$/,
    };
    fc.assert(
      fc.property(text, (message) => {
        for (const { type, value } of findEntities(message, nowMs))
          expect(String(value)).toMatch(shapes[type]);
      }),
      { numRuns: sized(1_500, 60_000) },
    );
  });

  it.each([
    ['figures', '1 '],
    ['amounts', '삼만오천 '],
    ['numerals', '일이삼사오육칠팔구십'],
    ['dates', '10월 25일 '],
    ['spans', '2년 1개월 21일 '],
    ['English dates', 'next friday 10/25 '],
    ['letters O', 'O1O'],
    ['lone surrogates', '\ud800'],
  ])('of 100,000 characters of %s take no more than 50 ms of the processor', (_what, piece) => {
    const message = piece.repeat(Math.ceil(100_000 / piece.length)).slice(0, 100_000);
    prepareEnglishDates();
    findEntities('2번째 5% 3만원', nowMs);
    const startedAt = process.cpuUsage();

    findEntities(message, nowMs);

    const { user, system } = process.cpuUsage(startedAt);
    expect((user + system) / 1_000).toBeLessThan(50);
  });

  it('take no more than 300 µs in the median of real messages', () => {
    const messages = readFileSync(path.resolve(__dirname, '../heldOut.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => utterance.parse(JSON.parse(line)).text);
    for (const message of messages) findEntities(message, nowMs);

    const micros = messages.map((message) => {
      const startedAt = performance.now();
      findEntities(message, nowMs);
      return (performance.now() - startedAt) * 1_000;
    });

    expect(micros.sort((one, other) => one - other)[Math.floor(micros.length / 2)]).toBeLessThan(300);
  });
});
