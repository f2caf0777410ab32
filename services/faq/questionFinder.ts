import { jamoOf, soundOf } from '../intent/hangulSound';
import type { IntentRecognizer, Language, Topic } from '../intent/intent';
import { normalizeText, withoutSpaces } from '../intent/normalizeText';

/** A question that the widget can offer. */
export interface Question {
  readonly topic: Topic;
  readonly language: Language;
  readonly text: string;
}

interface PreparedQuestion extends Question {
  /** Spelled by sound, in jamo, without spaces: what has been typed of a syllable is the beginning of it. */
  readonly jamo: string;
  readonly grams: ReadonlySet<string>;
}

const mostQuestions = 5;
const gramLength = 3;
/** The recogniser's opinion of a text this short counts for nothing, of one this long in full (jamo). */
const opinionFrom = 4;
const opinionInFullFrom = 14;
const scores = { begins: 1, contains: 0.9, sharesGrams: 0.75, opinion: 0.8 } as const;
const leastScore = 0.34;

/**
 * Finds the questions that somebody may be typing: by their letters while the text is short, by what is meant as
 * it grows. Works on half-typed Korean syllables, wrong spelling and missing spaces.
 */
export class QuestionFinder {
  private readonly questions: readonly PreparedQuestion[];

  /** @param questions in the order in which they are offered when nothing has been typed */
  constructor(
    questions: readonly Question[],
    private readonly recognizer: IntentRecognizer,
  ) {
    this.questions = questions.map((question) => {
      const jamo = lettersOf(question.text);
      return { ...question, jamo, grams: gramsOf(jamo) };
    });
  }

  /**
   * @param typed as it stands in the field, composing syllable included; at most 200 characters count
   * @returns at most five, the likeliest first, one a topic; empty when it is about something else
   */
  find(typed: string, language: Language): Question[] {
    const own = this.questions.filter((question) => question.language === language);
    const text = typed.slice(0, 200);
    const jamo = lettersOf(text);
    if (jamo === '') return onePerTopic(own.map((question) => ({ question, score: 1 })));
    const trust =
      Math.min(1, (jamo.length - opinionFrom) / (opinionInFullFrom - opinionFrom)) * scores.opinion;
    const opinion = trust > 0 ? this.opinionOf(text) : new Map<Topic, number>();
    const typedGrams = gramsOf(jamo);
    const scored = own
      .map((question) => ({
        question,
        score: likeness(jamo, typedGrams, question) + trust * (opinion.get(question.topic) ?? 0),
      }))
      .filter(({ score }) => score >= leastScore);
    const elsewhere = trust * (opinion.get('out_of_scope') ?? 0);
    const best = Math.max(0, ...scored.map(({ score }) => score));
    if (elsewhere > best) return [];
    return onePerTopic(scored.sort((one, other) => other.score - one.score));
  }

  private opinionOf(text: string): Map<Topic, number> {
    const { topic, confidence, alternatives } = this.recognizer.recognize(text);
    const all = [{ topic, confidence }, ...alternatives];
    return new Map(all.map((scored) => [scored.topic, scored.confidence]));
  }
}

function onePerTopic(ranked: readonly { readonly question: PreparedQuestion }[]): Question[] {
  const found = new Map<Topic, Question>();
  for (const { question } of ranked) {
    const { topic, language, text } = question;
    if (!found.has(topic)) found.set(topic, { topic, language, text });
  }
  return [...found.values()].slice(0, mostQuestions);
}

/** 1 when the question begins with what was typed, less the less it resembles it. */
function likeness(jamo: string, typed: ReadonlySet<string>, question: PreparedQuestion): number {
  if (question.jamo.startsWith(jamo)) return scores.begins;
  if (jamo.length >= gramLength && question.jamo.includes(jamo)) return scores.contains;
  if (typed.size === 0) return 0;
  let shared = 0;
  for (const gram of typed) if (question.grams.has(gram)) shared += 1;
  return (scores.sharesGrams * shared) / typed.size;
}

function lettersOf(text: string): string {
  return jamoOf(soundOf(withoutSpaces(normalizeText(text))));
}

function gramsOf(jamo: string): Set<string> {
  const grams = new Set<string>();
  for (let at = 0; at + gramLength <= jamo.length; at += 1) grams.add(jamo.slice(at, at + gramLength));
  return grams;
}
