import type { FaqArticle, ServiceChannel } from '../services/faq/faq';
import type { Locale, Strings } from '../strings';
import { channelAction } from './channelRows';
import type { Reply } from './reply';
import { suggestTopics } from './topicSuggestions';

/**
 * An article of the knowledge base: its sourced sentences, the buttons of its channels, natural next questions.
 * @param channels the article's channels, in the order in which their buttons stand
 * @param lead an opening sentence, such as a word on why this comes only now
 */
export function faqCard(
  article: FaqArticle,
  channels: readonly ServiceChannel[],
  s: Strings,
  locale: Locale,
  lead?: string,
): Reply {
  const answer = article.answers[locale];
  // Several channels: one button each; a single one shows all its ways.
  const shown = channels.flatMap((channel) =>
    channels.length > 1 ? channel.actions.slice(0, 1) : channel.actions,
  );
  const actions = shown.map((action) => channelAction(action, locale)).slice(0, 4);
  return {
    locale,
    layout: actions.length > 0 ? 'card' : 'text',
    title: answer.title,
    body: [...(lead === undefined ? [] : [lead]), ...answer.sentences.map((sentence) => sentence.text)],
    actions,
    suggestions: suggestTopics(article.next, s),
    claims: [...new Set(answer.sentences.flatMap((sentence) => sentence.claims))],
  };
}
