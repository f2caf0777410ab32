import type { IncomingMessage } from 'node:http';
import type * as restify from 'restify';
import { z } from 'zod';
import { faqCard } from '../../cards/faqCard';
import { isFaqTopic } from '../../cards/mannersReplies';
import type { ReplyAction } from '../../cards/reply';
import { TokenBucket } from '../../channels/directLine/tokenBucket';
import type { Clock } from '../../services/clock';
import type { FaqStore } from '../../services/faq/faq';
import { type Question, QuestionFinder } from '../../services/faq/questionFinder';
import { faqTopics, type IntentRecognizer, type Language, languages } from '../../services/intent/intent';
import { stringsFor } from '../../strings';
import { sendError, sendJson } from './answers';

export interface FaqRouteDeps {
  readonly faq: FaqStore;
  readonly recognizer: IntentRecognizer;
  readonly clock: Clock;
  readonly networkOf: (req: IncomingMessage) => string;
}

/** What the widget shows for one question: the same sourced text as the chat, or the way into the chat. */
export type OfferedQuestion =
  | {
      readonly kind: 'answer';
      readonly topic: string;
      readonly question: string;
      readonly answer: OfferedAnswer;
    }
  | { readonly kind: 'chat' | 'person'; readonly topic: string; readonly question: string };

export interface OfferedAnswer {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly actions: readonly Extract<ReplyAction, { kind: 'open' | 'call' }>[];
  /** Claim ids behind the sentences. */
  readonly claims: readonly string[];
}

/** A fast typist presses ten keys a second; this is a minute of three of them at one address. */
const questionsPerMinute = 1_800;
const query = z.object({ q: z.string().max(2_000).default(''), lang: z.enum(languages).default('ko') });

/**
 * `GET /api/faq?q=&lang=` → `{ questions: OfferedQuestion[] }`: at most five that somebody may be typing, with
 * their answers; the most asked ones when `q` is empty; none when it is about something else. Nothing is kept.
 */
export function registerFaq(server: Pick<restify.Server, 'get'>, deps: FaqRouteDeps): void {
  const { faq, recognizer, clock, networkOf } = deps;
  const finder = new QuestionFinder(
    languages.flatMap((language) => questionsOf(faq, language)),
    recognizer,
  );
  const bucket = new TokenBucket(questionsPerMinute, clock);
  server.get('/api/faq', async (req: restify.Request, res: restify.Response) => {
    const waitSeconds = bucket.take(networkOf(req));
    if (waitSeconds > 0) return sendError(res, 429, { 'Retry-After': String(waitSeconds) });
    const given = query.safeParse(
      Object.fromEntries(new URLSearchParams((req.url ?? '').split('?')[1] ?? '')),
    );
    if (!given.success) return sendError(res, 400);
    const { q, lang } = given.data;
    sendJson(res, 200, { questions: finder.find(q, lang).map((question) => offered(question, faq)) });
  });
}

/** What concerns one's own account first: it is asked most, and only the chat can answer it. */
function questionsOf(faq: FaqStore, language: Language): Question[] {
  const { topics } = stringsFor(language);
  const ofChat = (topic: 'unpaid_balance' | 'human_agent' | 'set_reminder') => ({
    topic,
    language,
    text: topics[topic].text,
  });
  const ofArticles = faqTopics.flatMap((topic) =>
    faq.article(topic).questions[language].map((text) => ({ topic, language, text })),
  );
  return [ofChat('unpaid_balance'), ...ofArticles, ofChat('human_agent'), ofChat('set_reminder')];
}

function offered({ topic, language, text }: Question, faq: FaqStore): OfferedQuestion {
  if (!isFaqTopic(topic)) return { kind: topic === 'human_agent' ? 'person' : 'chat', topic, question: text };
  const article = faq.article(topic);
  const channels = article.channels.map((id) => faq.channel(id));
  const card = faqCard(article, channels, stringsFor(language), language);
  const actions = (card.actions ?? []).filter((action) => action.kind === 'open' || action.kind === 'call');
  const { title = '', body = [], claims = [] } = card;
  return { kind: 'answer', topic, question: text, answer: { title, sentences: body, actions, claims } };
}
