import path from 'node:path';
import { faqCard } from '../../cards/faqCard';
import { humanAgentCard } from '../../cards/humanAgentCard';
import {
  closestTopicsReply,
  helpReply,
  notUnderstoodReply,
  onlyNumberReply,
  outOfScopeReply,
  upsetReply,
  welcomeReply,
  whichOneReply,
  wordlessReply,
} from '../../cards/mannersReplies';
import type { Reply } from '../../cards/reply';
import { setReminderCard } from '../../cards/setReminderCard';
import {
  askCodeReply,
  askPhoneAgainReply,
  askPhoneReply,
  codeSentReply,
  elsewhereReply,
  limitedCodeReply,
  limitedReply,
  offerNewCodeReply,
} from '../../cards/stepUpReplies';
import { billingUnavailableCard, unpaidBalanceCard } from '../../cards/unpaidBalanceCard';
import { krw } from '../../services/billing/krw';
import { channelsForNow } from '../../services/faq/channelAdvice';
import { loadKnowledge } from '../../services/faq/knowledge';
import { faqTopics } from '../../services/intent/intent';
import { stringsFor } from '../../strings';
import { aBill, aStatement } from '../builders';

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
      codeSent: codeSentReply(s.stepUp.sent(6, 3), s, locale),
      codeSentAgain: codeSentReply(s.stepUp.sentAgain(8, 3), s, locale),
      limited: limitedReply(s.opensAt(sunday, monday), s, locale),
      limitedCode: limitedCodeReply(s.opensAt(sunday, monday), s, locale),
      declined: elsewhereReply(s.stepUp.declined, s, locale),
      upset: upsetReply(s, locale),
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
