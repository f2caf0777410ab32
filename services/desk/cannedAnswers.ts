import type { FaqStore } from '../faq/faq';
import { type Question, QuestionFinder } from '../faq/questionFinder';
import { faqTopics, type IntentRecognizer, type Language, languages } from '../intent/intent';
import type { CannedAnswers } from './deskApi';

/** Answers of the knowledge base, for agents to send as they are or to build on. */
export class CannedAnswerSearch {
  private readonly finder: QuestionFinder;
  private readonly sources: ReadonlyMap<string, Readonly<Record<Language, string>>>;

  constructor(
    private readonly faq: FaqStore & { claims(): readonly Claim[] },
    recognizer: IntentRecognizer,
  ) {
    this.finder = new QuestionFinder(
      languages.flatMap((language) => questionsOf(faq, language)),
      recognizer,
    );
    this.sources = new Map(faq.claims().map(({ id, text }) => [id, text]));
  }

  /** @returns at most five, the likeliest first, each with the claims that its sentences rest on */
  find(typed: string, language: Language): CannedAnswers {
    const answers = this.finder.find(typed, language).flatMap(({ topic, text: question }) => {
      const known = faqTopics.find((one) => one === topic);
      if (known === undefined) return [];
      const { title, sentences } = this.faq.article(known).answers[language];
      const ids = [...new Set(sentences.flatMap(({ claims }) => claims))];
      const claims = ids.map((id) => ({ id, source: this.sources.get(id)?.[language] ?? '' }));
      return [{ topic, question, text: [title, ...sentences.map(({ text }) => text)].join('\n'), claims }];
    });
    return { answers };
  }
}

interface Claim {
  readonly id: string;
  readonly text: Readonly<Record<Language, string>>;
}

function questionsOf(faq: FaqStore, language: Language): Question[] {
  return faqTopics.flatMap((topic) =>
    faq.article(topic).questions[language].map((text) => ({ topic, language, text })),
  );
}
