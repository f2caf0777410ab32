import {
  othersThan,
  parseCorrection,
  resolveCorrection,
} from '../../../../services/intent/requests/correction';
import type { Request, Subject } from '../../../../services/intent/requests/subject';

const topic = (name: Extract<Request, { kind: 'topic' }>['topic']): Request => ({
  kind: 'topic',
  topic: name,
});

describe('a correction', () => {
  it.each<[Subject, string, Request | undefined]>([
    [{ topic: 'check_app' }, '아니 그거 말고 홈페이지', topic('check_web')],
    [{ topic: 'check_app' }, '앱 말고 전화로 할래요', topic('check_phone')],
    [{ topic: 'check_app' }, '앱 됐고 매장이요', topic('check_store')],
    [{ topic: 'unpaid_balance' }, '금액 말고 방법', topic('check_methods')],
    [{ topic: 'late_fee' }, '금액 말고 방법이요', topic('pay_methods')],
    [{ topic: 'check_methods' }, '조회 말고 납부요', topic('pay_methods')],
    [{ topic: 'human_agent' }, '상담원 말고 금액만 알려줘', topic('unpaid_balance')],
    [{ topic: 'check_app' }, 'not that, the website', topic('check_web')],
    [{ topic: 'check_app' }, 'no, not the app, by phone', topic('check_phone')],
    [{ topic: 'check_app' }, 'the website, not the app', topic('check_web')],
    [{ topic: 'check_app' }, 'website instead of the app', topic('check_web')],
    [{ topic: 'unpaid_balance' }, 'not the amount, how to pay', topic('pay_methods')],
    [
      { topic: 'pay_methods' },
      '매장 말고 앱',
      { kind: 'aspect', topic: 'pay_methods', aspect: 'pay', channel: 'app' },
    ],
  ])('after %j, %s', (subject, text, request) => {
    const correction = parseCorrection(text);
    expect(correction === undefined ? 'none' : resolveCorrection(correction, subject)).toEqual(request);
  });

  it.each<[Subject, string, readonly string[]]>([
    [{ topic: 'check_app' }, '아니 앱 말고', ['check_web', 'check_phone', 'check_store']],
    [{ topic: 'check_store' }, '그거 말고요', ['check_app', 'check_web', 'check_phone']],
    [{ topic: 'check_web' }, 'not that', ['check_app', 'check_phone', 'check_store']],
    [{ topic: 'unpaid_balance' }, '금액 말고요', ['check_methods', 'pay_methods', 'human_agent']],
  ])('that names nothing instead offers the others: after %j, %s', (subject, text, offered) => {
    const correction = parseCorrection(text);
    if (correction === undefined) throw new Error('it is a correction');
    expect(resolveCorrection(correction, subject)).toBeUndefined();
    expect(othersThan(correction, subject)).toEqual(offered);
  });

  it.each([
    ['앱 말고 홈페이지에서 연체료 보는 법'],
    ['상담원 말고 챗봇으로 요금제 바꾸고 싶어요'],
    ['not sure what to do'],
    ['I did not pay, what happens'],
    ['말고'],
    ['아니'],
    ['앱 말고 홈페이지랑 전화'],
  ])('is none when it says more, or less: %s', (text) => {
    expect(parseCorrection(text)).toBeUndefined();
  });
});
