import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { splitRequests } from '../../../../services/intent/requests/splitRequests';
import { recognizer } from '../../../assistant';

const topicsOf = (text: string) => splitRequests(text, recognizer()).map(({ topic }) => topic);

describe('several requests in one message', () => {
  it.each([
    ['얼마인지 보고 상담원도 연결해줘', ['unpaid_balance', 'human_agent']],
    ['연체료 얼마고 어디서 내요?', ['late_fee', 'pay_methods']],
    ['연체료 있나요, 정지는 언제 되나요', ['late_fee', 'suspension']],
    ['요금 얼마예요? 그리고 안 내면 정지되나요?', ['unpaid_balance', 'suspension']],
    ['tell me my balance and connect me to someone', ['unpaid_balance', 'human_agent']],
    ['how do I pay and how do I talk to a person?', ['pay_methods', 'human_agent']],
    [
      '내 요금 얼마인지 알려주고 어디서 내는지도 알려주고 상담원 연결해줘',
      ['unpaid_balance', 'pay_methods', 'human_agent'],
    ],
    [
      'how much do I owe, where can I pay and is there a late fee?',
      ['unpaid_balance', 'pay_methods', 'late_fee'],
    ],
  ])('%s', (text, topics) => {
    expect(topicsOf(text)).toEqual(topics);
  });

  it.each([
    ['상담원 말고 금액만'],
    ['요금 내고 싶어요'],
    ['돈을 냈는데 왜 아직 미납이래요'],
    ['안녕하세요 연체료가 붙나요?'],
    ['앱을 설치했고 어디를 눌러야 요금이 보여요?'],
    ['요금 얼마예요? 얼마인지 알려주세요'],
    ['연체료 얼마고 국민은행 금리는 얼마예요?'],
    ['I have already paid, but it still shows as unpaid'],
    [`${'연체료 얼마고 '.repeat(40)}어디서 내요?`],
    [', , , , . . ? ? 고 고 고'],
    [''],
  ])('is one, or not surely more: %s', (text) => {
    expect(topicsOf(text)).toEqual([]);
  });

  it('is seen in hardly any of the messages of the held-out set, which hold one each', () => {
    const line = z.object({ text: z.string() });
    const texts = readFileSync(path.resolve(__dirname, '../../../fixtures/utterances.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((json) => line.parse(JSON.parse(json)).text);
    const split = texts.filter((text) => topicsOf(text).length > 0);
    expect(split.length / texts.length).toBeLessThan(0.015);
  });
});
