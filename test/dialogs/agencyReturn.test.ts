import { TestAssistant } from '../assistant';

describe('coming back from an agency', () => {
  it('is met with silence when the customer has gone on to something else', async () => {
    const test = new TestAssistant();
    const customer = test.customer();
    await customer.say('안녕하세요');
    const event = { type: 'event', name: 'identity/returned', value: { action: 'agency.returned' } };
    expect(await customer.send(event)).toEqual([]);
    expect(
      await customer.send({ ...event, value: { action: 'agency.begun' }, name: 'identity/begun' }),
    ).toEqual([]);
    expect((await customer.say('연체료가 붙나요?')).length).toBeGreaterThan(0);
    await test.stop();
  });
});
