import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, root } from './setup.mjs';

/**
 * `npm run test:nightly`: all tests with their long runs, mutations of the code that guards personal data, and the tests
 * as by day under the other releases of Node.
 */
process.chdir(root);
ensureInstalled('test');

const longer = { TEST_SIZE: 'nightly' };
const runs = [
  ['test.mjs', longer],
  ['mutations.mjs', longer],
  ['nodeVersions.mjs', {}],
];
const failed = runs.filter(([script, size]) => {
  const { status } = spawnSync(process.execPath, [path.join('scripts', script)], {
    stdio: 'inherit',
    env: { ...process.env, ...size },
  });
  return status !== 0;
});
console.log(`${runs.length - failed.length} of ${runs.length} nightly runs passed`);
process.exit(failed.length === 0 ? 0 : 1);
