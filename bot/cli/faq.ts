import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { TextFileSync } from 'lowdb/node';
import { checkContent } from '../../services/content/checkContent';
import type { Finding } from '../../services/content/finding';
import { intentsText, type NewExample, withExamples } from '../../services/content/intentsText';
import { guessStyle } from '../../services/content/messageStyle';
import { type Suggestion, suggest } from '../../services/content/suggestions';
import { readUnanswered } from '../../services/content/unansweredQuestions';
import { AppError, ConfigurationError } from '../../services/errors';
import { detectLanguage } from '../../services/intent/detectLanguage';
import { type Topic, topics } from '../../services/intent/intent';
import {
  exampleStyles,
  intentExamplesSchema,
  loadIntentExamples,
} from '../../services/intent/intentExamples';
import { trainIntentRecognizer } from '../../services/intent/intentRecognizer';
import { loadLexicon } from '../../services/intent/lexicon';
import { loadIntentRecognizer } from '../../services/intent/loadIntentRecognizer';
import { type Config, loadConfig, readEnvironment } from '../config';
import { openJournal } from './unansweredStore';

const usage = [
  'Usage: npm run faq -- check [--online] [--json]',
  '       npm run faq -- suggest [--json]',
  '       npm run faq -- suggest --accept N [--topic TOPIC] [--style STYLE]',
].join('\n');

/** Right or wrong is all that is asked of this recogniser: the thresholds may be any. */
const uncalibrated = { calibration: { temperature: 1, sureAt: 0.5, unknownBelow: 0.25 } };

/** `npm run faq`: for whoever edits `data/` (docs/editors.md). */
async function faq(args: string[]): Promise<void> {
  const { command, online, json, accept, topic, style } = optionsIn(args);
  const config = loadConfig(readEnvironment());
  if (command === 'check') return check(config.dataDir, online, json);
  const suggestions = await suggestionsFrom(config);
  if (accept === undefined) {
    console.log(json ? JSON.stringify(suggestions, null, 2) : suggestionsText(suggestions));
    return;
  }
  const chosen = suggestions.find(({ number }) => number === accept);
  if (chosen === undefined)
    throw new ConfigurationError(`There is no suggestion ${accept}; there are ${suggestions.length}.`);
  acceptSuggestion(config.dataDir, chosen, topic, style);
}

async function check(dataDir: string, online: boolean, json: boolean): Promise<void> {
  const findings = await checkContent(dataDir, {
    learn: (examples, lexicon) => trainIntentRecognizer(examples, lexicon, uncalibrated),
    online,
  });
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (json) console.log(JSON.stringify(findings, null, 2));
  else {
    for (const finding of findings) console.log(findingLine(dataDir, finding));
    console.log(`${errors} errors, ${findings.length - errors} warnings`);
  }
  if (errors > 0) process.exitCode = 1;
}

/** `error data/faq.json:57 articles[3].title: …` */
function findingLine(dataDir: string, { severity, file, place, problem, text }: Finding): string {
  const at = text === undefined ? undefined : lineOf(path.join(dataDir, file), text);
  const where = `${path.join(dataDir, file)}${at === undefined ? '' : `:${at}`}`;
  return `${severity.padEnd(7)} ${where}${place === '' ? '' : ` ${place}`}: ${problem}`;
}

function lineOf(file: string, text: string): number | undefined {
  const content = readFileSync(file, 'utf8');
  const at = content.indexOf(JSON.stringify(text));
  return at < 0 ? undefined : content.slice(0, at).split('\n').length;
}

async function suggestionsFrom(config: Config): Promise<Suggestion[]> {
  const journal = await openJournal(config);
  try {
    const recognizer = loadIntentRecognizer(config.dataDir, path.resolve('dist', 'intentModel.json'));
    return suggest(
      await readUnanswered(journal),
      loadIntentExamples(path.join(config.dataDir, 'intents.json')),
      loadLexicon(path.join(config.dataDir, 'lexicon.json')),
      recognizer,
    );
  } finally {
    await journal.close();
  }
}

function suggestionsText(suggestions: readonly Suggestion[]): string {
  if (suggestions.length === 0)
    return 'Nothing to suggest: no question was asked twice that is not understood.';
  return suggestions
    .map(({ number, count, texts, proposal, examples }) =>
      [
        `${number}. asked ${count} times → ${proposalText(proposal)}`,
        ...texts.slice(0, 6).map((text) => `   ${examples.includes(text) ? '+' : ' '} ${text}`),
        ...(texts.length > 6 ? [`     and ${texts.length - 6} more`] : []),
      ].join('\n'),
    )
    .join('\n\n');
}

function proposalText(proposal: Suggestion['proposal']): string {
  switch (proposal.kind) {
    case 'examples':
      return `examples of ${proposal.topic} (${proposal.confidence.toFixed(2)})`;
    case 'lexiconTerm':
      return `lexicon: add "${proposal.term}" to ${proposal.concept}, which has "${proposal.like}"`;
    case 'newTopic':
      return `a new topic? (nearest: ${proposal.nearest} ${proposal.confidence.toFixed(2)})`;
  }
}

function acceptSuggestion(
  dataDir: string,
  { proposal, examples, number }: Suggestion,
  topic: Topic | undefined,
  style: NewExample['style'] | undefined,
): void {
  const chosen = topic ?? (proposal.kind === 'examples' ? proposal.topic : undefined);
  if (chosen === undefined)
    throw new ConfigurationError(
      `Suggestion ${number} names no topic: give one with --topic, or ${byHand(proposal)}.`,
    );
  if (examples.length === 0)
    throw new ConfigurationError(`Suggestion ${number} has no message that could be added.`);
  const file = path.join(dataDir, 'intents.json');
  const adapter = new TextFileSync(file);
  const content: unknown = JSON.parse(adapter.read() ?? '');
  const { $schema, ...rest }: Record<string, unknown> = Object(content);
  const current = {
    ...intentExamplesSchema.parse(rest),
    ...(typeof $schema === 'string' ? { $schema } : {}),
  };
  const added = examples.map((text): NewExample => {
    const language = detectLanguage(text, 'ko');
    return { text, topic: chosen, language, style: style ?? guessStyle(text, language) };
  });
  adapter.write(intentsText(withExamples(current, added)));
  for (const example of added)
    console.log(`${chosen}, ${example.language}, ${example.style}: ${example.text}`);
  console.log(
    `${added.length} examples added to ${file}. Correct their styles there, then: npm run faq -- check`,
  );
}

function byHand(proposal: Suggestion['proposal']): string {
  return proposal.kind === 'lexiconTerm'
    ? `add "${proposal.term}" to ${proposal.concept} in lexicon.json`
    : 'write an article for it';
}

function optionsIn(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: {
        online: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        accept: { type: 'string' },
        topic: { type: 'string' },
        style: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [command] = positionals;
    const accept = values.accept === undefined ? undefined : Number(values.accept);
    const topic = topics.find((one) => one === values.topic);
    const style = exampleStyles.find((one) => one === values.style);
    if ((command !== 'check' && command !== 'suggest') || positionals.length > 1)
      throw new ConfigurationError(usage);
    if (accept !== undefined && !(Number.isInteger(accept) && accept > 0))
      throw new ConfigurationError(usage);
    if (values.topic !== undefined && topic === undefined)
      throw new ConfigurationError(`There is no topic "${values.topic}"; there are: ${topics.join(', ')}.`);
    if (values.style !== undefined && style === undefined)
      throw new ConfigurationError(
        `There is no style "${values.style}"; there are: ${exampleStyles.join(', ')}.`,
      );
    return { command, online: values.online, json: values.json, accept, topic, style };
  } catch (cause) {
    throw cause instanceof AppError ? cause : new ConfigurationError(usage, { cause });
  }
}

faq(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error);
  process.exitCode = 1;
});
