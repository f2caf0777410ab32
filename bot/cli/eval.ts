import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError, ConfigurationError } from '../../services/errors';
import {
  evaluateIntents,
  type IntentReport,
  type Miss,
  parseLabelledMessages,
} from '../../services/intent/evaluateIntents';
import { loadIntentRecognizer } from '../../services/intent/loadIntentRecognizer';
import { loadConfig, readEnvironment } from '../config';

/** How many misses the text report shows; the surest, which are the worst, first. */
const shownMisses = 20;

/** `npm run eval -- [--json] FILE.jsonl`: measures the recogniser on labelled messages. */
function evaluate(args: readonly string[]): void {
  const files = args.filter((arg) => arg !== '--json');
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new ConfigurationError('Usage: npm run eval -- [--json] FILE.jsonl');
  }
  const messages = parseLabelledMessages(readText(file), file);
  const { dataDir } = loadConfig(readEnvironment());
  const recognizer = loadIntentRecognizer(dataDir, path.resolve('dist', 'intentModel.json'));
  const { report, misses } = evaluateIntents(messages, recognizer, () => performance.now() * 1_000);
  console.log(args.includes('--json') ? JSON.stringify(report, null, 2) : describe(report, misses));
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be read.`, { cause });
  }
}

function describe(report: IntentReport, misses: readonly Miss[]): string {
  const worst = [...misses].sort((one, other) => other.confidence - one.confidence).slice(0, shownMisses);
  return [
    `messages                ${report.n}`,
    `accuracy                ${percent(report.accuracy)}`,
    `right among the first 3 ${percent(report.top3Accuracy)}`,
    `in scope                ${percent(report.inScopeAccuracy)}`,
    `out of scope, recall    ${percent(report.outOfScopeRecall)}`,
    `out of scope, precision ${percent(report.outOfScopePrecision)}`,
    `time a message          ${report.medianMicros.toFixed(0)} µs median, ${report.p99Micros.toFixed(0)} µs p99`,
    ...table('by language', report.byLang),
    ...table('by style', report.byStyle),
    ...table('by topic', report.byTopic),
    '',
    'by decision',
    ...Object.entries(report.byDecision).map(
      ([name, { n, accuracy }]) => `  ${name.padEnd(16)} ${percent(accuracy)} of ${n}`,
    ),
    ...(worst.length > 0 ? ['', 'surest misses'] : []),
    ...worst.map(
      ({ text, expected, found, confidence }) =>
        `  ${expected} → ${found} ${confidence.toFixed(2)}  ${JSON.stringify(text)}`,
    ),
  ].join('\n');
}

function table(title: string, shares: Readonly<Record<string, number>>): string[] {
  const rows = Object.entries(shares).map(([name, share]) => `  ${name.padEnd(16)} ${percent(share)}`);
  return rows.length > 0 ? ['', title, ...rows] : [];
}

function percent(share: number | null): string {
  return share === null ? 'none' : `${(share * 100).toFixed(1)}%`;
}

try {
  evaluate(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
