import type { Topic } from '../../services/intent/intent';
import { suggestions, TestAssistant, words } from '../assistant';
import { recognizerThatReads } from './conversationTable';

const unclear = '그 뭐냐 그거 좀';
const readings = {
  [unclear]: { decision: 'unsure', topics: ['late_fee', 'suspension', 'pay_methods'] },
  '메일은 hong@example.com 그거': { decision: 'unknown', topics: ['late_fee'] },
  어쩌고저쩌고: { decision: 'unknown', topics: ['thanks', 'late_fee'] },
} as const;

/** Somebody who always thinks the same, and remembers what was asked. */
async function whoThinks(topic: Topic | undefined) {
  const heard: string[] = [];
  const test = new TestAssistant({
    recognizer: recognizerThatReads(readings),
    secondOpinion: {
      topicOf: async (text, language) => {
        heard.push(`${language} ${text}`);
        return topic;
      },
    },
  });
  return { test, heard };
}

describe('a second opinion', () => {
  it('is acted on when it is one of the meanings that were likely anyway', async () => {
    const { test, heard } = await whoThinks('suspension');
    expect((await test.customer().say(unclear)).join()).toContain('이용 정지가 걱정될 때');
    expect(heard).toEqual([`ko ${unclear}`]);
    await test.stop();
  });

  it('is only offered, first, when it is another', async () => {
    const { test } = await whoThinks('due_alerts');
    const replies = await test.customer().send({ type: 'message', text: unclear });
    expect(words(replies).join()).toContain('혹시');
    expect(suggestions(replies)).toEqual(['요금 알림', '연체료', '이용 정지']);
    await test.stop();
  });

  it('offers something even where nothing was likely', async () => {
    const { test } = await whoThinks('due_alerts');
    expect((await test.customer().say('어쩌고저쩌고')).join()).toContain("'요금 알림'");
    await test.stop();
  });

  it('that nobody has changes nothing', async () => {
    const { test } = await whoThinks(undefined);
    const replies = await test.customer().send({ type: 'message', text: unclear });
    expect(suggestions(replies)).toEqual(['연체료', '이용 정지', '내는 방법']);
    await test.stop();
  });

  it('that it is about something else is believed', async () => {
    const { test } = await whoThinks('out_of_scope');
    expect((await test.customer().say(unclear)).join()).toContain('제가 모르는 일이에요');
    await test.stop();
  });

  it('is not asked about what is sure, wordless, chosen before or part of a check', async () => {
    const { test, heard } = await whoThinks('due_alerts');
    const customer = test.customer();
    for (const text of ['연체료가 붙나요?', '🙂', '123456', '네', unclear, '요금 알림', unclear])
      await customer.say(text);
    for (const text of ['내 미납요금이 얼마예요?', unclear, '010-0000-1001', unclear])
      await customer.say(text);
    expect(heard).toEqual([`ko ${unclear}`]);
    await test.stop();
  });

  it('never sees anything personal', async () => {
    const { test, heard } = await whoThinks('due_alerts');
    await test.customer().say('메일은 hong@example.com 그거');
    expect(heard.join()).not.toContain('hong@example.com');
    await test.stop();
  });
});
