import type { IntentRecognizer, Language, Topic } from '../intent/intent';
import type { IntentExample } from '../intent/intentExamples';
import type { Lexicon } from '../intent/lexicon';
import { detectPersonal } from '../redaction/redaction';
import { clustersOf } from './clusters';
import { keyOf } from './exampleChecks';
import { TextVectors } from './textVectors';
import type { UnansweredQuestion } from './unansweredQuestions';
import { unknownTermIn } from './unknownTerm';

export interface Suggestion {
  /** From 1, in the order of `count`. */
  readonly number: number;
  /** How often something of this kind was typed. */
  readonly count: number;
  readonly language: Language;
  /** The messages, the most typical first. */
  readonly texts: readonly string[];
  readonly proposal: Proposal;
  /** Messages that could be added as examples: none is known already, none holds anything personal. */
  readonly examples: readonly string[];
}

export type Proposal =
  /** They mean a topic that there is. */
  | { readonly kind: 'examples'; readonly topic: Topic; readonly confidence: number }
  /** A word of theirs is missing from a concept. */
  | { readonly kind: 'lexiconTerm'; readonly term: string; readonly concept: string; readonly like: string }
  /** Nothing we have fits; `nearest` is the best guess. */
  | { readonly kind: 'newTopic'; readonly nearest: Topic; readonly confidence: number };

/** More are not looked at: the frequent ones come first, and clusters take n² steps. */
const mostQuestions = 2_000;
/** Typed less often than this, a question teaches nothing yet. */
const fewestTimes = 2;
const mostExamples = 5;
const longestExample = 200;
/** From this share of the votes on, a topic is proposed. */
const fewestVotes = 0.5;
/** What a customer chose says more than what the recogniser guessed. */
const pickWeight = 3;

/**
 * Groups questions that were not understood and proposes what to do about each group. The same questions, examples
 * and lexicon give the same suggestions. Questions that are surely understood by now are left out.
 */
export function suggest(
  questions: readonly UnansweredQuestion[],
  examples: readonly IntentExample[],
  lexicon: Lexicon,
  recognizer: IntentRecognizer,
): Suggestion[] {
  // Asking back is the right answer to these: nothing is to be learned from them.
  const askedBack = new Set(lexicon.ambiguous.flatMap(({ texts }) => texts.map(keyOf)));
  const open = questions
    .filter((question) => !askedBack.has(keyOf(question.text)) && !understoodBy(recognizer, question))
    .slice(0, mostQuestions);
  // The examples are there for the weights alone: what every customer types must count for little.
  const vectors = new TextVectors([...open, ...examples].map(({ text }) => text));
  const similarities = open.map((_, at) => vectors.similaritiesTo(at));
  const known = new Set(examples.map(({ text }) => keyOf(text)));
  return clustersOf(similarities)
    .map((group) => {
      const typical = (at: number) => group.reduce((sum, other) => sum + (similarities[at]?.[other] ?? 0), 0);
      const members = [...group]
        .sort((one, other) => typical(other) - typical(one) || one - other)
        .flatMap((at) => open[at] ?? []);
      return suggestionFor(members, known, lexicon, recognizer);
    })
    .filter(({ count }) => count >= fewestTimes)
    .sort((one, other) => other.count - one.count || ((one.texts[0] ?? '') < (other.texts[0] ?? '') ? -1 : 1))
    .map((suggestion, at) => ({ number: at + 1, ...suggestion }));
}

function understoodBy(recognizer: IntentRecognizer, { text, picked, rejected }: UnansweredQuestion): boolean {
  const { decision, topic } = recognizer.recognize(text);
  if (decision !== 'sure' || topic === 'out_of_scope') return false;
  return !rejected.includes(topic) && picked.every((choice) => choice === topic);
}

function suggestionFor(
  members: readonly UnansweredQuestion[],
  known: ReadonlySet<string>,
  lexicon: Lexicon,
  recognizer: IntentRecognizer,
): Omit<Suggestion, 'number'> {
  const texts = members.map(({ text }) => text);
  const korean = members.filter(({ language }) => language === 'ko').length;
  const added = new Set<string>();
  const examples = texts.filter((text) => {
    const key = keyOf(text);
    if (key === '' || text.length > longestExample || known.has(key) || added.has(key)) return false;
    if (detectPersonal(text).length > 0 || /[*[]/.test(text)) return false;
    added.add(key);
    return true;
  });
  return {
    count: members.reduce((sum, { count }) => sum + Math.max(1, count), 0),
    language: 2 * korean >= members.length ? 'ko' : 'en',
    texts,
    proposal: proposalFor(members, lexicon, recognizer),
    examples: examples.slice(0, mostExamples),
  };
}

function proposalFor(
  members: readonly UnansweredQuestion[],
  lexicon: Lexicon,
  recognizer: IntentRecognizer,
): Proposal {
  const votes = new Map<Topic, number>();
  const vote = (topic: Topic, weight: number) =>
    votes.set(topic, Math.max(0, (votes.get(topic) ?? 0) + weight));
  let all = 0;
  for (const { text, count, picked, rejected } of members) {
    const weight = Math.max(1, count);
    const { topic, confidence, alternatives } = recognizer.recognize(text);
    for (const guess of [{ topic, confidence }, ...alternatives])
      if (!rejected.includes(guess.topic)) vote(guess.topic, weight * guess.confidence);
    for (const topic of picked) vote(topic, pickWeight);
    all += weight + pickWeight * picked.length;
  }
  const [best] = [...votes].sort(([, one], [, other]) => other - one);
  const [nearest, weight] = best ?? (['out_of_scope', 0] as const);
  const confidence = Math.round((weight / all) * 1_000) / 1_000;
  if (nearest !== 'out_of_scope' && confidence >= fewestVotes)
    return { kind: 'examples', topic: nearest, confidence };
  const term = unknownTermIn(
    members.map(({ text }) => text),
    lexicon,
  );
  return term === undefined ? { kind: 'newTopic', nearest, confidence } : { kind: 'lexiconTerm', ...term };
}
