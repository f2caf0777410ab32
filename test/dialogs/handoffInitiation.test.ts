import { deskProvider } from '../../services/handoff/handoffProvider';
import type { JsonValue } from '../../services/turn/turnStore';
import { TestAssistant } from '../assistant';

describe("Bot Framework's handoff.initiate", () => {
  it('tells the provider why and what was said, masked, and never reaches the customer', async () => {
    const events: JsonValue[] = [];
    const test = new TestAssistant({
      nowMs: Date.parse('2026-11-23T10:00:00+09:00'),
      handoffProvider: {
        ...deskProvider,
        requested: (_tx, _handoff, _packet, initiation) => void events.push(initiation),
      },
    });
    const customer = test.customer();
    await customer.verify('01000001001');
    const replies = await customer.send({ type: 'message', text: '상담원 연결해줘' });
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event).toMatchObject({
      type: 'event',
      name: 'handoff.initiate',
      value: { reason: 'asked', topic: 'unpaid_balance' },
      conversation: { id: customer.conversationId },
      channelId: 'directline',
      localTimezone: 'Asia/Seoul',
      relatesTo: { conversation: { id: customer.conversationId } },
      attachments: [{ contentType: 'application/json', name: 'Transcript' }],
    });
    const text = JSON.stringify(event);
    expect(text).toContain('내 미납요금이 얼마예요?');
    expect(text).toContain('"role":"user"');
    expect(text).not.toMatch(/010-?0000-?1001/);
    expect(text).not.toContain(await test.codeSentTo('01000001001'));
    const seen = JSON.stringify(replies) + (await customer.log());
    expect(seen).not.toContain('handoff.initiate');
    expect(seen).not.toContain('"Transcript"');
    await test.stop();
  });
});
