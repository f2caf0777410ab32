import { minuteMs } from '../services/identity/identityDesk';
import { lineOf } from '../tmf/tmfFixture';
import { BillingTalk } from './billingTalk';

/** Sees the balance of a line, and proves the line again at the agency for what a button opens. */
async function openedBy(talk: BillingTalk, phoneNumber: string, value: object): Promise<string> {
  await talk.say('내 미납요금이 얼마예요?');
  await talk.proveByCode(phoneNumber);
  return (await talk.proveByAgency(await talk.send({ value }))).join('\n');
}

describe('the items of a bill', () => {
  it('are opened by the button on the balance card, after the identity agency', async () => {
    const talk = new BillingTalk();
    await talk.say('내 미납요금이 얼마예요?');
    const balance = JSON.stringify(await talk.proveByCode('010-0000-1001'));
    const button = /"title":"내역 자세히 보기","data":(\{[^}]*\})/.exec(balance)?.[1] ?? '{}';

    const asked = await talk.send({ value: JSON.parse(button) });
    expect(JSON.stringify(asked)).not.toContain('초과 데이터');
    const answer = (await talk.proveByAgency(asked)).join('\n');

    for (const fact of [
      '9월분 휴대폰 요금 내역',
      '청구 금액 35,000원',
      '초과 데이터 4,000원',
      '멤버십 할인 -2,000원',
    ])
      expect(answer).toContain(fact);
    expect(answer).toContain('010-****-1001 · 11월 22일 오전 10시 기준');
    const opened = { what: 'billItems', line: lineOf('01000001001'), acr: 'acr2' };
    expect(talk.audited('shown')).toEqual([
      { kind: 'shown', what: 'unpaidBalance', line: lineOf('01000001001'), acr: 'acr1' },
      { kind: 'shown', ...opened },
    ]);
  });

  it('lead to the other unpaid bills and to the payment account without another proof', async () => {
    const talk = new BillingTalk();
    await openedBy(talk, '010-0000-1006', { action: 'billItems.show' });
    expect((await talk.press({ action: 'billItems.show', billNo: '202610-9072' })).join()).toContain(
      '결합 할인',
    );
    const accounts = (await talk.press({ action: 'paymentAccount.show' })).join('\n');
    expect(accounts).toContain('휴대폰 사아카드 끝자리 6620 (카드)');
    expect(accounts).toContain('TV 확인되지 않음');
    expect(accounts).not.toMatch(/\d{5}/);
    expect(talk.audited('shown').at(-1)).toMatchObject({ what: 'paymentAccount', acr: 'acr2' });
  });

  it('open for words that are typed, where there are no buttons', async () => {
    const talk = new BillingTalk();
    const asked = (await talk.say('내역 자세히 보기')).join();
    expect(asked).toContain('휴대폰 번호를 적어 주세요');
    const link = await talk.proveByCode('010-0000-1003');
    expect((await talk.proveByAgency(link)).join()).toContain('선택약정 할인');
  });

  it('ask the agency again after five minutes', async () => {
    const talk = new BillingTalk();
    await openedBy(talk, '010-0000-1003', { action: 'billItems.show' });
    talk.clock.move(5 * minuteMs + 1);
    const answer = (await talk.press({ action: 'billItems.show' })).join();
    expect(answer).not.toContain('할인');
  });

  it('say so when nothing is unpaid', async () => {
    const answer = await openedBy(new BillingTalk(), '010-0000-1002', { action: 'billItems.show' });
    expect(answer).toContain('안 낸 요금이 없어서');
    expect(answer).toContain('기준');
  });

  it('are told in English', async () => {
    const talk = new BillingTalk({ locale: 'en' });
    const answer = await openedBy(talk, '010-0000-1003', { action: 'billItems.show' });
    expect(answer).toContain('Oct mobile bill in detail');
    expect(answer).toContain('Billed 66,000 won');
  });
});
