import { disassemble } from 'es-hangul';
import fc from 'fast-check';
import { loadKnowledge } from '../../../services/faq/knowledge';
import { type Question, QuestionFinder } from '../../../services/faq/questionFinder';
import { faqTopics, languages } from '../../../services/intent/intent';
import { dataDir, recognizer } from '../../assistant';

const knowledge = loadKnowledge(dataDir);
const questions: Question[] = languages.flatMap((language) => [
  ...faqTopics.flatMap((topic) =>
    knowledge.article(topic).questions[language].map((text) => ({ topic, language, text })),
  ),
]);
const finder = new QuestionFinder(questions, recognizer());
const topicsFor = (typed: string, language: 'ko' | 'en' = 'ko') =>
  finder.find(typed, language).map(({ topic }) => topic);

describe('questions offered while somebody types', () => {
  it.each([
    ['연', 'overdue_help'],
    ['연체ㄹ', 'late_fee'],
    ['연체료', 'late_fee'],
    ['정지된', 'suspension'],
    ['냈는', 'payment_delay'],
    ['마케이티', 'check_app'],
    ['앱으로 미납', 'check_app'],
    ['신분증', 'check_store'],
    ['고객센터 번', 'check_phone'],
    ['알림', 'due_alerts'],
    ['돈냈는데왜아직미납이래요', 'payment_delay'],
    ['본인인증 왜', 'identity_check'],
  ])('%s → %s first', (typed, topic) => {
    expect(topicsFor(typed)[0]).toBe(topic);
  });

  it.each([
    ['late f', 'late_fee'],
    ['cut off', 'suspension'],
    ['i paid but', 'payment_delay'],
    ['website', 'check_web'],
  ])('%s → %s first, in English', (typed, topic) => {
    expect(topicsFor(typed, 'en')[0]).toBe(topic);
  });

  it('finds a question at every stage of typing it, half a syllable included', () => {
    for (const { text, topic, language } of questions.filter((question) => question.language === 'ko')) {
      const syllables = [...text];
      syllables.forEach((syllable, at) => {
        const composing = [...disassemble(syllable)][0] ?? syllable;
        const typed = syllables.slice(0, at).join('') + composing;
        if (at < 2) return;
        expect({ typed, topics: topicsFor(typed, language) }).toEqual({
          typed,
          topics: expect.arrayContaining([topic]),
        });
      });
    }
  });

  it('offers the first questions when nothing has been typed, at most five, one a topic', () => {
    const offered = finder.find(' ', 'ko');
    expect(offered).toHaveLength(5);
    expect(new Set(offered.map(({ topic }) => topic)).size).toBe(5);
  });

  it.each(['전기요금 어떻게 내요?', '배고프다 오늘 뭐 먹지', 'ㅁㄴㅇㄹㅁㄴㅇㄹㅁㄴㅇㄹ'])(
    'offers nothing for %s',
    (typed) => {
      expect(topicsFor(typed)).toEqual([]);
    },
  );

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom(...languages),
        (typed, language) => {
          expect(finder.find(typed, language).length).toBeLessThanOrEqual(5);
        },
      ),
    );
    expect(finder.find('연'.repeat(100_000), 'ko').length).toBeLessThanOrEqual(5);
  });
});
