import { replyActivity } from '../../cards/render/activity';
import { ko } from '../../strings/ko';
import { TestAssistant, type TestCustomer } from '../assistant';
import { everyReply } from '../cards/everyReply';

const phone = '010-0000-1001';

describe('a messenger without cards', () => {
  let test: TestAssistant;
  beforeEach(() => {
    test = new TestAssistant();
  });
  afterEach(() => test.stop());

  async function verified(customer: TestCustomer): Promise<void> {
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say(phone);
    const balance = await customer.say(await test.codeSentTo(phone.replaceAll('-', '')));
    expect(balance.join()).toContain('77,300원');
  }

  it('understands the words that it offers to be typed', async () => {
    const customer = test.customer({ channelId: 'sms' });
    await verified(customer);
    expect((await customer.say(ko.billItems.show)).join()).toMatch(/본인 인증/);
    expect((await customer.say(ko.agency.done)).join()).toContain(ko.agency.pending);
  });

  it('may give a button’s value back as text, in the words or as value', async () => {
    const customer = test.customer({ channelId: 'telegram' });
    await verified(customer);
    const found = everyReply().find(([name]) => name === 'owesTwo (ko)')?.[1];
    if (found === undefined) throw new Error('there is no balance reply');
    const [card] = replyActivity(found, 'telegram').attachments ?? [];
    const buttons: { type: string; value: string }[] = Object(card?.content).buttons;
    const pressed = buttons.find(({ type }) => type === 'postBack')?.value ?? '';
    expect((await customer.say(pressed)).join()).toMatch(/본인 인증|청구서를 찾지/);
    expect((await customer.say('{"action":"agency.check"}')).join()).toContain(ko.agency.pending);
    expect((await customer.say('{"action":')).length).toBeGreaterThan(0);
  });
});
