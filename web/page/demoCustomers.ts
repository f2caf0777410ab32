export interface DemoCustomer {
  /** As customers write it. */
  readonly phone: string;
  readonly situation: { readonly ko: string; readonly en: string };
  /** A few words for the list. */
  readonly short: { readonly ko: string; readonly en: string };
}

/** The people of the demo ledger, so that everybody tries the same ones. */
export const demoCustomers: readonly DemoCustomer[] = [
  {
    phone: '010-0000-1001',
    short: { ko: '기한 지난 요금이 있음', en: 'One bill overdue' },
    situation: {
      ko: '예전 달 요금 35,000원은 기한이 지났고, 42,300원은 아직 기한 전이에요.',
      en: '35,000 won from an earlier month is overdue; 42,300 won is not due yet.',
    },
  },
  {
    phone: '010-0000-1002',
    short: { ko: '안 낸 요금 없음', en: 'Nothing owed' },
    situation: { ko: '안 낸 요금이 없어요.', en: 'Nothing is owed.' },
  },
  {
    phone: '010-0000-1003',
    short: { ko: '일부만 냄', en: 'Partly paid' },
    situation: {
      ko: '66,000원 가운데 35,000원을 내서 31,000원이 남았어요.',
      en: '35,000 won of 66,000 won is paid; 31,000 won remains.',
    },
  },
  {
    phone: '010-0000-1004',
    short: { ko: '어제 다 냄, 반영 전', en: 'Paid yesterday' },
    situation: {
      ko: '어제 다 냈지만 아직 반영되지 않았어요.',
      en: 'Everything was paid yesterday but is not reflected yet.',
    },
  },
  {
    phone: '010-0000-1005',
    short: { ko: '이용 정지', en: 'Line suspended' },
    situation: {
      ko: '154,000원이 밀려 정지된 회선이라 문자가 오지 않아요.',
      en: 'The line is suspended over 154,000 won, so no message can arrive.',
    },
  },
  {
    phone: '010-0000-1006',
    short: { ko: '휴대폰·인터넷·TV', en: 'Mobile, internet, TV' },
    situation: {
      ko: '휴대폰 55,000원, 인터넷 33,000원이 있고 TV는 없어요.',
      en: 'Mobile 55,000 won, internet 33,000 won, nothing on TV.',
    },
  },
  {
    phone: '010-0000-1007',
    short: { ko: '방금 유심을 바꿈', en: 'SIM just changed' },
    situation: {
      ko: '48,000원이 있지만 한 시간 전에 유심이 바뀌어 문자 인증을 믿을 수 없어요.',
      en: '48,000 won is owed, but the SIM changed an hour ago, so a code by SMS cannot be trusted.',
    },
  },
];
