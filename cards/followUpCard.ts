import type { ChannelNow } from '../services/faq/channelAdvice';
import type { ClaimId, FaqArticle, ServiceChannel, SourcedSentence } from '../services/faq/faq';
import type { Aspect } from '../services/intent/requests/subject';
import type { Locale, Strings } from '../strings';
import { channelAction } from './channelRows';
import type { Fact, Reply, ReplyAction } from './reply';
import { suggestTopics } from './topicSuggestions';

/** What a short question is about: a channel, an article, or both. */
export interface FollowUpFacts {
  readonly aspect: Aspect;
  /** The article of the topic that was talked of, where it has one. */
  readonly article?: FaqArticle | undefined;
  /** The channels in question: the one that was named or talked of, else those of the article. */
  readonly channels: readonly ChannelNow[];
  /** Epoch ms. */
  readonly nowMs: number;
}

/** What is said of an aspect. Empty where nothing is known: then the way to find out is told. */
interface Known {
  readonly sentences: readonly SourcedSentence[];
  readonly notes?: readonly string[];
  readonly noteClaims?: readonly string[];
}

/**
 * The answer to a short question about what was talked of, from the knowledge base; what is not known there is
 * said to be not known, with the way to find out.
 */
export function followUpCard(facts: FollowUpFacts, s: Strings, locale: Locale): Reply {
  const { aspect, article, channels } = facts;
  const [only] = channels;
  const single = channels.length === 1 ? only : undefined;
  const title = single?.channel.texts[locale].name ?? article?.answers[locale].title;
  const base = {
    locale,
    ...(title === undefined ? {} : { title }),
    suggestions: suggestTopics(article?.next ?? ['unpaid_balance', 'check_methods', 'human_agent'], s),
  };
  const ofArticle = article === undefined ? [] : articleSentences(article, aspect, locale);
  if (single === undefined && ofArticle.length === 0) {
    const rows = channels.map((now) => ({ now, known: known(now, facts, s, locale) }));
    const told = rows.filter((row) => row.known.sentences.length > 0);
    if (told.length > 0) return manyChannels(base, told, rows.length > told.length, facts, s, locale);
  }
  const ofChannel = single === undefined ? undefined : known(single, facts, s, locale);
  const sentences = [...(ofChannel?.sentences ?? []), ...ofArticle];
  const isKnown = sentences.some(({ kind }) => kind !== 'limit') || sentences.length > 1;
  const unknown = isKnown ? [] : [s.followUp.unknown[aspect], s.followUp.askThere];
  const actions = single === undefined ? [] : actionsFor(single.channel, aspect, locale);
  return {
    ...base,
    layout: actions.length > 0 ? 'card' : 'text',
    body: [...sentences.map(({ text }) => text), ...(ofChannel?.notes ?? []), ...unknown],
    actions,
    claims: claimsOf(sentences, ofChannel?.noteClaims ?? []),
  };
}

function manyChannels(
  base: Pick<Reply, 'locale' | 'title' | 'suggestions'>,
  told: readonly { readonly now: ChannelNow; readonly known: Known }[],
  someUnknown: boolean,
  { aspect }: FollowUpFacts,
  s: Strings,
  locale: Locale,
): Reply {
  const rows: Fact[] = told.map(({ now, known: { sentences } }) => ({
    label: now.channel.texts[locale].name,
    value: sentences.map(({ text }) => text).join(' '),
  }));
  return {
    ...base,
    layout: 'card',
    facts: rows,
    ...(someUnknown
      ? { note: `${s.followUp.othersUnknown[aspect] ?? ''} ${s.followUp.askThere}`.trim() }
      : {}),
    claims: claimsOf(told.flatMap(({ known: { sentences } }) => sentences)),
  };
}

/** What the knowledge base says of a channel in this respect. */
function known(now: ChannelNow, facts: FollowUpFacts, s: Strings, locale: Locale): Known {
  const text = now.channel.texts[locale];
  switch (facts.aspect) {
    case 'hours': {
      if (text.hours === undefined) return { sentences: [] };
      const limits = now.channel.hoursVary ? (text.limits ?? []) : [];
      return { sentences: [text.hours, ...limits], ...openNow(now, facts.nowMs, s) };
    }
    case 'duration':
      // A wait at the telephone is no answer to how long something else takes.
      return facts.channels.length > 1
        ? { sentences: [] }
        : { sentences: text.cons.filter(says('S28')), notes: waiting(now, s) };
    case 'cost':
    case 'number':
      return { sentences: text.cost === undefined ? [] : [text.cost] };
    case 'place':
      return { sentences: now.channel.id === 'phone' ? [] : [text.summary] };
    case 'bring':
      return { sentences: text.bring === undefined ? [] : [text.bring] };
    case 'pay':
      return {
        sentences: [...text.pros, text.summary].filter(says('S34', 'S11')).slice(0, 1),
        notes: payNote(now, s),
      };
    case 'next':
      return { sentences: text.bring === undefined ? [] : [text.bring], notes: [s.followUp.unknown.next] };
    case 'amount':
    case 'how':
      return { sentences: [text.summary] };
  }
}

/** Changing how one pays is not paying: say what is not known beside what is. */
function payNote({ channel }: ChannelNow, s: Strings): string[] {
  return channel.id === 'app' ? [s.followUp.unknown.pay, s.followUp.askThere] : [];
}

function waiting({ channel }: ChannelNow, s: Strings): string[] {
  return channel.id === 'phone' ? [s.followUp.unknown.duration] : [];
}

function openNow(now: ChannelNow, nowMs: number, s: Strings): Pick<Known, 'notes' | 'noteClaims'> {
  if (now.state === 'open')
    return { notes: [s.humanAgent.open(s.clockTime(now.closesAtMs))], noteClaims: ['S30'] };
  if (now.state === 'closed')
    return { notes: [s.humanAgent.closed(s.opensAt(nowMs, now.opensAtMs))], noteClaims: ['S30'] };
  return {};
}

/** Sentences of the article itself that speak of the aspect; its limits where they are what can be said. */
function articleSentences(article: FaqArticle, aspect: Aspect, locale: Locale): SourcedSentence[] {
  const { sentences } = article.answers[locale];
  const limits = sentences.filter(({ kind }) => kind === 'limit');
  switch (article.topic) {
    case 'payment_delay':
      return aspect === 'duration' ? [...sentences.filter(says('S40')), ...limits] : [];
    case 'suspension':
      return aspect === 'duration' ? limits : [];
    case 'late_fee':
      return aspect === 'amount' || aspect === 'cost' ? limits : [];
    case 'check_store':
      return aspect === 'place' ? limits : [];
    case 'identity_check':
      return aspect === 'bring' ? sentences.filter(says('S38', 'S32')) : [];
    default:
      return [];
  }
}

function says(...ids: readonly ClaimId[]): (sentence: SourcedSentence) => boolean {
  return ({ claims }) => claims.some((id) => ids.includes(id));
}

function claimsOf(sentences: readonly SourcedSentence[], more: readonly string[] = []): string[] {
  return [...new Set<string>([...sentences.flatMap(({ claims }) => claims), ...more])];
}

function actionsFor(channel: ServiceChannel, aspect: Aspect, locale: Locale): ReplyAction[] {
  // Whom to ask is a call away; elsewhere a link says where.
  return aspect === 'bring' ? [] : channel.actions.map((action) => channelAction(action, locale)).slice(0, 2);
}
