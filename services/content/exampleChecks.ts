import { type Language, topics } from '../intent/intent';
import { exampleStyles, type IntentExample } from '../intent/intentExamples';
import type { Lexicon } from '../intent/lexicon';
import { normalizeText, withoutSpaces } from '../intent/normalizeText';
import { detectPersonal } from '../redaction/redaction';
import type { Finding } from './finding';

/** An example and where it stands in `intents.json`. */
export interface PlacedExample extends IntentExample {
  readonly place: string;
}

const file = 'intents.json';
/** Korean without spaces is a style of its own; English without spaces is rare. */
const notExpected: Readonly<Record<Language, readonly string[]>> = { ko: [], en: ['nospace'] };

/** Messages that stand twice: under two topics an error, under one a waste. The lexicon's whole messages count too. */
export function checkDuplicates(examples: readonly PlacedExample[], lexicon: Lexicon | undefined): Finding[] {
  const seen = new Map<string, PlacedExample>();
  const findings: Finding[] = [];
  for (const example of examples) {
    const key = keyOf(example.text);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, example);
      continue;
    }
    const twoTopics = first.topic !== example.topic;
    findings.push({
      severity: twoTopics ? 'error' : 'warning',
      check: 'duplicates',
      file,
      place: example.place,
      text: example.text,
      problem: twoTopics
        ? `"${example.text}" stands under ${example.topic} and under ${first.topic}.`
        : `"${example.text}" repeats "${first.text}" of the same topic.`,
    });
  }
  const exact = new Map<string, string>();
  for (const [topic, texts] of Object.entries(lexicon?.exact ?? {})) {
    texts?.forEach((text, at) => {
      const key = keyOf(text);
      const other = [exact.get(key), seen.get(key)?.topic].find((one) => one !== undefined && one !== topic);
      exact.set(key, topic);
      if (other === undefined) return;
      findings.push({
        severity: 'error',
        check: 'duplicates',
        file: 'lexicon.json',
        place: `exact.${topic}[${at}]`,
        text,
        problem: `"${text}" means ${topic} here and ${other} elsewhere.`,
      });
    });
  }
  lexicon?.ambiguous.forEach(({ texts }, group) => {
    texts.forEach((text, at) => {
      const other = exact.get(keyOf(text)) ?? seen.get(keyOf(text))?.topic;
      if (other === undefined) return;
      findings.push({
        severity: 'error',
        check: 'duplicates',
        file: 'lexicon.json',
        place: `ambiguous[${group}].texts[${at}]`,
        text,
        problem: `"${text}" is asked back about here and means ${other} elsewhere.`,
      });
    });
  });
  return findings;
}

/** Styles of which a topic has no example, and languages without any. */
export function checkStyles(examples: readonly PlacedExample[]): Finding[] {
  return topics.flatMap((topic) =>
    (['ko', 'en'] as const).flatMap((language): Finding[] => {
      const own = examples.filter((example) => example.topic === topic && example.language === language);
      const place = `topics.${topic}.${language}`;
      const missing = exampleStyles.filter(
        (style) => !notExpected[language].includes(style) && !own.some((example) => example.style === style),
      );
      if (own.length === 0)
        return [
          {
            severity: 'error',
            check: 'styles',
            file,
            place,
            problem: `${topic} has no example in "${language}".`,
          },
        ];
      if (missing.length === 0) return [];
      const problem = `${topic} has no example in "${language}" of the style ${missing.join(', ')}.`;
      return [{ severity: 'warning', check: 'styles', file, place, problem }];
    }),
  );
}

/** Examples that hold somebody's personal data: they would be learned and shipped. */
export function checkPersonal(examples: readonly PlacedExample[]): Finding[] {
  return examples.flatMap(({ text, place }): Finding[] => {
    const found = detectPersonal(text);
    if (found.length === 0) return [];
    // The text itself is not repeated.
    return [
      {
        severity: 'error',
        check: 'shape',
        file,
        place,
        problem: `The example holds personal data: ${found.join(', ')}.`,
      },
    ];
  });
}

/** Two messages that differ only in spaces, case and punctuation are the same message. */
export function keyOf(text: string): string {
  return withoutSpaces(normalizeText(text));
}
