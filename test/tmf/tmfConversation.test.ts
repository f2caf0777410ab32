import { suggestions, TestAssistant, words } from '../assistant';
import { openTmfCarrier, type TmfCarrier } from './tmfFixture';

let carrier: TmfCarrier;
let test: TestAssistant;
beforeEach(async () => {
  carrier = await openTmfCarrier();
  test = new TestAssistant({ tmf: carrier.options, nowMs: carrier.clock.now() });
});
afterEach(async () => {
  await test.stop();
  await carrier.close();
});

/** The code on the handset: the line is asked over HTTP before it goes out, so that it takes a moment. */
async function codeFor(phoneNumber: string): Promise<string> {
  for (const until = performance.now() + 5_000; performance.now() < until; ) {
    await test.delivered();
    const code = test.assistant.handset
      .messagesOf(phoneNumber)
      .at(-1)
      ?.text.match(/\b\d{6}\b/)?.[0];
    if (code !== undefined) return code;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('no code has arrived');
}

describe('a conversation over a carrier’s TM Forum system', () => {
  it('verifies the line and shows what is owed, as with the demo ledger', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    const answer = (await customer.say(await codeFor('01000001001'))).join('\n');
    for (const fact of ['77,300원', '35,000원', '42,300원', '010-****-1001', '기준'])
      expect(answer).toContain(fact);
  });

  it('F40: apologises within 5 s when billing hangs, with the ways that work now, and shows nothing half', async () => {
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    const code = await codeFor('01000001001');
    carrier.server.misbehaviour = { kind: 'hang' };
    const startedAt = performance.now();
    const replies = await customer.send({ type: 'message', text: code });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    const answer = words(replies).join('\n');
    expect(answer).toContain('지금은 요금을 불러올 수 없어요');
    expect(answer).toContain('마이케이티 앱');
    expect(answer).not.toMatch(/\d원/);
    expect(suggestions(replies)).toEqual(['다시 조회', '되면 알림', '상담원과 이야기']);
  });

  it('F40: stays calm when lines cannot be looked up, at every step, and goes on where it was', async () => {
    const customer = test.customer();
    const down = () => {
      carrier.server.misbehaviour = { kind: 'halfJson', on: 'product' };
    };
    const calm = async (text: string) => {
      const replies = await customer.send({ type: 'message', text });
      expect(words(replies).join('\n')).toContain('지금은 번호를 확인할 수 없어요');
      expect(suggestions(replies)).toContain('상담원과 이야기');
    };
    await customer.say('내 미납요금이 얼마예요?');
    down();
    await calm('010-0000-1001');
    carrier.server.misbehaviour = undefined;
    await customer.say('010-0000-1001');
    const code = await codeFor('01000001001');
    down();
    // More often than a code may be tried: a right one tells nobody, and a try is not used up.
    for (let times = 0; times < 3; times += 1) await calm(code);
    await calm('다시 받기');
    carrier.server.misbehaviour = undefined;
    expect((await customer.say(code)).join('\n')).toContain('77,300원');
  });

  it('F40: stays calm when the line that a site vouches for cannot be looked up', async () => {
    carrier.server.misbehaviour = { kind: 'status', status: 403, on: 'product' };
    const customer = test.customer({ knownLine: 'line-8cf7e504fe0e' });
    expect((await customer.say('내 미납요금이 얼마예요?')).join()).toContain(
      '지금은 번호를 확인할 수 없어요',
    );
    carrier.server.misbehaviour = undefined;
    expect((await customer.say('010-0000-1001')).join()).toContain('등록된 번호라면');
  });

  it('F40: writes the alarm about another’s bills to the log, without saying whose', async () => {
    carrier.server.misbehaviour = { kind: 'unfiltered' };
    const customer = test.customer();
    await customer.say('내 미납요금이 얼마예요?');
    await customer.say('010-0000-1001');
    expect((await customer.say(await codeFor('01000001001'))).join()).toContain('77,300원');
    const alarm = test.logged.find(({ facts }) => Object(facts).kind === 'wrongOwner');
    expect(alarm?.facts).toEqual({ kind: 'wrongOwner', resource: 'customerBill', count: 10 });
  });
});
