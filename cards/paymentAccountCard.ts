import type { PaymentAccount, PaymentAccounts } from '../services/billing/billingGateway';
import type { Locale, Strings } from '../strings';
import type { Fact, Reply } from './reply';
import { suggestTopics } from './topicSuggestions';

/** What the bills are paid from: institution and last four digits, account by account. */
export function paymentAccountCard(
  { accounts, maskedLine, asOfMs }: PaymentAccounts,
  s: Strings,
  locale: Locale,
): Reply {
  return {
    locale,
    layout: 'card',
    title: s.paymentAccount.title,
    note: s.unpaidBalance.asOf(maskedLine, asOfMs),
    facts: accounts.map((account) => accountRow(account, s)),
    body: [s.paymentAccount.change],
    claims: ['S11'],
    suggestions: suggestTopics(['unpaid_balance', 'pay_methods', 'human_agent'], s),
  };
}

function accountRow({ service, kind, institution, lastFour }: PaymentAccount, s: Strings): Fact {
  const t = s.paymentAccount;
  const label = s.service[service];
  if (kind === 'none') return { label, value: t.none };
  const name = institution === '' ? t[kind] : institution;
  return { label, value: lastFour === '' ? name : t.lastFour(name, lastFour), detail: t[kind] };
}
