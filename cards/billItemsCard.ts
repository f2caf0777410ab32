import type { BillHeading, BillItem, BillItems } from '../services/billing/billingGateway';
import type { Locale, Strings } from '../strings';
import { sayCard } from './mannersReplies';
import type { Fact, Reply, ReplyAction } from './reply';
import { suggestTopics } from './topicSuggestions';

/** More buttons than this would hide the items. */
const mostOtherBills = 4;

/**
 * What one bill is made of, in the carrier's words, and the way to the other unpaid bills and the payment account.
 * @param billItems whole won, tax included, as the billing system said at `asOfMs`
 */
export function billItemsCard(billItems: BillItems, s: Strings, locale: Locale): Reply {
  const { bill, items, itemsTotal, otherUnpaidBills, maskedLine, asOfMs } = billItems;
  const t = s.billItems;
  const differs = items.length > 0 && itemsTotal !== bill.amountDue;
  return {
    locale,
    layout: 'card',
    title: t.title(s.monthOf(bill.billingMonth), s.service[bill.service]),
    headline: { label: t.billed, value: s.won(bill.amountDue) },
    note: s.unpaidBalance.asOf(maskedLine, asOfMs),
    facts: items.map((item) => itemRow(item, s)),
    body: [...(items.length === 0 ? [t.none] : []), ...(differs ? [t.differs(s.won(itemsTotal))] : [])],
    actions: [
      ...otherUnpaidBills.slice(0, mostOtherBills).map((other) => showItemsOf(other, s)),
      { kind: 'do', label: s.paymentAccount.show, value: { action: 'paymentAccount.show' } },
    ],
    suggestions: suggestTopics(['unpaid_balance', 'pay_methods', 'human_agent'], s),
  };
}

/** A stale button, or a number that is none of the customer's bills: the same words for both. */
export function billNotFoundReply(s: Strings, locale: Locale): Reply {
  return sayCard(s.billItems.notFound, ['unpaid_balance', 'human_agent'], s, locale);
}

export function nothingUnpaidReply(maskedLine: string, asOfMs: number, s: Strings, locale: Locale): Reply {
  const reply = sayCard(s.billItems.nothingUnpaid, ['payment_delay', 'check_methods'], s, locale);
  return { ...reply, note: s.unpaidBalance.asOf(maskedLine, asOfMs) };
}

/** A level that cannot be reached here: where the customer finds it instead. */
export function detailsNotHereReply(s: Strings, locale: Locale): Reply {
  return { ...sayCard(s.billItems.notHere, ['check_app', 'human_agent'], s, locale), claims: ['S10'] };
}

function itemRow({ name, amount, kind }: BillItem, s: Strings): Fact {
  const detail = kind === 'charge' ? undefined : s.billItems[kind];
  return {
    label: name === '' ? s.billItems.billed : name,
    value: s.won(amount),
    ...(detail === undefined ? {} : { detail }),
  };
}

function showItemsOf({ billNo, billingMonth, service }: BillHeading, s: Strings): ReplyAction {
  const label = s.billItems.showOf(s.monthOf(billingMonth), s.service[service]);
  return { kind: 'do', label, value: { action: 'billItems.show', billNo }, pressOnly: true };
}
