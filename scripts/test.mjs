import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findBrowser } from './browser.mjs';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

process.chdir(root);
// A browser may have to be fetched: meanwhile packages are installed and everything is checked that needs none.
const ensureBrowser = "(await import('./scripts/browser.mjs')).ensureBrowser()";
const browserIsThere = ended(
  spawn(process.execPath, ['--input-type=module', '--eval', ensureBrowser], { stdio: 'inherit' }),
);
ensureInstalled('test');

let passed = 0;
let failed = 0;

/** Resolves when the process has ended, however it did. */
function ended(child) {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('close', resolve);
  });
}

/** A check that passes or fails as one: types, lint. */
function check(name, command, args) {
  const startedAt = Date.now();
  const result = spawnSync(process.execPath, [path.join('node_modules', ...command), ...args], {
    stdio: 'inherit',
  });
  const ok = result.status === 0;
  console.log(`${ok ? 'PASS' : 'FAIL'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (ok) passed += 1;
  else failed += 1;
}

check('types', ['typescript', 'bin', 'tsc'], []);
check('lint and format', ['@biomejs', 'biome', 'bin', 'biome'], ['ci', '--error-on-warnings', '.']);

try {
  await ensureBuilt();
  passed += 1;
} catch (error) {
  console.error(error);
  failed += 1;
}

await browserIsThere;
const browser = findBrowser();

const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-'));
const report = path.join(folder, 'jest.json');
// What servers and assistants of the tests write stays here until the privacy scan has looked through it.
const artifacts = path.join(folder, 'artifacts');
const issuedCodes = path.join(folder, 'issuedCodes');
mkdirSync(artifacts);
writeFileSync(issuedCodes, '');
const testsAskedFor = process.argv.slice(2);
spawnSync(
  process.execPath,
  [
    path.join('node_modules', 'jest', 'bin', 'jest.js'),
    '--ci',
    '--maxWorkers=2',
    '--json',
    `--outputFile=${report}`,
    ...testsAskedFor,
  ],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...(browser ? { CHROMIUM_PATH: browser } : {}),
      TEST_PAGES: path.join(root, 'dist', 'web'),
      TEST_ARTIFACTS: artifacts,
      TEST_ISSUED_CODES: issuedCodes,
    },
  },
);
try {
  const results = JSON.parse(readFileSync(report, 'utf8'));
  passed += results.numPassedTests;
  // A suite that does not even load counts as one failure; a skipped test is one too: nothing here may be skipped.
  failed += results.numFailedTests + results.numRuntimeErrorTestSuites + results.numPendingTests;
} catch {
  console.error('jest left no report');
  failed += 1;
}

const { buildNode } = await import('./build.mjs');
await buildNode({ 'cli/scan': 'bot/cli/scan.ts' });
// A scan that saw nothing proves nothing: all tests together leave hundreds of databases.
const expected = testsAskedFor.length === 0 ? ['--databases', '100'] : [];
check('privacy scan', ['..', 'dist', 'cli', 'scan.cjs'], [artifacts, '--codes', issuedCodes, ...expected]);
rmSync(folder, { recursive: true, force: true });

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
