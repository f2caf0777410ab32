import type { Payment, PaymentHistory } from '../services/billing/billingGateway';
import type { ChannelNow } from '../services/faq/channelAdvice';
import type { Locale, Strings } from '../strings';
import { channelRowClaims, channelRows } from './channelRows';
import type { Fact, IconName, Reply } from './reply';
import { suggestTopics } from './topicSuggestions';

const mostPayments = 5;
const icons: Record<Payment['state'], IconName> = {
  inProgress: 'pending',
  settled: 'pending',
  failed: 'overdue',
  unclear: 'upcoming',
};

/**
 * Answers "냈는데 왜 아직 미납이에요?" from what was really paid: the payment that matters most in a sentence, what
 * is left after it, and the latest payments as rows.
 * @param history whole won, as the billing system said at `history.asOfMs`
 * @param channels in the order in which they help at that moment
 */
export function paymentStatusCard(
  history: PaymentHistory,
  channels: readonly ChannelNow[],
  s: Strings,
  locale: Locale,
): Reply {
  const { payments, statement, asOfMs, maskedLine } = history;
  const t = s.paymentStatus;
  // What is on its way explains the most; else the newest, whatever became of it.
  const told = payments.find(({ state }) => state === 'inProgress') ?? payments[0];
  const title =
    told === undefined ? t.noneFound : t[told.state](t.when(told.paidOn, asOfMs), s.won(told.amount));
  const moving = told?.state === 'inProgress';
  const owes = statement.totalUnpaid > 0;
  const left = !owes ? t.nothingLeft : (moving ? t.leftBesides : t.left)(s.won(statement.totalUnpaid));
  const mayBeLate = told === undefined && owes;
  const lost = owes && told?.state !== 'settled' && !moving;
  return {
    locale,
    layout: 'card',
    title,
    note: s.unpaidBalance.asOf(maskedLine, asOfMs),
    body: [
      left,
      ...(moving ? [t.delay] : []),
      ...(mayBeLate ? [t.justPaid] : []),
      ...(lost ? [t.askPerson] : []),
    ],
    facts: payments.slice(0, mostPayments).map((payment) => paymentRow(payment, asOfMs, s)),
    ...(owes
      ? {
          sections: [{ heading: s.unpaidBalance.whereToPay, rows: channelRows(channels, s, locale, asOfMs) }],
        }
      : {}),
    claims: [
      ...(moving ? ['S40', 'S41'] : []),
      ...(mayBeLate ? ['S39', 'S40'] : []),
      ...(owes ? channelRowClaims : []),
    ],
    suggestions: [
      ...(moving ? [s.reminders.offers.settled] : []),
      ...suggestTopics(['unpaid_balance', ...(owes ? ['pay_methods' as const] : []), 'human_agent'], s),
    ],
  };
}

/** For who is not verified: that their own payment can be looked up. Follows the general answer. */
export function paymentStatusOffer(s: Strings, locale: Locale): Reply {
  return {
    locale,
    layout: 'text',
    body: [s.paymentStatus.offerLine],
    suggestions: [s.paymentStatus.offer, ...suggestTopics(['human_agent'], s)],
  };
}

function paymentRow({ paidOn, amount, state }: Payment, nowMs: number, s: Strings): Fact {
  const t = s.paymentStatus;
  const tone = state === 'failed' ? 'attention' : state === 'unclear' ? 'plain' : 'good';
  return {
    label: t.payment,
    detail: t.when(paidOn, nowMs),
    value: s.won(amount),
    mark: { icon: icons[state], word: t.marks[state], tone },
  };
}
