import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { root } from './setup.mjs';

/** What the bundle loads from node_modules when it runs; the command line tools' own are left out. */
const loaded = ['libsql'];

/** Copies a package with all that it needs, where it is installed: another platform's builds are not. */
function copyPackage(name, from, out, copied) {
  let folder = from;
  let source = path.join(folder, 'node_modules', name);
  while (!existsSync(source)) {
    const above = path.dirname(folder);
    if (above === folder) return;
    folder = above;
    source = path.join(folder, 'node_modules', name);
  }
  if (copied.has(source)) return;
  copied.add(source);
  cpSync(source, path.join(out, path.relative(root, source)), { recursive: true });
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(
    readFileSync(path.join(source, 'package.json'), 'utf8'),
  );
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
    copyPackage(needed, source, out, copied);
  }
}

/** `node scripts/buildImage.mjs FOLDER`: everything that a server needs to run, and nothing else. */
const out = path.resolve(process.argv[2] ?? '');
if (process.argv[2] === undefined || existsSync(path.join(out, 'dist'))) {
  console.error('Usage: node scripts/buildImage.mjs FOLDER, where FOLDER holds no dist yet');
  process.exit(1);
}
await build();
mkdirSync(out, { recursive: true });
for (const name of ['dist', 'data', 'package.json', 'LICENSE']) {
  cpSync(path.join(root, name), path.join(out, name), { recursive: true });
}
cpSync(path.join(root, 'deploy', 'healthCheck.mjs'), path.join(out, 'deploy', 'healthCheck.mjs'));
const copied = new Set();
for (const name of loaded) copyPackage(name, root, out, copied);
console.log(`${copied.size} packages copied`);
