/**
 * The training examples in data/intents.json: enough of each kind, none twice, nobody's personal data.
 * Which topic a message belongs to is settled in docs/topics.md.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { topics } from '../../services/intent/intent';
import { exampleStyles as styles } from '../../services/intent/intentExamples';

const languages = ['ko', 'en'] as const;

const examples = z
  .array(z.object({ text: z.string().min(1).max(200), style: z.enum(styles) }).strict())
  .readonly();
const fileShape = z
  .object({
    $schema: z.string(),
    version: z.literal(1),
    topics: z.record(z.enum(topics), z.object({ ko: examples, en: examples }).strict()),
  })
  .strict();

const path = join(__dirname, '../../data/intents.json');
const source = readFileSync(path, 'utf8');
const file = fileShape.parse(JSON.parse(source));

const rows = topics.flatMap((topic) =>
  languages.flatMap((language) =>
    (file.topics[topic]?.[language] ?? []).map((example) => ({ topic, language, ...example })),
  ),
);

/** Two messages that differ only in case, spaces, punctuation or symbols are the same message. */
function normalised(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]/gu, '');
}

function pick(topic: string, language: string) {
  return rows.filter((row) => row.topic === topic && row.language === language);
}

describe('how many', () => {
  test('every topic of the contract is there, and no other', () => {
    expect(Object.keys(file.topics).sort()).toEqual([...topics].sort());
  });

  test.each(topics.filter((topic) => topic !== 'out_of_scope'))('%s: 44 Korean, 24 English', (topic) => {
    expect(pick(topic, 'ko').length).toBeGreaterThanOrEqual(44);
    expect(pick(topic, 'en').length).toBeGreaterThanOrEqual(24);
  });

  test('out_of_scope: 170, of which 115 Korean and 55 English', () => {
    const korean = pick('out_of_scope', 'ko').length;
    const english = pick('out_of_scope', 'en').length;
    expect(korean).toBeGreaterThanOrEqual(115);
    expect(english).toBeGreaterThanOrEqual(55);
    expect(korean + english).toBeGreaterThanOrEqual(170);
  });

  test.each(topics)('%s: all ten styles, four in Korean and two in English', (topic) => {
    for (const [language, least] of [
      ['ko', 4],
      ['en', 2],
    ] as const) {
      const thin = styles.filter(
        (style) => pick(topic, language).filter((row) => row.style === style).length < least,
      );
      expect({ language, thin }).toEqual({ language, thin: [] });
    }
  });
});

describe('each example', () => {
  test('is its own: no two are alike within or across topics', () => {
    const first = new Map<string, string>();
    const twice: string[] = [];
    for (const row of rows) {
      const key = normalised(row.text);
      const label = `${row.topic}: ${row.text}`;
      const earlier = first.get(key);
      if (earlier) twice.push(`${earlier} = ${label}`);
      else first.set(key, label);
    }
    expect(twice).toEqual([]);
    expect(first.has('')).toBe(false);
  });

  test('is stored as it would be compared: NFC, trimmed, single spaces', () => {
    const untidy = rows.filter(({ text }) => text !== text.normalize('NFC').trim().replace(/\s+/gu, ' '));
    expect(untidy).toEqual([]);
  });

  test('keeps its language: Hangul in ko, Latin letters in en', () => {
    const hangul = /[\p{Script=Hangul}]/u;
    const inScope = rows.filter(({ topic }) => topic !== 'out_of_scope');
    // A bare number such as 114 belongs to no language.
    const strangers = inScope.filter(({ text, language }) => {
      if (/^\d+$/.test(text)) return false;
      return language === 'ko' ? !hangul.test(text) : !/[a-z]/i.test(text);
    });
    expect(strangers).toEqual([]);
  });

  test('keeps its style: nospace has no space, keyword is short, long is long', () => {
    const words = (text: string) => text.split(' ').length;
    const wrong = rows.filter(({ text, style }) => {
      if (style === 'nospace') return text.includes(' ');
      if (style === 'keyword') return words(text) > 4;
      if (style === 'long') return words(text) < 12 || words(text) > 45;
      return false;
    });
    expect(wrong).toEqual([]);
    const longest = Math.max(...rows.map(({ text }) => text.length));
    expect(longest).toBeLessThanOrEqual(200);
  });

  test('holds no personal data: no mobile, account or registration number, no address of mail', () => {
    const carrierNumbers = /1588-0010|1588 0010/g;
    const personal = rows.filter(({ text }) => {
      const rest = text.replace(carrierNumbers, '');
      return /\d[\d\s-]{5,}\d/.test(rest) || /01[016-9]/.test(rest) || /\S+@\S+\.\S+/.test(rest);
    });
    expect(personal).toEqual([]);
  });

  test('stands on a line of its own, so that a change reads as one line', () => {
    const lines = source.split('\n').filter((line) => line.includes('"text"'));
    expect(lines.length).toBe(rows.length);
  });
});

describe('what lies outside', () => {
  const outside = rows.filter(({ topic }) => topic === 'out_of_scope').map(({ text }) => text);

  test.each([
    ['electricity', /전기|electric/i],
    ['gas', /가스|gas bill/i],
    ['water', /수도|water bill/i],
    ['health insurance', /건강\s?보험|health insurance/i],
    ['credit card', /카드값|신용카드|credit card/i],
    ['maintenance fee', /관리비/],
    ['rent', /월세|\brent\b/i],
    ['banks and loans', /대출|loan/i],
    ['SK Telecom', /SKT|SK텔레콤|SK Telecom/i],
    ['LG U+', /U\+|유플러스/i],
    ['low-cost carriers', /알뜰폰|MVNO/i],
    ['plan change', /요금제|\bplan\b/i],
    ['roaming', /로밍|roaming/i],
    ['device upgrade', /기기변경|upgrade/i],
    ['data top-up', /데이터.*충전|top up/i],
    ['SIM card', /유심|usim|sim card/i],
    ['number portability', /번호이동|number portability/i],
    ['membership', /멤버십|membership/i],
    ['internet fault', /인터넷.*(고장|안 되|끊|느려)|internet is/i],
    ['router', /공유기|router/i],
    ['TV remote', /리모컨|remote/i],
    ['contract cancellation', /해지|cancel/i],
    ['refund of an overpayment', /환불|환급|refund/i],
    ['family bundle', /결합|family/i],
    ['instructions to the assistant', /이전 지시|ignore all previous/i],
    ['system prompt', /시스템 프롬프트|system prompt/i],
    ['SQL', /select \*|drop table/i],
    ['HTML', /<script|<img/i],
    ['keyboard mashing', /ㅁㄴㅇㄹ|asdf/i],
    ['weather', /날씨|weather/i],
    ['food', /점심|치킨|pizza/i],
    ['jokes', /재밌는|joke/i],
    ['Japanese', /[\p{Script=Hiragana}]/u],
    ['Chinese', /^[\p{Script=Han}]+$/u],
    ['Spanish', /¿/],
    ['page furniture: 삼척', /삼척/],
    ['page furniture: iM뱅크', /iM뱅크/],
    ['page furniture: 국민은행', /국민은행/],
    ['page furniture: 제주', /제주/],
    ['page furniture: 대전 서구', /대전 서구/],
  ])('%s has an example', (_subject, pattern) => {
    expect(outside.filter((text) => pattern.test(text)).length).toBeGreaterThan(0);
  });
});
