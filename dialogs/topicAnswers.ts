import { dangerCard } from '../cards/dangerCard';
import { faqCard } from '../cards/faqCard';
import { followUpCard } from '../cards/followUpCard';
import { humanAgentCard, type InChat } from '../cards/humanAgentCard';
import { helpReply, isFaqTopic, outOfScopeReply } from '../cards/mannersReplies';
import type { Reply, Suggestion } from '../cards/reply';
import { setReminderCard } from '../cards/setReminderCard';
import type { ChannelId, FaqStore } from '../services/faq/faq';
import type { Helpline } from '../services/faq/helplines';
import type { Topic } from '../services/intent/intent';
import type { Request } from '../services/intent/requests/subject';
import type { Strings } from '../strings';
import type { ChannelsNow } from './billingDialog';
import { type DialogTurn, wordsOf } from './dialogTurn';
import { noteTrouble } from './handoffTrouble';

/** What topics are answered from. */
export interface AnswerSources {
  readonly faq: FaqStore;
  readonly channelsNow: ChannelsNow;
  readonly helplines: readonly Helpline[];
  /** What people can do in this chat; absent or undefined: nothing. */
  readonly inChat?: (turn: DialogTurn) => InChat | undefined;
}

/** The answers that need neither a check nor a dialog. */
export class TopicAnswers {
  constructor(private readonly sources: AnswerSources) {}

  /** The answer to a topic. @param lead an opening sentence, where the answer has room for one */
  reply(topic: Topic, turn: DialogTurn, lead?: string): Reply {
    const { faq } = this.sources;
    const { s, locale } = wordsOf(turn);
    if (isFaqTopic(topic)) {
      const article = faq.article(topic);
      const channels = article.channels.map((id) => faq.channel(id));
      const card = faqCard(article, channels, s, locale, lead);
      if (article.handoff !== true) return card;
      noteTrouble(turn, 'topic');
      return { ...card, suggestions: withPerson(card.suggestions ?? [], s) };
    }
    switch (topic) {
      case 'human_agent':
        return this.person(turn, lead);
      case 'set_reminder':
        return setReminderCard(faq.channel('app'), s, locale);
      case 'help':
        return helpReply(s, locale);
      default:
        return outOfScopeReply(s, locale);
    }
  }

  /** The true ways to a person. */
  person(turn: DialogTurn, lead?: string): Reply {
    const { s, locale } = wordsOf(turn);
    const inChat: InChat = this.sources.inChat?.(turn) ?? { state: 'never' };
    // A bare yes takes what is offered.
    if (inChat.state === 'now') turn.memory.offered = ['human_agent'];
    turn.memory.callbackOffered = inChat.state === 'later' ? true : undefined;
    return humanAgentCard(this.channelNow('phone', turn.nowMs), s, locale, turn.nowMs, lead, inChat);
  }

  /** One aspect of what was talked of. */
  aspect(request: Extract<Request, { kind: 'aspect' }>, turn: DialogTurn): Reply {
    const { topic, aspect, channel } = request;
    const { s, locale } = wordsOf(turn);
    const article = isFaqTopic(topic) ? this.sources.faq.article(topic) : undefined;
    const ids = channel === undefined ? (article?.channels ?? []) : [channel];
    const channels = ids.map((id) => this.channelNow(id, turn.nowMs)).filter((now) => now !== undefined);
    return followUpCard({ aspect, article, channels, nowMs: turn.nowMs }, s, locale);
  }

  /** For somebody whose life may be in danger. */
  danger(turn: DialogTurn): Reply {
    const { s, locale } = wordsOf(turn);
    return dangerCard(this.sources.helplines, s, locale);
  }

  private channelNow(id: ChannelId, nowMs: number) {
    return this.sources.channelsNow(nowMs).find(({ channel }) => channel.id === id);
  }
}

/** Some questions are rather for a person: then that comes first. */
function withPerson(suggestions: readonly Suggestion[], s: Strings): readonly Suggestion[] {
  const person = s.topics.human_agent;
  return [person, ...suggestions.filter(({ text }) => text !== person.text)];
}
