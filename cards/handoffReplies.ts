import type { WaitingPlace } from '../services/handoff/handoffWaits';
import type { Topic } from '../services/intent/intent';
import type { Locale, Strings } from '../strings';
import { sayCard, startOverReply } from './mannersReplies';
import type { Reply, ReplyAction } from './reply';
import { suggestTopics } from './topicSuggestions';

/** Claims behind the call centre's numbers. */
const numberClaims = ['S24', 'S25'];
const minuteMs = 60_000;

/** Starts a handoff; understood in its own words too. */
export function connectAction(label: string): ReplyAction {
  return { kind: 'do', label, value: { action: 'handoff.start' } };
}

/** Leaves a request outside opening hours. */
export function callbackAction(s: Strings): ReplyAction {
  return { kind: 'do', label: s.handoff.callback, value: { action: 'handoff.callback' } };
}

/** The customer waits for a person from now on. */
export function handoffRequestedReply(place: WaitingPlace, s: Strings, locale: Locale, lead?: string): Reply {
  const t = s.handoff;
  return {
    locale,
    layout: 'card',
    title: t.title,
    body: [...(lead === undefined ? [] : [lead]), ...placeLines(place, s), t.passedOn, t.whileWaiting],
    suggestions: [t.howLong, t.cancel],
  };
}

/** How it stands, for one who waits. */
export function stillWaitingReply(place: WaitingPlace, lead: string, s: Strings, locale: Locale): Reply {
  const { howLong, cancel } = s.handoff;
  return {
    locale,
    layout: 'text',
    body: [[lead, ...placeLines(place, s)].join(' ')],
    suggestions: [howLong, cancel],
  };
}

/** What was written while waiting goes along. */
export function notedReply(s: Strings, locale: Locale): Reply {
  const { noted, howLong, cancel } = s.handoff;
  return { locale, layout: 'text', body: [noted], suggestions: [howLong, cancel] };
}

/** From the desk's side of things: somebody joined, or somebody else did. */
export function agentNoticeReply(text: string, s: Strings, locale: Locale): Reply {
  return { locale, layout: 'text', body: [text], suggestions: [s.handoff.end] };
}

/** An agent's own words. */
export function agentWordsReply(text: string, locale: Locale): Reply {
  return { locale, layout: 'text', body: [text] };
}

/** While nobody has joined: a notice, and the way out. */
export function waitingNoticeReply(text: string, s: Strings, locale: Locale): Reply {
  return { locale, layout: 'text', body: [text], suggestions: [s.handoff.cancel] };
}

export function requeuedReply(s: Strings, locale: Locale): Reply {
  const { requeued, howLong, cancel } = s.handoff;
  return { locale, layout: 'text', body: [requeued], suggestions: [howLong, cancel] };
}

export function cancelledReply(s: Strings, locale: Locale): Reply {
  return startOverReply(s.handoff.cancelled, s, locale);
}

/** A person's help is over: how was it? @param summary what the agent left for the customer, '' for nothing */
export function rateReply(
  {
    lead,
    summary,
    handoffId,
  }: { readonly lead: string; readonly summary: string; readonly handoffId: string },
  s: Strings,
  locale: Locale,
): Reply {
  const t = s.handoff;
  return {
    locale,
    layout: 'card',
    title: t.rateTitle,
    body: [lead, ...(summary === '' ? [] : [t.summary(summary)]), t.rateHow],
    // The best first: that is what fits where a channel shows three.
    actions: t.stars
      .map(
        (label, index): ReplyAction => ({
          kind: 'do',
          label,
          value: { action: 'handoff.rate', handoff: handoffId, stars: String(index + 1) },
        }),
      )
      .reverse(),
    suggestions: suggestTopics(['unpaid_balance', 'help'], s),
  };
}

/** Nobody came: the numbers, and another try. @param opens when a kept request is answered, in words; absent: none is kept */
export function nobodyCameReply(lead: string, s: Strings, locale: Locale, opens?: string): Reply {
  return {
    locale,
    layout: 'card',
    body: [
      lead,
      ...(opens === undefined ? [] : [s.handoff.canCallback(opens)]),
      s.handoff.otherWays,
      s.humanAgent.mobile,
      s.humanAgent.others,
    ],
    actions: [
      ...(opens === undefined ? [] : [callbackAction(s)]),
      connectAction(s.handoff.again),
      { kind: 'call', label: s.humanAgent.call114, phoneNumber: '114' },
      { kind: 'call', label: s.humanAgent.call1588, phoneNumber: '15880010' },
    ],
    suggestions: suggestTopics(['check_store', 'unpaid_balance'], s),
    claims: numberClaims,
  };
}

/** A request is noted for opening time. @param opens in words, such as "내일 오전 9시" */
export function callbackKeptReply(text: string, s: Strings, locale: Locale): Reply {
  const more: readonly Topic[] = ['unpaid_balance', 'check_methods'];
  return {
    locale,
    layout: 'text',
    body: [`${text} ${s.handoff.callbackMore}`],
    suggestions: [s.handoff.callbackDrop, ...suggestTopics(more, s)],
  };
}

export function plainHandoffReply(text: string, s: Strings, locale: Locale): Reply {
  return sayCard(text, ['unpaid_balance', 'check_methods', 'help'], s, locale);
}

function placeLines({ ahead, expectedMs }: WaitingPlace, { handoff: t }: Strings): string[] {
  const place = ahead === 0 ? t.next : t.ahead(ahead);
  if (expectedMs === undefined) return [place, t.unknown];
  return [place, expectedMs < minuteMs ? t.usuallySoon : t.usually(Math.ceil(expectedMs / minuteMs))];
}
