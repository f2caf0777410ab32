import { AppError } from '../errors';
import { loadHelplines } from '../faq/helplines';
import { loadKnowledge } from '../faq/knowledge';
import { loadPublicHolidays } from '../faq/publicHolidays';
import { type IntentRecognizer, topics } from '../intent/intent';
import type { IntentExample } from '../intent/intentExamples';
import type { Lexicon } from '../intent/lexicon';
import { type Content, readContent } from './contentFiles';
import { checkDuplicates, checkPersonal, checkStyles, type PlacedExample } from './exampleChecks';
import type { Finding } from './finding';
import { checkConcepts } from './lexiconChecks';
import { checkLinks, checkLinksOnline, linksOf } from './linkChecks';
import { checkLookalikes } from './lookalikeCheck';
import { checkClaims, checkLength, checkTranslations } from './sentenceChecks';

export interface CheckOptions {
  /** Learns a recogniser, quickly: for the check of examples that look like another topic's. */
  readonly learn: (examples: readonly IntentExample[], lexicon: Lexicon) => IntentRecognizer;
  /** Whether to ask the web for every link. */
  readonly online: boolean;
}

/**
 * Looks through the edited content of a folder: errors first, each file's findings together. A file whose shape is
 * wrong is left out of the other checks.
 */
export async function checkContent(dataDir: string, { learn, online }: CheckOptions): Promise<Finding[]> {
  const { content, findings: shape } = readContent(dataDir);
  const links = linksOf(content);
  const examples = examplesOf(content);
  const { lexicon } = content;
  const findings = [
    ...shape,
    ...checkClaims(content),
    ...checkTranslations(content),
    ...checkLength(content),
    ...checkLinks(links),
    ...(online ? await checkLinksOnline(links) : []),
    ...(content.intents === undefined
      ? []
      : [...checkPersonal(examples), ...checkDuplicates(examples, lexicon), ...checkStyles(examples)]),
    ...(lexicon === undefined || content.intents === undefined
      ? []
      : [...checkConcepts(lexicon, examples), ...checkLookalikes(examples, (kept) => learn(kept, lexicon))]),
  ];
  // What only the loaders check; without an error above, it is something that no check has named yet.
  const loading = findings.some(({ severity }) => severity === 'error') ? [] : refusedByLoaders(dataDir);
  return [...loading, ...findings].sort((one, other) => rank(one) - rank(other));
}

/** Every example with its place, topic by topic. */
export function examplesOf({ intents }: Content): PlacedExample[] {
  if (intents === undefined) return [];
  return topics.flatMap((topic) =>
    (['ko', 'en'] as const).flatMap((language) =>
      intents.topics[topic][language].map(
        ({ text, style }, at): PlacedExample => ({
          text,
          style,
          topic,
          language,
          place: `topics.${topic}.${language}[${at}]`,
        }),
      ),
    ),
  );
}

function refusedByLoaders(dataDir: string): Finding[] {
  return [loadKnowledge, loadHelplines, loadPublicHolidays].flatMap((load): Finding[] => {
    try {
      load(dataDir);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return [{ severity: 'error', check: 'shape', file: 'data', place: '', problem: error.message }];
    }
  });
}

function rank({ severity }: Finding): number {
  return severity === 'error' ? 0 : 1;
}
