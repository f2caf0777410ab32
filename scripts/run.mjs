import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

/** Command line programs by name; those marked 'test' need the test tools, those marked 'web' the built page. */
const programs = {
  ask: { source: 'bot/cli/ask.ts', purpose: 'run' },
  eval: { source: 'bot/cli/eval.ts', purpose: 'run' },
  faq: { source: 'bot/cli/faq.ts', purpose: 'run' },
  schemas: { source: 'bot/cli/schemas.ts', purpose: 'run' },
  chat: { source: 'bot/cli/chat.ts', purpose: 'run' },
  bench: { source: 'bench/main.ts', purpose: 'test', web: true },
  audit: { source: 'bot/cli/audit.ts', purpose: 'run' },
  deskUser: { source: 'bot/cli/deskUser.ts', purpose: 'run' },
  scan: { source: 'bot/cli/scan.ts', purpose: 'run' },
  pictures: { source: 'bot/cli/pictures.ts', purpose: 'test', web: true },
};

const [name = '', ...args] = process.argv.slice(2);
const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
if (program === undefined) {
  console.error(`There is no program "${name}"; there are: ${Object.keys(programs).join(', ')}.`);
  process.exit(1);
}
ensureInstalled(program.purpose);
if (program.web) await ensureBuilt();
const output = path.join(root, 'dist', 'cli', `${name}.cjs`);
const { buildNode } = await import(pathToFileURL(path.join(root, 'scripts', 'build.mjs')).href);
await buildNode({ [`cli/${name}`]: program.source });
if (!existsSync(output) || statSync(output).size === 0) process.exit(1);
process.argv.splice(1, process.argv.length - 1, output, ...args);
createRequire(import.meta.url)(output);
