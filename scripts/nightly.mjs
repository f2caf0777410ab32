import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, root } from './setup.mjs';

/** `npm run test:nightly`: all tests with their long runs, then mutations of the code that guards personal data. */
process.chdir(root);
ensureInstalled('test');

const runs = [
  ['tests', [path.join('scripts', 'test.mjs')]],
  ['mutations', [path.join('scripts', 'mutations.mjs')]],
];
const failed = runs.filter(([, args]) => {
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, TEST_SIZE: 'nightly' },
  });
  return status !== 0;
});
console.log(`${runs.length - failed.length} of ${runs.length} nightly runs passed`);
process.exit(failed.length === 0 ? 0 : 1);
