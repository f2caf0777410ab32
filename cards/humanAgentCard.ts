import type { ChannelNow } from '../services/faq/channelAdvice';
import type { Locale, Strings } from '../strings';
import type { Reply } from './reply';
import { suggestTopics } from './topicSuggestions';

/**
 * The true ways to a person: the call centre's numbers, and whether somebody answers at this moment.
 * @param callCentre the phone channel as it stands now
 * @param lead an opening sentence, such as an apology after three failures
 */
export function humanAgentCard(
  callCentre: ChannelNow | undefined,
  s: Strings,
  locale: Locale,
  nowMs: number,
  lead?: string,
): Reply {
  const t = s.humanAgent;
  const hours =
    callCentre?.state === 'open'
      ? [t.open(s.clockTime(callCentre.closesAtMs))]
      : callCentre?.state === 'closed'
        ? [t.closed(s.opensAt(nowMs, callCentre.opensAtMs))]
        : [];
  return {
    locale,
    layout: 'card',
    title: t.title,
    body: [...(lead === undefined ? [] : [lead]), t.notHere, ...hours, t.mobile, t.others, t.wait],
    person: { label: t.connect, otherwise: t.notHere },
    actions: [
      { kind: 'call', label: t.call114, phoneNumber: '114' },
      { kind: 'call', label: t.call1588, phoneNumber: '15880010' },
    ],
    suggestions: suggestTopics(['check_store', 'check_app', 'unpaid_balance'], s),
    claims: ['S24', 'S25', 'S28', 'S29', 'S30'],
  };
}
