import type { ChannelNow } from '../services/faq/channelAdvice';
import type { Locale, Strings } from '../strings';
import { callbackAction, connectAction } from './handoffReplies';
import type { Reply, ReplyAction } from './reply';
import { suggestTopics } from './topicSuggestions';

/** What people can do in this chat: nothing, join it now, or answer a request from that time on. */
export type InChat =
  | { readonly state: 'never' }
  | { readonly state: 'now' }
  | { readonly state: 'later'; readonly opensAtMs: number };

/**
 * The true ways to a person: this chat, where people join it, and the call centre's numbers, with whether somebody
 * answers at this moment.
 * @param callCentre the phone channel as it stands now
 * @param lead an opening sentence, such as an apology after three failures
 */
export function humanAgentCard(
  callCentre: ChannelNow | undefined,
  s: Strings,
  locale: Locale,
  nowMs: number,
  lead?: string,
  inChat: InChat = { state: 'never' },
): Reply {
  const t = s.humanAgent;
  const hours =
    callCentre?.state === 'open'
      ? [t.open(s.clockTime(callCentre.closesAtMs))]
      : callCentre?.state === 'closed'
        ? [t.closed(s.opensAt(nowMs, callCentre.opensAtMs))]
        : [];
  const here = hereAndHow(inChat, s, nowMs);
  return {
    locale,
    layout: 'card',
    title: t.title,
    body: [
      ...(lead === undefined ? [] : [lead]),
      ...(here === undefined ? [t.notHere] : []),
      ...hours,
      ...(here === undefined ? [] : [here.sentence]),
      t.mobile,
      t.others,
      t.wait,
    ],
    ...(here === undefined ? { person: { label: t.connect, otherwise: t.notHere } } : {}),
    actions: [
      ...(here === undefined ? [] : [here.action]),
      { kind: 'call', label: t.call114, phoneNumber: '114' },
      { kind: 'call', label: t.call1588, phoneNumber: '15880010' },
    ],
    suggestions: suggestTopics(['check_store', 'check_app', 'unpaid_balance'], s),
    claims: ['S24', 'S25', 'S28', 'S29', 'S30'],
  };
}

function hereAndHow(
  inChat: InChat,
  s: Strings,
  nowMs: number,
): { readonly sentence: string; readonly action: ReplyAction } | undefined {
  switch (inChat.state) {
    case 'never':
      return undefined;
    case 'now':
      return { sentence: s.handoff.canConnect, action: connectAction(s.handoff.connect) };
    case 'later':
      return {
        sentence: s.handoff.canCallback(s.opensAt(nowMs, inChat.opensAtMs)),
        action: callbackAction(s),
      };
  }
}
