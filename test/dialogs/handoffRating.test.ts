import type { TestAssistant, TestCustomer } from '../assistant';
import type { FakeAgent } from './fakeAgent';
import { ask, handoffScene } from './handoffScene';

let test: TestAssistant;
let agent: FakeAgent;
let customer: TestCustomer;

beforeEach(() => {
  ({ test, agent, customer } = handoffScene());
});

afterEach(() => test.stop());

describe('the rating', () => {
  it('counts once, is kept without anything personal, and only for who was helped', async () => {
    await customer.say(ask);
    const { id } = await agent.handoffOf(customer.key);
    await agent.claims(customer.key);
    await agent.resolves(customer.key);
    const button = { action: 'handoff.rate', handoff: id, stars: '5' };
    const stranger = test.customer();
    expect((await stranger.press(button)).join()).toContain('이미 점수를');
    expect((await customer.press(button)).join()).toContain('고마워요');
    expect((await customer.press({ ...button, stars: '1' })).join()).toContain('이미 점수를 남겨 주셨어요');
    const closed = await test.store.listRecords('handoffClosed/', undefined, 10);
    expect(closed.map(({ value }) => value)).toMatchObject([{ id, rating: 5, ending: 'resolved' }]);
    const rows = await Promise.all(
      Array.from({ length: 16 }, (_, at) => test.store.readJournal(`handoff/${at}`, 0, 100)),
    );
    const rated = rows.flat().filter(({ body }) => JSON.stringify(body).includes('"rated"'));
    expect(rated.map(({ body }) => body)).toEqual([
      { kind: 'rated', stars: 5, reason: 'asked', skill: 'billing', handoff: id },
    ]);
  });

  it('is understood when a channel without buttons has it typed', async () => {
    const phone = test.customer({ channelId: 'sms' });
    await phone.say(ask);
    await agent.claims(phone.key);
    expect((await phone.say('상담 종료')).join()).toContain("'5점 아주 좋았어요'");
    expect((await phone.say('5점 아주 좋았어요')).join()).toContain('알려 주셔서 고마워요');
  });

  it('leaves a number alone that answers something else', async () => {
    await customer.say(ask);
    await agent.claims(customer.key);
    await agent.resolves(customer.key);
    await customer.say('안녕하세요');
    expect((await customer.say('3')).join()).not.toContain('알려 주셔서');
  });
});
