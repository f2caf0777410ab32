import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, ConfigurationError } from '../../services/errors';
import { TraceSearch, tracesInBytes } from './personalTraces';
import { filesBelow, isDatabase, piecesOf } from './storedTexts';

const usage = 'Usage: npm run scan -- FOLDER [--codes FILE] [--names FILE] [--databases N]';

/**
 * `npm run scan -- FOLDER`: looks for personal data in every file below a folder, databases, zipped files, base64 and
 * URL encoding included, and names file, place, kind and shape (letters and digits made unreadable), never what it
 * found. Exit code 1 on one hit, on a file that cannot be read, and on fewer databases than expected.
 * - `--codes FILE`: one-time codes that were sent, one a line; `--names FILE`: names of persons, one a line
 */
function scan(args: string[]): void {
  const options = {
    codes: { type: 'string' },
    names: { type: 'string' },
    databases: { type: 'string' },
  } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new ConfigurationError(usage);
  if (!existsSync(folder)) throw new ConfigurationError(`There is no folder ${folder}.`);
  const codes = new Set(linesOf(values.codes));
  const search = new TraceSearch({ codes, names: linesOf(values.names) });

  const files = filesBelow(folder);
  const hits = new Set<string>();
  let databases = 0;
  let pieces = 0;
  for (const name of files) {
    const file = path.join(folder, name);
    if (isDatabase(readFileSync(file))) databases += 1;
    try {
      for (const { where, content } of piecesOf(file)) {
        pieces += 1;
        const traces = typeof content === 'string' ? search.tracesIn(content) : tracesInBytes(content);
        for (const [kind, shape] of traces) hits.add(`${name} ${where}: ${kind} (${shape})`);
      }
    } catch {
      hits.add(`${name}: unreadable`);
    }
  }
  for (const hit of hits) console.log(hit);
  const expected = Number(values.databases ?? 0);
  if (databases < expected) console.log(`only ${databases} of at least ${expected} databases`);
  console.log(
    `${files.length} files, ${databases} databases, ${pieces} pieces, ${codes.size} codes: ${hits.size} hits`,
  );
  if (hits.size > 0 || databases < expected) process.exitCode = 1;
}

function linesOf(file: string | undefined): string[] {
  if (file === undefined) return [];
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  } catch (cause) {
    throw new ConfigurationError(`${file} cannot be read.`, { cause });
  }
}

try {
  scan(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof AppError ? error.message : usage);
  process.exitCode = 1;
}
