import { LowSync } from 'lowdb';
import { JSONFileSync } from 'lowdb/node';
import type { z } from 'zod';
import { ConfigurationError } from './errors';

/** The error of a data file that is wrong: one sentence naming the file and the place in it. */
export function dataFileError(file: string, path: readonly PropertyKey[], reason: string, cause?: unknown) {
  return new ConfigurationError(`${file} is wrong at ${jsonPath(path)}: ${reason}.`, { cause });
}

/**
 * Reads one edited JSON file through lowdb and checks its shape.
 * @throws ConfigurationError when the file is missing, is not JSON or has another shape
 */
export function readDataFile<Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(readJsonFile(file));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw dataFileError(file, issue?.path ?? [], lowerFirst(issue?.message ?? 'another shape is expected'));
}

/** Freezes a JSON value to its leaves, so that no reader can change what every reader shares. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}

/**
 * Reads one edited JSON file through lowdb, without the `$schema` that tells editors what may stand in it.
 * @throws ConfigurationError when the file is missing, empty of content or not JSON
 */
export function readJsonFile(file: string): unknown {
  const database = new LowSync<unknown>(new JSONFileSync<unknown>(file), null);
  try {
    database.read();
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`${file} ${reason}: ${detail.replace(/\s+/g, ' ')}.`, { cause });
  }
  // lowdb leaves the default in place when there is no file, and also when the file says `null`.
  if (database.data === null) throw new ConfigurationError(`${file} is missing or holds nothing.`);
  return withoutSchema(database.data);
}

function withoutSchema(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('$schema' in content)) return content;
  const { $schema, ...rest } = content;
  return typeof $schema === 'string' ? rest : content;
}

/** A place in a JSON file as people write it: `articles[3].answers.ko`. */
export function jsonPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the top level';
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
