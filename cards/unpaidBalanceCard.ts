import type { BillingStatement, CustomerBill } from '../services/billing/billingGateway';
import { minusKrw } from '../services/billing/krw';
import type { ChannelNow } from '../services/faq/channelAdvice';
import type { Locale, Strings } from '../strings';
import { channelRowClaims, channelRows } from './channelRows';
import type { Fact, Reply, ReplyAction, Section, Suggestion } from './reply';
import { suggestTopics } from './topicSuggestions';

/**
 * What the customer still owes: total and as-of time, a row a bill (overdue first), where to check and pay now.
 * @param statement whole won, as the billing system said at `statement.asOfMs`
 * @param channels in the order in which they help at that moment
 */
export function unpaidBalanceCard(
  statement: BillingStatement,
  channels: readonly ChannelNow[],
  s: Strings,
  locale: Locale,
): Reply {
  const { unpaidBills, totalUnpaid, totalInProgress, asOfMs, maskedLine } = statement;
  const t = s.unpaidBalance;
  const note = t.asOf(maskedLine, asOfMs);
  const where: Section = { heading: t.whereToPay, rows: channelRows(channels, s, locale, asOfMs) };
  const inProgress = totalInProgress > 0 ? [t.inProgressNote(s.won(totalInProgress))] : [];
  const inProgressClaims = totalInProgress > 0 ? ['S39', 'S40', 'S41'] : [];
  if (unpaidBills.length === 0) {
    return {
      locale,
      layout: 'card',
      title: t.noneTitle,
      body: [t.none(maskedLine)],
      note,
      suggestions: suggestTopics(['due_alerts', 'check_methods'], s),
    };
  }
  const onlyInProgress = totalUnpaid === 0;
  return {
    locale,
    layout: 'card',
    ...(onlyInProgress
      ? { title: t.inProgressTitle }
      : { headline: { label: t.headline, value: s.won(totalUnpaid) } }),
    note,
    facts: unpaidBills.map((bill) => billRow(bill, s)),
    body: inProgress,
    ...(onlyInProgress ? {} : { sections: [where] }),
    actions: [showItemsAction(unpaidBills[0]?.billNo, s)],
    claims: [...inProgressClaims, ...(onlyInProgress ? [] : channelRowClaims)],
    suggestions: suggestTopics(
      onlyInProgress
        ? ['payment_delay', 'human_agent']
        : ['pay_methods', 'overdue_help', 'payment_delay', 'human_agent'],
      s,
    ),
    speak: onlyInProgress ? t.inProgressTitle : t.spoken(s.spokenWon(totalUnpaid), unpaidBills.length),
  };
}

/** @param billNo undefined = the first unpaid bill */
function showItemsAction(billNo: string | undefined, s: Strings): ReplyAction {
  const value = { action: 'billItems.show', ...(billNo === undefined ? {} : { billNo }) };
  return { kind: 'do', label: s.billItems.show, value };
}

function billRow(bill: CustomerBill, s: Strings): Fact {
  const t = s.unpaidBalance;
  const due = bill.overdue ? t.dueWas(s.dayOf(bill.paymentDueDate)) : t.dueBy(s.dayOf(bill.paymentDueDate));
  const paid = minusKrw(bill.amountDue, bill.remainingAmount);
  const partly = paid > 0 ? ` · ${t.partlyPaid(s.won(paid), s.won(bill.amountDue))}` : '';
  return {
    label: t.bill(s.monthOf(bill.billingMonth), s.service[bill.service]),
    value: s.won(bill.remainingAmount),
    detail: `${due}${partly}`,
    mark: markOf(bill, s),
  };
}

function markOf(bill: CustomerBill, s: Strings): Fact['mark'] {
  const t = s.unpaidBalance;
  if (bill.paymentInProgress >= bill.remainingAmount)
    return { icon: 'pending', word: t.inProgress, tone: 'good' };
  if (bill.overdue) return { icon: 'overdue', word: t.overdue, tone: 'attention' };
  return { icon: 'upcoming', word: t.upcoming, tone: 'plain' };
}

/**
 * The billing system did not answer: an apology and the ways that work now.
 * @param again what asks the same once more; default: the balance
 */
export function billingUnavailableCard(
  channels: readonly ChannelNow[],
  s: Strings,
  locale: Locale,
  nowMs: number,
  again: string = s.topics.unpaid_balance.text,
): Reply {
  const t = s.unpaidBalance;
  const retry: Suggestion = { label: t.again, text: again };
  return {
    locale,
    layout: 'card',
    title: t.unavailable,
    sections: [{ heading: t.whereToPay, rows: channelRows(channels, s, locale, nowMs) }],
    claims: channelRowClaims,
    suggestions: [retry, s.reminders.offers.serviceBack, ...suggestTopics(['human_agent'], s)],
  };
}
