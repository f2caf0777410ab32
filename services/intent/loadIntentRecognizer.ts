import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IntentRecognizer } from './intent';
import { loadIntentExamples } from './intentExamples';
import { type IntentModel, trainIntentModel } from './intentModel';
import { intentModelKey, parseIntentModel, serializeIntentModel } from './intentModelFile';
import { TrainedIntentRecognizer } from './intentRecognizer';
import { loadLexicon } from './lexicon';

/**
 * The recogniser for the examples and lexicon in `dataDir`. It takes the model in `modelFile` when that was
 * learned from exactly these files; otherwise it learns (about a second) and writes nothing.
 * @throws ConfigurationError when a data file is bad
 */
export function loadIntentRecognizer(dataDir: string, modelFile?: string): IntentRecognizer {
  const { examplesFile, lexiconFile } = filesIn(dataDir);
  const lexicon = loadLexicon(lexiconFile);
  const kept = modelFile === undefined ? undefined : readModel(dataDir, modelFile);
  return new TrainedIntentRecognizer(
    kept ?? trainIntentModel(loadIntentExamples(examplesFile), lexicon),
    lexicon,
  );
}

/**
 * Learns from `dataDir` and keeps the model in `modelFile`, for a quick start; for the build.
 * Does nothing when the model there was learned from the same files.
 * @throws ConfigurationError when a data file is bad
 */
export function buildIntentModel(dataDir: string, modelFile: string): void {
  const { examplesFile, lexiconFile } = filesIn(dataDir);
  const lexicon = loadLexicon(lexiconFile);
  const examples = loadIntentExamples(examplesFile);
  if (readModel(dataDir, modelFile) !== undefined) return;
  const model = trainIntentModel(examples, lexicon);
  mkdirSync(path.dirname(modelFile), { recursive: true });
  writeFileSync(modelFile, serializeIntentModel(model, intentModelKey([examplesFile, lexiconFile])));
}

function readModel(dataDir: string, modelFile: string): IntentModel | undefined {
  const { examplesFile, lexiconFile } = filesIn(dataDir);
  try {
    return parseIntentModel(readFileSync(modelFile, 'utf8'), intentModelKey([examplesFile, lexiconFile]));
  } catch {
    // No model kept, or data not readable: learning tells which, in one clear sentence.
    return undefined;
  }
}

function filesIn(dataDir: string): { examplesFile: string; lexiconFile: string } {
  return {
    examplesFile: path.join(dataDir, 'intents.json'),
    lexiconFile: path.join(dataDir, 'lexicon.json'),
  };
}
