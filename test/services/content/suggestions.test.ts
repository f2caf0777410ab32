import path from 'node:path';
import { type Suggestion, suggest } from '../../../services/content/suggestions';
import { readUnanswered, type UnansweredQuestion } from '../../../services/content/unansweredQuestions';
import type { IntentRecognizer, ScoredTopic, Understanding } from '../../../services/intent/intent';
import { loadLexicon } from '../../../services/intent/lexicon';
import { firstHash, type JournalRow, streamOf } from '../../../services/journal/journal';
import type { JsonValue } from '../../../services/turn/turnStore';

const lexicon = loadLexicon(path.resolve(__dirname, '../../../data/lexicon.json'));

/** Believes what a table says of the first word that occurs. */
function believing(
  table: Record<string, [ScoredTopic, ...ScoredTopic[]]>,
  decision: Understanding['decision'] = 'unsure',
): IntentRecognizer {
  return {
    recognize(text) {
      const beliefs = Object.entries(table).find(([word]) => text.includes(word))?.[1];
      const [best, ...alternatives] = beliefs ?? [{ topic: 'out_of_scope' as const, confidence: 0.3 }];
      return { ...best, alternatives, entities: [], language: 'ko', decision };
    },
  };
}

function asked(text: string, more: Partial<UnansweredQuestion> = {}): UnansweredQuestion {
  return { text, language: 'ko', count: 1, picked: [], rejected: [], ...more };
}

const known = { text: '연체료 얼마예요', topic: 'late_fee', language: 'ko', style: 'casual' } as const;
const lateFee = believing({
  벌금: [
    { topic: 'late_fee', confidence: 0.55 },
    { topic: 'suspension', confidence: 0.2 },
  ],
});

describe('suggestions', () => {
  it('group what is alike and propose examples of the topic it most likely means', () => {
    const questions = [
      asked('늦으면 벌금 있나요', { count: 3 }),
      asked('늦으면 벌금 있어요?'),
      asked('강아지 이름 추천'),
    ];

    const [first, ...others] = suggest(questions, [known], lexicon, lateFee);

    expect(first).toEqual<Suggestion>({
      number: 1,
      count: 4,
      language: 'ko',
      texts: expect.arrayContaining(['늦으면 벌금 있나요', '늦으면 벌금 있어요?']),
      proposal: { kind: 'examples', topic: 'late_fee', confidence: 0.55 },
      examples: expect.arrayContaining(['늦으면 벌금 있나요', '늦으면 벌금 있어요?']),
    });
    // Asked once, it teaches nothing yet.
    expect(others).toEqual([]);
  });

  it('believe what customers chose more than what was guessed', () => {
    const questions = [asked('늦으면 벌금 있나요', { count: 2, picked: ['overdue_help', 'overdue_help'] })];

    expect(suggest(questions, [], lexicon, lateFee)[0]?.proposal).toMatchObject({
      kind: 'examples',
      topic: 'overdue_help',
    });
  });

  it('never propose what customers refused', () => {
    const questions = [asked('늦으면 벌금 있나요', { count: 2, rejected: ['late_fee'] })];

    expect(suggest(questions, [], lexicon, lateFee)[0]?.proposal).toMatchObject({
      kind: 'newTopic',
      nearest: 'suspension',
    });
  });

  it('propose a word for the lexicon when one is nearly known', () => {
    const questions = [asked('상댬원 불러', { count: 2 }), asked('상댬원 나와라 쫌')];

    expect(suggest(questions, [], lexicon, believing({}))[0]?.proposal).toMatchObject({
      kind: 'lexiconTerm',
      term: '상댬원',
      concept: 'PERSON',
      like: '상담원',
    });
  });

  it('ask for a new topic when nothing fits', () => {
    const questions = [asked('로밍 요금 알려줘', { count: 5 }), asked('로밍 요금 얼마')];

    expect(suggest(questions, [], lexicon, believing({}))[0]?.proposal).toEqual({
      kind: 'newTopic',
      nearest: 'out_of_scope',
      confidence: 0.3,
    });
  });

  it('leave out what is understood by now, unless customers disagreed', () => {
    const sure = believing({ 벌금: [{ topic: 'late_fee', confidence: 0.9 }] }, 'sure');

    expect(suggest([asked('벌금 있나요', { count: 9, picked: ['late_fee'] })], [], lexicon, sure)).toEqual(
      [],
    );
    expect(
      suggest([asked('벌금 있나요', { count: 9, rejected: ['late_fee'] })], [], lexicon, sure),
    ).toHaveLength(1);
    expect(
      suggest([asked('벌금 있나요', { count: 9, picked: ['suspension'] })], [], lexicon, sure),
    ).toHaveLength(1);
  });

  it('leave out what is rightly asked back about', () => {
    expect(suggest([asked('미납 조회', { count: 9 })], [], lexicon, believing({}))).toEqual([]);
  });

  it('offer no example that is known, masked or personal', () => {
    const questions = [
      asked('벌금 연체료 얼마예요!', { count: 2 }),
      asked('벌금 연체료 얼마예요 010-****-5678'),
      asked('벌금 연체료 얼마예요 [token]'),
      asked('벌금 연체료 얼마예요 010-1234-5678'),
      asked('벌금 연체료 얼마예요 정말로', { count: 2 }),
      asked('벌금 연체료 얼마예요 정말로??', { count: 2 }),
    ];
    const suggestions = suggest(questions, [{ ...known, text: '벌금 연체료 얼마예요' }], lexicon, lateFee);

    expect(suggestions.flatMap(({ examples }) => examples)).toEqual(['벌금 연체료 얼마예요 정말로']);
  });

  it('are the same whatever the order of the questions', () => {
    const questions = [
      '벌금 있나요',
      '벌금 있어요',
      '로밍 요금',
      '로밍 요금제',
      '강아지 밥',
      '강아지 밥 줘',
    ].map((text, at) => asked(text, { count: at + 2 }));
    const sets = (found: readonly Suggestion[]) =>
      found.map(({ texts, ...rest }) => ({
        ...rest,
        texts: [...texts].sort(),
        examples: [...rest.examples].sort(),
      }));

    expect(sets(suggest([...questions].reverse(), [known], lexicon, lateFee))).toEqual(
      sets(suggest(questions, [known], lexicon, lateFee)),
    );
  });

  it('take at most a few seconds for as many questions as are looked at', () => {
    const words = ['로밍', '해지', '벌금', '날씨', '강아지', '청구서', '이사', '명의', '할인', '쿠폰'];
    const questions = Array.from({ length: 2_500 }, (_, at) =>
      asked(`${words[at % 10]} ${words[Math.floor(at / 10) % 10]} 문의 ${String.fromCharCode(0xac00 + at)}`),
    );
    const before = performance.now();
    suggest(questions, [], lexicon, lateFee);

    expect(performance.now() - before).toBeLessThan(15_000);
  }, 30_000);
});

describe('the journal of unanswered questions', () => {
  const note = {
    text: '늦으면 벌금?',
    language: 'ko',
    topic: 'suspension',
    confidence: 0.4,
    alternatives: [{ topic: 'late_fee', confidence: 0.3 }],
    outcome: 'offered',
  };

  function journalOf(...bodies: JsonValue[]) {
    const rows = bodies.map(
      (body, at): JournalRow => ({
        stream: streamOf('unanswered', `web/${at}`),
        body,
        seq: at + 1,
        atMs: at,
        previousHash: firstHash,
        hash: firstHash,
      }),
    );
    return {
      readJournal: async (stream: string, afterSeq: number, limit: number) =>
        rows.filter((row) => row.stream === stream && row.seq > afterSeq).slice(0, Math.min(limit, 2)),
    };
  }

  it('is read from all streams, counting messages and what was made of them', async () => {
    const journal = journalOf(
      note,
      { ...note, outcome: 'unknown' },
      { ...note, outcome: 'rejected' },
      { ...note, outcome: 'picked', topic: 'late_fee' },
      ...Array.from({ length: 40 }, () => ({ ...note, text: '로밍' })),
    );

    expect(await readUnanswered(journal)).toEqual([
      { text: '로밍', language: 'ko', count: 40, picked: [], rejected: [] },
      {
        text: '늦으면 벌금?',
        language: 'ko',
        count: 2,
        picked: ['late_fee'],
        rejected: ['suspension', 'late_fee'],
      },
    ]);
  });

  it('gives nothing of another shape, nothing empty and nothing personal', async () => {
    const journal = journalOf(
      'old',
      null,
      { ...note, topic: 'weather' },
      { ...note, text: '  ' },
      { ...note, text: '010-1234-5678 벌금?' },
    );

    expect(await readUnanswered(journal)).toEqual([]);
  });
});
