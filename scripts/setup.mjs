import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Installs what is missing, once per lockfile. Runs before node_modules exists, so it is plain Node.
 * @param {'run' | 'test'} needed 'run' leaves the test tools out, unless they are there already
 */
export function ensureInstalled(needed) {
  const stamp = path.join(root, 'node_modules', '.installed.json');
  const wanted = hashOf([path.join(root, 'package.json'), path.join(root, 'package-lock.json')]);
  const have = existsSync(stamp) ? JSON.parse(readFileSync(stamp, 'utf8')) : {};
  const hasTools = existsSync(path.join(root, 'node_modules', 'jest'));
  if (have.hash === wanted && (hasTools || needed === 'run')) return;
  const purpose = hasTools ? 'test' : needed;
  console.error(purpose === 'run' ? 'Installing packages…' : 'Installing packages and test tools…');
  // `install`, not `ci`: the lockfile pins every version, but a registry may lack a build for another platform.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = spawnSync('npm', purpose === 'run' ? [...args, '--omit=dev'] : [...args, '--include=dev'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    console.error('npm install failed; its own message is above.');
    process.exit(1);
  }
  writeFileSync(stamp, JSON.stringify({ hash: wanted, purpose }));
}

const serverFolders = ['bot', 'dialogs', 'cards', 'services', 'channels', 'store', 'strings', 'bench'];
const trainingData = ['data/intents.json', 'data/lexicon.json'];
const built = ['package-lock.json', 'scripts', 'web', ...trainingData, ...serverFolders];

const builtStamp = path.join(root, 'dist', '.built');

/** Whether `dist/` holds what the sources say now. */
export function isBuilt() {
  if (!existsSync(builtStamp)) return false;
  const builtAt = statSync(builtStamp).mtimeMs;
  return built.every((name) => newest(path.join(root, name)) <= builtAt);
}

/** Builds `dist/` when a source is newer than it. */
export async function ensureBuilt() {
  if (isBuilt()) return;
  console.error('Building…');
  const { build } = await import(pathToFileURL(path.join(root, 'scripts', 'build.mjs')).href);
  await build();
  mkdirSync(path.dirname(builtStamp), { recursive: true });
  writeFileSync(builtStamp, '');
}

function newest(file) {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  let latest = stat.mtimeMs;
  for (const name of readdirSync(file)) {
    if (name !== 'node_modules') latest = Math.max(latest, newest(path.join(file, name)));
  }
  return latest;
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex');
}
