import { BillingUnavailableError } from '../../services/errors';
import { lineOf } from '../tmf/tmfFixture';
import { BillingTalk } from './billingTalk';

const ask = '내가 낸 요금이 반영됐는지 확인해 주세요';

async function toldTo(phoneNumber: string, talk = new BillingTalk()): Promise<string> {
  await talk.say(ask);
  const replies = await talk.proveByCode(phoneNumber);
  return replies.map((reply) => String(reply.text ?? reply.summary)).join('\n');
}

describe('냈는데 왜 아직 미납이에요', () => {
  it('1004: says that yesterday’s payment is there and still being processed, and that nothing more is due', async () => {
    const answer = await toldTo('010-0000-1004');
    expect(answer).toContain('어제 52,800원을 내신 게 확인돼요. 아직 처리 중이에요.');
    expect(answer).toContain('지금 더 내실 요금은 없어요.');
    expect(answer).toContain('[처리 중]');
    expect(answer).not.toContain('지금 확인하고 낼 수 있는 곳');
  });

  it('1003: says what has been paid and what is left', async () => {
    const answer = await toldTo('010-0000-1003');
    expect(answer).toContain('11월 13일 35,000원을 내신 게 확인돼요.');
    expect(answer).toContain('지금은 31,000원이 남아 있어요.');
    expect(answer).toContain('지금 확인하고 낼 수 있는 곳');
  });

  it('1002: says that all is settled', async () => {
    const answer = await toldTo('010-0000-1002');
    expect(answer).toContain('11월 18일 38,500원을 내신 게 확인돼요.');
    expect(answer).toContain('지금 더 내실 요금은 없어요.');
  });

  it('1001: finds no payment, says so, and sends nobody away without a person to ask', async () => {
    const answer = await toldTo('010-0000-1001');
    expect(answer).toContain('최근 두 달 동안 내신 기록을 찾지 못했어요.');
    expect(answer).toContain('지금은 77,300원이 남아 있어요.');
    expect(answer).toContain('방금 내셨다면');
    expect(answer).toContain('상담원에게 확인해 주세요');
  });

  it('1006: shows the payment that did not go through beside the one that did', async () => {
    const answer = await toldTo('010-0000-1006');
    expect(answer).toContain('[납부됨]');
    expect(answer).toContain('[납부 안 됨] 내신 요금 55,000원 (11월 16일)');
    expect(answer).toContain('88,000원이 남아 있어요');
  });

  it.each(['1001', '1002', '1003', '1004', '1006'])('%s: says of when it is', async (last) => {
    expect(await toldTo(`010-0000-${last}`)).toContain(`010-****-${last} · 11월 22일 오전 10시 기준`);
  });

  it('asks who it is first, and writes down what was shown', async () => {
    const talk = new BillingTalk();
    expect((await talk.say(ask)).join()).toContain('휴대폰 번호를 적어 주세요');
    expect(talk.audited('shown')).toEqual([]);
    await talk.proveByCode('010-0000-1003');
    expect(talk.audited('shown')).toEqual([
      { kind: 'shown', what: 'payments', line: lineOf('01000001003'), acr: 'acr1' },
    ]);
  });

  it('is told in English', async () => {
    const answer = await toldTo('010-0000-1004', new BillingTalk({ locale: 'en' }));
    expect(answer).toContain('I can see that you paid 52,800 won yesterday. It is still being processed.');
  });

  it('apologises with the ways that work and a button that asks the same again when billing is down', async () => {
    const talk = new BillingTalk({
      billing: {
        payments: async () => {
          throw new BillingUnavailableError('down', { wrongOwnerDropped: 2 });
        },
      },
    });
    await talk.say(ask);
    const replies = await talk.proveByCode('010-0000-1003');
    const answer = JSON.stringify(replies);
    expect(answer).toContain('지금은 요금을 불러올 수 없어요');
    expect(answer).toContain(`"title":"다시 조회","value":"${ask}"`);
    expect(answer).toContain('상담원과 이야기');
    expect(answer).not.toMatch(/\d원/);
    expect(talk.audited('shown')).toEqual([]);
    expect(talk.audited('dropped')).toEqual([{ kind: 'dropped', what: 'wrongOwnerBill' }]);
  });
});
