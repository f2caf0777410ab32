import type { Claim, SourcedSentence } from '../faq/faq';
import type { Language } from '../intent/intent';
import type { Content } from './contentFiles';
import type { Finding } from './finding';

/** Plain language: what one takes in at one reading, or hears read out. */
const longestKorean = 60;
const mostEnglishWords = 25;
const mostSentences = 6;

const languages: readonly Language[] = ['ko', 'en'];

interface PlacedText {
  readonly file: string;
  readonly place: string;
  readonly language: Language;
  readonly text: string;
}

interface PlacedSentence extends PlacedText {
  readonly sentence: SourcedSentence;
}

/** Claims of sentences that do not exist, and numbers that no claim of the sentence holds. */
export function checkClaims({ claims, ...content }: Content): Finding[] {
  if (claims === undefined) return [];
  const known = new Map(claims.claims.map((claim): [string, Claim] => [claim.id, claim]));
  return sentencesOf(content).flatMap(({ file, place, language, text, sentence }): Finding[] => {
    const error = { severity: 'error', check: 'claims', file, place, text } as const;
    const sourced = sentence.claims.flatMap((id) => numbersIn(known.get(id)?.text[language] ?? ''));
    return [
      ...sentence.claims
        .filter((id) => !known.has(id))
        .map((id) => ({ ...error, problem: `The claim ${id} does not exist in claims.json.` })),
      ...numbersIn(text)
        .filter((number) => !sourced.includes(number))
        .map((number) => ({
          ...error,
          problem: `The number ${number} is in none of the sentence's claims.`,
        })),
    ];
  });
}

/** Texts that are too long to be read at a glance, and answers of too many sentences. */
export function checkLength(content: Content): Finding[] {
  const texts = textsOf(content).flatMap(({ file, place, language, text }): Finding[] => {
    const length = language === 'ko' ? text.length : text.split(/\s+/).length;
    const most = language === 'ko' ? longestKorean : mostEnglishWords;
    if (length <= most) return [];
    const unit = language === 'ko' ? 'characters' : 'words';
    const problem = `The text has ${length} ${unit}; plain language has at most ${most}.`;
    return [{ severity: 'warning', check: 'length', file, place, text, problem }];
  });
  const answers = (content.faq?.articles ?? []).flatMap(({ topic, answers }, at) =>
    languages.flatMap((language): Finding[] => {
      const count = answers[language].sentences.length;
      if (count <= mostSentences) return [];
      const problem = `The answer to ${topic} has ${count} sentences; at most ${mostSentences} are read.`;
      const place = `articles[${at}].answers.${language}`;
      return [{ severity: 'warning', check: 'length', file: 'faq.json', place, problem }];
    }),
  );
  return [...texts, ...answers];
}

/** Texts in the wrong language, and answers that say other things in Korean than in English. */
export function checkTranslations(content: Content): Finding[] {
  const foreign = textsOf(content).flatMap(({ file, place, language, text }): Finding[] => {
    if (language === 'ko' ? /[가-힣]/.test(text) : !/[가-힣]/.test(text.replace(/\([가-힣 ]+\)/g, '')))
      return [];
    const problem = language === 'ko' ? 'The Korean text has no Hangul.' : 'The English text has Hangul.';
    return [{ severity: 'error', check: 'translations', file, place, text, problem }];
  });
  const unlike = (content.faq?.articles ?? []).flatMap(({ topic, answers }, at): Finding[] => {
    const [korean, english] = languages.map((language) =>
      answers[language].sentences.map(({ kind, claims }) => `${kind} ${[...claims].sort()}`),
    );
    if (JSON.stringify(korean) === JSON.stringify(english)) return [];
    const problem = `The answers to ${topic} in Korean and English differ in number, kind or claims of their sentences.`;
    return [
      {
        severity: 'error',
        check: 'translations',
        file: 'faq.json',
        place: `articles[${at}].answers`,
        problem,
      },
    ];
  });
  return [...foreign, ...unlike];
}

function sentencesOf(content: Content): PlacedSentence[] {
  return textsOf(content).filter((text): text is PlacedSentence => 'sentence' in text);
}

/** Every text that customers read, with its place. */
export function textsOf({ faq, channels, helplines }: Content): (PlacedText | PlacedSentence)[] {
  return languages.flatMap((language) => {
    const said = (file: string, place: string, sentence: SourcedSentence): PlacedSentence => ({
      file,
      place,
      language,
      text: sentence.text,
      sentence,
    });
    const article = (faq?.articles ?? []).flatMap(({ answers }, a) => {
      const { title, sentences } = answers[language];
      const place = `articles[${a}].answers.${language}`;
      return [
        { file: 'faq.json', place: `${place}.title`, language, text: title },
        ...sentences.map((sentence, at) => said('faq.json', `${place}.sentences[${at}]`, sentence)),
      ];
    });
    const channel = (channels?.channels ?? []).flatMap(({ texts, actions }, c) => {
      const { name, summary, pros, cons, bring, cost, hours, limits = [] } = texts[language];
      const place = `channels[${c}].texts.${language}`;
      return [
        { file: 'channels.json', place: `${place}.name`, language, text: name },
        ...Object.entries({ summary, bring, cost, hours }).flatMap(([key, sentence]) =>
          sentence === undefined ? [] : [said('channels.json', `${place}.${key}`, sentence)],
        ),
        ...Object.entries({ pros, cons, limits }).flatMap(([key, sentences]) =>
          sentences.map((sentence, at) => said('channels.json', `${place}.${key}[${at}]`, sentence)),
        ),
        ...actions.map(({ label }, at) => ({
          file: 'channels.json',
          place: `channels[${c}].actions[${at}].label.${language}`,
          language,
          text: label[language],
        })),
      ];
    });
    const helpline = (helplines?.helplines ?? []).flatMap(({ texts }, h) =>
      Object.entries(texts[language]).map(([key, text]) => ({
        file: 'helplines.json',
        place: `helplines[${h}].texts.${language}.${key}`,
        language,
        text,
      })),
    );
    return [...article, ...channel, ...helpline];
  });
}

/** Numbers with their inner punctuation, `1588-0010` or `35,000`. */
function numbersIn(text: string): string[] {
  return text.match(/\d+(?:[-:.,]\d+)*/g) ?? [];
}
