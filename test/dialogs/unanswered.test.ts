import { streamOf, streamsOf } from '../../services/journal/journal';
import { detectPersonal } from '../../services/redaction/redaction';
import { TestAssistant, type TestCustomer } from '../assistant';
import { recognizerThatReads } from './conversationTable';

const unclear = '그 뭐냐 그거 좀';
const readings = {
  [unclear]: { decision: 'unsure', topics: ['late_fee', 'suspension', 'pay_methods', 'check_app'] },
  '홍길동 010-1234-5678 그거요': { decision: 'unknown', topics: ['late_fee'] },
  '카드번호 4111-1111-1111-1111 그거': { decision: 'unknown', topics: ['late_fee'] },
} as const;

let test: TestAssistant;
beforeEach(() => {
  test = new TestAssistant({ recognizer: recognizerThatReads(readings) });
});
afterEach(() => test.stop());

const notesOf = async (customer: TestCustomer) =>
  (await test.store.readJournal(streamOf('unanswered', customer.key), 0, 100)).map(({ body }) => body);
const allNotes = async () =>
  (await Promise.all(streamsOf('unanswered').map((stream) => test.store.readJournal(stream, 0, 100)))).flat();

describe('a message that was not understood', () => {
  it('is written down with what it was taken for, and nothing else', async () => {
    const customer = test.customer();
    await customer.say(unclear);
    expect(await notesOf(customer)).toEqual([
      {
        text: unclear,
        language: 'ko',
        topic: 'late_fee',
        confidence: 0.3,
        alternatives: [
          { topic: 'suspension', confidence: 0.2 },
          { topic: 'pay_methods', confidence: 0.15 },
          { topic: 'check_app', confidence: 0.1 },
        ],
        outcome: 'offered',
      },
    ]);
  });

  it('is written down again with what was chosen, or that nothing was', async () => {
    const picked = test.customer();
    for (const text of [unclear, '2번']) await picked.say(text);
    expect(await notesOf(picked)).toMatchObject([
      { outcome: 'offered', topic: 'late_fee' },
      { text: unclear, outcome: 'picked', topic: 'suspension' },
    ]);
    const rejected = test.customer({ conversationId: 'rejects' });
    for (const text of [unclear, '아니요', '아니요']) await rejected.say(text);
    expect((await notesOf(rejected)).slice(-3)).toMatchObject([
      { outcome: 'offered' },
      { text: unclear, outcome: 'rejected', topic: 'late_fee' },
      { text: unclear, outcome: 'rejected' },
    ]);
  });

  it('about something else is written down as such', async () => {
    const customer = test.customer();
    await customer.say('국민은행 대출 금리 알려줘');
    await customer.say('ㅁㄴㅇㄹ ㅋㅌㅊㅍ 뷁');
    expect((await notesOf(customer)).map((note) => Object(note).outcome)).toEqual([
      expect.stringMatching(/outOfScope|offered|unknown/),
      expect.stringMatching(/unknown|offered|outOfScope/),
    ]);
  });

  it('is written down without what is personal', async () => {
    const customer = test.customer();
    await customer.say('카드번호 4111-1111-1111-1111 그거');
    const notes = JSON.stringify(await notesOf(customer));
    expect(notes).toContain('unknown');
    expect(notes).not.toContain('4111-1111');
    expect(detectPersonal(notes)).toEqual([]);
  });
});

describe('nothing is written down', () => {
  it.each([
    ['연체료가 붙나요?'],
    ['네'],
    ['아니요'],
    ['🙂'],
    ['123456'],
    ['010-0000-1001'],
    ['홍길동 010-1234-5678 그거요'],
    ['다른 번호로 볼래요'],
    ['아 짜증나'],
    ['죽고 싶다'],
    ['900101-1234567'],
  ])('of %s', async (text) => {
    await test.customer().say(text);
    expect(await allNotes()).toEqual([]);
  });

  it('while a check waits for a number or a code', async () => {
    const customer = test.customer();
    for (const text of [
      '내 미납요금이 얼마예요?',
      unclear,
      '안경 좀 찾고요',
      '010-0000-1001',
      unclear,
      '12 34',
    ])
      await customer.say(text);
    expect(await allNotes()).toEqual([]);
  });
});
