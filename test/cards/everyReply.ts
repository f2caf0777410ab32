import path from 'node:path';
import {
  agencyAgainReply,
  agencyRefusedReply,
  agencyWaitingReply,
  askAgencyReply,
} from '../../cards/agencyReplies';
import {
  billItemsCard,
  billNotFoundReply,
  detailsNotHereReply,
  nothingUnpaidReply,
} from '../../cards/billItemsCard';
import { dangerCard } from '../../cards/dangerCard';
import { faqCard } from '../../cards/faqCard';
import { followUpCard } from '../../cards/followUpCard';
import {
  agentNoticeReply,
  agentWordsReply,
  callbackKeptReply,
  cancelledReply,
  handoffRequestedReply,
  nobodyCameReply,
  notedReply,
  plainHandoffReply,
  rateReply,
  requeuedReply,
  stillWaitingReply,
  waitingNoticeReply,
} from '../../cards/handoffReplies';
import { humanAgentCard } from '../../cards/humanAgentCard';
import {
  closestTopicsReply,
  helpReply,
  moodReply,
  notUnderstoodReply,
  onlyNumberReply,
  outOfScopeReply,
  welcomeReply,
  whichOneReply,
  wordlessReply,
} from '../../cards/mannersReplies';
import { paymentAccountCard } from '../../cards/paymentAccountCard';
import { paymentStatusCard, paymentStatusOffer } from '../../cards/paymentStatusCard';
import {
  agreedReply,
  agreedTogether,
  askWhenReply,
  reminderListReply,
  reminderMessage,
} from '../../cards/reminderCard';
import type { Reply } from '../../cards/reply';
import { setReminderCard } from '../../cards/setReminderCard';
import {
  askCodeReply,
  askPhoneAgainReply,
  askPhoneReply,
  codeSentAgainReply,
  codeSentReply,
  elsewhereReply,
  forAnotherReply,
  knownLineReply,
  limitedCodeReply,
  limitedReply,
  offerNewCodeReply,
  withTimeLimit,
} from '../../cards/stepUpReplies';
import { billingUnavailableCard, unpaidBalanceCard } from '../../cards/unpaidBalanceCard';
import type { Payment } from '../../services/billing/billingGateway';
import { krw } from '../../services/billing/krw';
import { channelsForNow } from '../../services/faq/channelAdvice';
import { loadHelplines } from '../../services/faq/helplines';
import { loadKnowledge } from '../../services/faq/knowledge';
import { faqTopics } from '../../services/intent/intent';
import { aspects } from '../../services/intent/requests/subject';
import { type Locale, type Strings, stringsFor } from '../../strings';
import { aBill, aHistory, aStatement, someBillItems } from '../builders';
import { everyReminderMessage, someReminders } from './someReminders';

const sunday = Date.parse('2026-11-22T17:20:00+09:00');
const monday = Date.parse('2026-11-23T10:00:00+09:00');

/** Every kind of reply the product makes, in both languages, by name. */
export function everyReply(): [string, Reply][] {
  const knowledge = loadKnowledge(path.resolve(__dirname, '../../data'));
  const channels = (nowMs: number) => channelsForNow(knowledge.channels(), nowMs, () => false);
  return (['ko', 'en'] as const).flatMap((locale) => {
    const s = stringsFor(locale);
    const replies: Record<string, Reply> = {
      welcome: welcomeReply(s, locale),
      help: helpReply(s, locale),
      notUnderstood: notUnderstoodReply(s, locale),
      outOfScope: outOfScopeReply(s, locale),
      closestTopics: closestTopicsReply(['check_app', 'check_web', 'pay_methods'], s, locale),
      askPhone: askPhoneReply(s.stepUp.askPhone, s, locale),
      askPhoneAgain: askPhoneAgainReply(s.stepUp.phoneAgain, s, locale),
      askCode: askCodeReply([s.stepUp.stillCode], s, locale),
      codeSent: withTimeLimit(codeSentReply(s.stepUp.sent(6, 3), s, locale), sunday + 180_000, s),
      askAgency: askAgencyReply(
        { url: 'https://bill.example.kr/identity/start?t=token', until: s.clockTime(sunday) },
        s,
        locale,
      ),
      agencyPending: agencyWaitingReply(s.agency.pending, s, locale),
      agencyFailed: agencyAgainReply(s.agency.failed, s, locale),
      agencyOtherPerson: agencyRefusedReply(s.agency.otherPerson, s, locale),
      agencyUnderage: agencyRefusedReply(s.agency.underage, s, locale),
      codeSentAgain: codeSentReply(s.stepUp.sentAgain(8, 3), s, locale),
      limited: limitedReply(s.opensAt(sunday, monday), s, locale),
      limitedCode: limitedCodeReply(s.opensAt(sunday, monday), s, locale),
      codeSentAnew: codeSentAgainReply(s.stepUp.sentAgain(6, 3), s, locale),
      knownLine: knownLineReply('010-****-1001', s, locale),
      forAnother: forAnotherReply(s, locale),
      underFourteen: elsewhereReply(s.stepUp.underFourteen, s, locale),
      declined: elsewhereReply(s.stepUp.declined, s, locale),
      upset: moodReply('upset', s, locale),
      wornOut: moodReply('wornOut', s, locale),
      closestTopic: closestTopicsReply(['late_fee'], s, locale, s.unsure.notThat),
      danger: dangerCard(loadHelplines(path.resolve(__dirname, '../../data')), s, locale),
      wordless: wordlessReply(s, locale),
      onlyNumber: onlyNumberReply(s, locale),
      whichOne: whichOneReply(['check_app', 'pay_methods'], s, locale),
      exhausted: offerNewCodeReply(s.stepUp.exhausted, s, locale),
      humanAgentOpen: humanAgentCard(
        channels(monday).find(({ channel }) => channel.id === 'phone'),
        s,
        locale,
        monday,
      ),
      humanAgentClosed: humanAgentCard(
        channels(sunday).find(({ channel }) => channel.id === 'phone'),
        s,
        locale,
        sunday,
      ),
      setReminder: setReminderCard(knowledge.channel('app'), s, locale),
      billingUnavailable: billingUnavailableCard(channels(sunday), s, locale, sunday),
      owesNothing: unpaidBalanceCard(aStatement([]), channels(sunday), s, locale),
      owesTwo: unpaidBalanceCard(
        aStatement([
          aBill({ remaining: 35_000, overdue: true, billingMonth: '2026-08', paymentDueDate: '2026-09-25' }),
          aBill({ remaining: 42_300 }),
        ]),
        channels(sunday),
        s,
        locale,
      ),
      owesPart: unpaidBalanceCard(
        aStatement([aBill({ remaining: 31_000, amountDue: krw(66_000) })]),
        channels(monday),
        s,
        locale,
      ),
      inProgress: unpaidBalanceCard(
        aStatement([aBill({ remaining: 52_800, paymentInProgress: krw(52_800) })]),
        channels(monday),
        s,
        locale,
      ),
    };
    for (const aspect of aspects) {
      for (const now of [sunday, monday].flatMap((nowMs) =>
        channels(nowMs).map((one) => ({ ...one, nowMs })),
      ))
        replies[`${aspect} ${now.channel.id} ${now.state}`] = followUpCard(
          { aspect, channels: [now], nowMs: now.nowMs },
          s,
          locale,
        );
    }
    Object.assign(replies, billingDetails(s, locale, channels(sunday)), reminderReplies(s, locale));
    Object.assign(replies, aroundPeople(s, locale, channels));
    for (const topic of faqTopics) {
      const article = knowledge.article(topic);
      replies[topic] = faqCard(
        article,
        article.channels.map((id) => knowledge.channel(id)),
        s,
        locale,
      );
    }
    return Object.entries(replies).map(([name, reply]): [string, Reply] => [`${name} (${locale})`, reply]);
  });
}

function billingDetails(
  s: Strings,
  locale: Locale,
  channels: Parameters<typeof paymentStatusCard>[1],
): Record<string, Reply> {
  const bill = aBill({ remaining: 31_000, amountDue: krw(66_000) });
  const paid = (state: Payment['state'], paidOn: string): Payment => ({ paidOn, amount: krw(35_000), state });
  const status = (payments: Payment[], bills = [bill]) =>
    paymentStatusCard(aHistory(payments, bills), channels, s, locale);
  const asOf = { asOfMs: sunday, maskedLine: '010-****-1001' };
  return {
    billItems: billItemsCard(someBillItems({ otherUnpaidBills: [aBill()] }), s, locale),
    billItemsDiffer: billItemsCard(someBillItems({ itemsTotal: krw(60_000) }), s, locale),
    billWithoutItems: billItemsCard(someBillItems({ items: [], itemsTotal: krw(0) }), s, locale),
    billNotFound: billNotFoundReply(s, locale),
    nothingUnpaid: nothingUnpaidReply('010-****-1001', sunday, s, locale),
    detailsNotHere: detailsNotHereReply(s, locale),
    paymentAccount: paymentAccountCard(
      {
        ...asOf,
        accounts: [
          { service: 'mobile', kind: 'card', institution: '다라카드', lastFour: '3307' },
          { service: 'internet', kind: 'bank', institution: '', lastFour: '' },
          { service: 'other', kind: 'none', institution: '', lastFour: '' },
        ],
      },
      s,
      locale,
    ),
    paymentInProgress: status([paid('inProgress', '2026-11-21')]),
    paymentSettled: status([paid('settled', '2026-11-13')]),
    allSettled: status([paid('settled', '2026-11-13')], []),
    paymentFailed: status([paid('failed', '2026-11-22'), paid('unclear', '2026-11-02')]),
    paymentUnclear: status([paid('unclear', '2026-11-02')]),
    noPayment: status([]),
    paymentStatusOffer: paymentStatusOffer(s, locale),
  };
}

function reminderReplies(s: Strings, locale: Locale): Record<string, Reply> {
  const facts = { nowMs: sunday, unknown: false };
  const messages = everyReminderMessage.map((message): [string, Reply] => [
    `reminder ${message.kind}${'nothingLeft' in message && !message.nothingLeft ? ' rest' : ''}`,
    reminderMessage(message, s, locale),
  ]);
  const agreed = someReminders.map((one): [string, Reply] => [
    `agreed ${one.plan.kind} ${one.stage.name}`,
    agreedReply(one, facts, s, locale),
  ]);
  return {
    ...Object.fromEntries([...messages, ...agreed]),
    agreedTogether: agreedTogether(
      someReminders.slice(0, 4).map((reminder) => ({ reminder, unknown: false })),
      { nowMs: sunday, others: Object.values(s.reminders.ask.other) },
      s,
      locale,
    ),
    askWhen: askWhenReply(s.reminders.ask.when, s, locale),
    reminderList: reminderListReply(someReminders, sunday, s, locale),
    noReminders: reminderListReply([], sunday, s, locale),
  };
}

/** What is said before, while and after a person talks. */
function aroundPeople(
  s: Strings,
  locale: Locale,
  channels: (nowMs: number) => ReturnType<typeof channelsForNow>,
): Record<string, Reply> {
  const t = s.handoff;
  const phone = (nowMs: number) => channels(nowMs).find(({ channel }) => channel.id === 'phone');
  const opens = s.opensAt(sunday, monday);
  const rated = (lead: string, summary = '') =>
    rateReply({ lead, summary, handoffId: '00000000-0000-4000-8000-000000000000' }, s, locale);
  return {
    canConnect: humanAgentCard(phone(monday), s, locale, monday, s.unsure.stuck, { state: 'now' }),
    canCallback: humanAgentCard(phone(sunday), s, locale, sunday, undefined, {
      state: 'later',
      opensAtMs: monday,
    }),
    called: handoffRequestedReply({ ahead: 0 }, s, locale),
    calledInQueue: handoffRequestedReply({ ahead: 12, expectedMs: 190_000 }, s, locale),
    calledSoon: handoffRequestedReply({ ahead: 1, expectedMs: 20_000 }, s, locale),
    stillWaiting: stillWaitingReply({ ahead: 2, expectedMs: 60_000 }, t.stillWaiting, s, locale),
    calledAlready: stillWaitingReply({ ahead: 0 }, t.already, s, locale),
    noted: notedReply(s, locale),
    stoppedWaiting: cancelledReply(s, locale),
    agentJoined: agentNoticeReply(t.joined('Minji'), s, locale),
    somebodyJoined: agentNoticeReply(t.joinedUnnamed, s, locale),
    agentChanged: agentNoticeReply(t.moved('Doyun'), s, locale),
    withAgent: agentNoticeReply(t.withAgent, s, locale),
    noFiles: agentNoticeReply(t.noFiles, s, locale),
    requeued: requeuedReply(s, locale),
    agentWords: agentWordsReply('OK', locale),
    rateResolved: rated(t.resolved),
    rateReturned: rated(t.returned, 'OK'),
    rateLeft: rated(t.left),
    rated: plainHandoffReply(t.rated, s, locale),
    nobodyCame: nobodyCameReply(t.timeout, s, locale),
    nobodyAnswered: nobodyCameReply(t.callbackTimeout, s, locale),
    handoffFailed: nobodyCameReply(t.failed, s, locale),
    callbackKept: callbackKeptReply(t.callbackKept(opens), s, locale),
    callbackKeptAlready: callbackKeptReply(t.callbackAlready(opens), s, locale),
    callbackDropped: plainHandoffReply(t.callbackDropped, s, locale),
    callbackDue: waitingNoticeReply(t.callbackDue, s, locale),
  };
}
