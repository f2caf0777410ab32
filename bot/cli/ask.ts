import path from 'node:path';
import { systemClock } from '../../services/clock';
import { AppError, ConfigurationError } from '../../services/errors';
import type { Entity, Understanding } from '../../services/intent/intent';
import { loadIntentRecognizer } from '../../services/intent/loadIntentRecognizer';
import { loadConfig, readEnvironment } from '../config';

/** `npm run ask -- [--json] "문장"`: what the recogniser understands. */
function ask(args: readonly string[]): void {
  const text = args.filter((arg) => arg !== '--json').join(' ');
  if (text.trim() === '') throw new ConfigurationError('Usage: npm run ask -- [--json] "문장"');
  const { dataDir } = loadConfig(readEnvironment());
  const recognizer = loadIntentRecognizer(dataDir, path.resolve('dist', 'intentModel.json'));
  const understanding = recognizer.recognize(text, systemClock.now());
  console.log(args.includes('--json') ? JSON.stringify(understanding, null, 2) : describe(understanding));
}

function describe({ topic, confidence, alternatives, entities, language, decision }: Understanding): string {
  return [
    `topic         ${topic} ${confidence.toFixed(2)} (${decision})`,
    `alternatives  ${alternatives.map((other) => `${other.topic} ${other.confidence.toFixed(2)}`).join(', ') || '-'}`,
    `entities      ${entities.map(describeEntity).join(', ') || '-'}`,
    `language      ${language}`,
  ].join('\n');
}

function describeEntity({ type, text, value }: Entity): string {
  return `${type} ${value} ("${text}")`;
}

try {
  ask(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
