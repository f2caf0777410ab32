import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { intentsText, withExamples } from '../../../services/content/intentsText';
import { guessStyle } from '../../../services/content/messageStyle';
import { intentExamplesSchema } from '../../../services/intent/intentExamples';

const text = readFileSync(path.resolve(__dirname, '../../../data/intents.json'), 'utf8');
const file = intentExamplesSchema.extend({ $schema: z.string().optional() }).parse(JSON.parse(text));

describe('data/intents.json', () => {
  it('is written as its editors write it', () => {
    expect(intentsText(file)).toBe(text);
  });

  it('takes a new example behind those of its style, and changes nothing else', () => {
    const added = { text: '"따옴표"도 돼요', topic: 'late_fee', language: 'ko', style: 'casual' } as const;
    const changed = intentsText(withExamples(file, [added]));
    const lines = changed.split('\n');
    const at = lines.indexOf('        { "text": "\\"따옴표\\"도 돼요", "style": "casual" },');

    expect(at).toBeGreaterThan(0);
    expect([...lines.slice(0, at), ...lines.slice(at + 1)].join('\n')).toBe(text);
    expect(lines[at - 1]).toMatch(/"style": "casual" },$/);
    expect(lines[at + 1]).not.toMatch(/"style": "casual" },$/);
    expect(lines.slice(0, at).findLast((line) => /^ {4}"/.test(line))).toBe('    "late_fee": {');
  });

  it('leaves what it was given as it was', () => {
    const before = JSON.stringify(file);
    withExamples(file, [{ text: '새 예문', topic: 'thanks', language: 'ko', style: 'hard' }]);

    expect(JSON.stringify(file)).toBe(before);
  });
});

describe('a guess at the style', () => {
  it.each([
    ['미납 요금을 확인하고 싶습니다.', 'ko', 'formal'],
    ['밀린 요금 어디서 봐요?', 'ko', 'casual'],
    ['미납요금어디서확인해요', 'ko', 'nospace'],
    ['미납 확인 경로', 'ko', 'keyword'],
    ['unpaid 요금 어디서 check 해요', 'ko', 'mixed'],
    ['kt 요금 어디서 봐요', 'ko', 'casual'],
    ['폰비 밀린 거 어디서 봄?ㅋㅋ', 'ko', 'slang'],
    ['howcanipaymybill', 'en', 'nospace'],
    ['unpaid bill', 'en', 'keyword'],
    ['how do I pay my bill?', 'en', 'casual'],
  ] as const)('%s (%s) is %s', (message, language, style) => {
    expect(guessStyle(message, language)).toBe(style);
  });

  it('calls a story long', () => {
    expect(
      guessStyle(
        '제가 지난달에 카드를 새로 바꾸면서 요금이 제대로 빠져나갔는지 잘 모르겠는데요 혹시 밀린 게 있으면 어디서 봐요',
        'ko',
      ),
    ).toBe('long');
  });
});
