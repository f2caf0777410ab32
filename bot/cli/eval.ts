import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, ConfigurationError } from '../../services/errors';
import { evaluateIntents, parseLabelledMessages } from '../../services/intent/evaluateIntents';
import { worstFirst } from '../../services/intent/evaluation/confusions';
import { learningCurve } from '../../services/intent/evaluation/learningCurve';
import { loadIntentExamples } from '../../services/intent/intentExamples';
import { trainIntentRecognizer } from '../../services/intent/intentRecognizer';
import { loadLexicon } from '../../services/intent/lexicon';
import { loadIntentRecognizer } from '../../services/intent/loadIntentRecognizer';
import { loadConfig, readEnvironment } from '../config';
import { reportPage } from './evaluation/reportPage';
import { learningCurveText, reportText, shownMisses } from './evaluation/reportText';

const usage =
  'Usage: npm run eval -- [--json] [--html PAGE.html] FILE.jsonl | npm run eval -- --learning-curve [--json] FILE.jsonl';

/** The learning curve counts right topics only, so its models need no thresholds from cross-validation. */
const uncalibrated = { calibration: { temperature: 1, sureAt: 0.5, unknownBelow: 0.25 } };

/** `npm run eval -- FILE.jsonl`: measures the recogniser on labelled messages. */
function evaluate(args: string[]): void {
  const { file, json, html, curve } = optionsIn(args);
  const messages = parseLabelledMessages(readText(file), file);
  const { dataDir } = loadConfig(readEnvironment());
  if (curve) {
    const lexicon = loadLexicon(path.join(dataDir, 'lexicon.json'));
    const points = learningCurve(
      loadIntentExamples(path.join(dataDir, 'intents.json')),
      messages,
      (examples) => trainIntentRecognizer(examples, lexicon, uncalibrated),
    );
    console.log(json ? JSON.stringify(points, null, 2) : learningCurveText(points));
    return;
  }
  const recognizer = loadIntentRecognizer(dataDir, path.resolve('dist', 'intentModel.json'));
  const { report, misses } = evaluateIntents(messages, recognizer, () => performance.now() * 1_000);
  if (html !== undefined) writeText(html, reportPage(path.basename(file), report, misses));
  const worst = worstFirst(misses).slice(0, shownMisses);
  console.log(json ? JSON.stringify({ ...report, misses: worst }, null, 2) : reportText(report, misses));
}

function optionsIn(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: {
        json: { type: 'boolean', default: false },
        html: { type: 'string' },
        'learning-curve': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const [file] = positionals;
    if (
      file === undefined ||
      positionals.length > 1 ||
      (values['learning-curve'] && values.html !== undefined)
    )
      throw new ConfigurationError(usage);
    return { file, json: values.json, html: values.html, curve: values['learning-curve'] };
  } catch (cause) {
    throw cause instanceof ConfigurationError ? cause : new ConfigurationError(usage, { cause });
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be read.`, { cause });
  }
}

function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be written.`, { cause });
  }
}

try {
  evaluate(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
