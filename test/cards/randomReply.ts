import fc from 'fast-check';
import type { Reply } from '../../cards/reply';

/** Texts as people and billing systems write them: Korean, numbers, long words, line breaks, emoji, nothing. */
const word = fc.oneof(
  fc.constantFrom(
    '미납요금이',
    '35,000원',
    '1,234,567원',
    '2026-11-25',
    '010-****-1001',
    '납부해요.',
    '1588-0010',
    '👩‍🦯',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.integer({ min: 0, max: 99_999_999 }).map((amount) => `${amount.toLocaleString('ko-KR')}원`),
);
const text = (maxWords: number) => fc.array(word, { maxLength: maxWords }).map((words) => words.join(' '));
const line = text(8);
const icon = fc.constantFrom('overdue', 'upcoming', 'pending', 'app', 'web', 'phone', 'store');
const action = fc.oneof(
  fc.record({ kind: fc.constant('say' as const), label: line, text: line }),
  fc.record({
    kind: fc.constant('do' as const),
    label: line,
    value: fc.constant({ action: 'billItems.show' }),
  }),
  fc.record({
    kind: fc.constant('open' as const),
    label: line,
    url: fc.constantFrom('https://www.kt.com/', 'ftp://files.example.kr/a', 'http://127.0.0.1/x?y=1'),
  }),
  fc.record({
    kind: fc.constant('call' as const),
    label: line,
    phoneNumber: fc.constantFrom('114', '15880010'),
  }),
);
const fact = fc.record(
  {
    label: line,
    value: line,
    detail: line,
    mark: fc.record({ icon, word: text(2), tone: fc.constantFrom('attention', 'good', 'plain') }),
  },
  { requiredKeys: ['label', 'value'] },
);
const section = fc.record({
  heading: line,
  rows: fc.array(
    fc.record({ icon, name: line, detail: text(40), action }, { requiredKeys: ['icon', 'name', 'detail'] }),
    { maxLength: 12 },
  ),
});

/** Any reply that the model allows, likely or not. */
export const randomReply: fc.Arbitrary<Reply> = fc.record(
  {
    locale: fc.constantFrom('ko', 'en'),
    layout: fc.constantFrom('text', 'card'),
    title: text(12),
    headline: fc.record({ label: line, value: line }),
    body: fc.array(text(120), { maxLength: 6 }),
    facts: fc.array(fact, { maxLength: 12 }),
    note: line,
    sections: fc.array(section, { maxLength: 3 }),
    actions: fc.array(action, { maxLength: 12 }),
    person: fc.record({ label: line, otherwise: line }),
    suggestions: fc.array(fc.record({ label: line, text: line }), { maxLength: 14 }),
  },
  { requiredKeys: ['locale', 'layout'] },
);
