import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, root } from './setup.mjs';

/**
 * `npm run test:nodes -- [TEST…]`: the tests under other releases of Node, which the package `node` brings; with names of
 * tests only those. Nothing is installed into the project.
 */
const versions = ['22', '24'];
process.chdir(root);
ensureInstalled('test');
const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-nodes-'));
const failed = versions.filter((version) => {
  const place = path.join(folder, version);
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  // The package for this platform itself: `node` would fetch it in an install script.
  const args = ['install', '--prefix', place, '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const installed = spawnSync('npm', [...args, `${name}@${version}`], { stdio: 'inherit' });
  if (installed.status !== 0) return true;
  const bin = path.join(place, 'node_modules', name, 'bin');
  const node = path.join(bin, 'node');
  const said = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout?.trim();
  console.log(`Node ${said}`);
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  return (
    spawnSync(node, [path.join('scripts', 'test.mjs'), ...process.argv.slice(2)], { stdio: 'inherit', env })
      .status !== 0
  );
});
rmSync(folder, { recursive: true, force: true });
console.log(`${versions.length - failed.length} of ${versions.length} releases of Node passed`);
process.exit(failed.length === 0 ? 0 : 1);
