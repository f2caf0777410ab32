import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup.mjs';

/** SPDX ids that let the product be given on as it is. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC-BY-3.0',
  'CC-BY-4.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

/** Read by hand, because the package does not name its licence in SPDX's way. */
const readByHand = JSON.parse(readFileSync(path.join(root, 'deploy', 'licences.json'), 'utf8'));

/** Whether an SPDX expression leaves a permissive choice: one side of every OR, both of an AND. */
export function isPermissive(expression) {
  const text = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (/ OR /.test(text)) return text.split(' OR ').some(isPermissive);
  if (/ AND /.test(text)) return text.split(' AND ').every(isPermissive);
  return permissive.has(text);
}

/** Packages of the lockfile that a server is installed with: name, version, licence. */
export function productionPackages() {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([place, entry]) => place !== '' && !entry.dev && !entry.link)
    .map(([place, entry]) => {
      const name = entry.name ?? place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const stated = entry.license ?? readByHand[name]?.licence ?? 'unknown';
      const licence = isPermissive(String(stated))
        ? String(stated)
        : (readByHand[name]?.licence ?? String(stated));
      return { name, version: entry.version, licence };
    });
}

/** `npm run licences`: counts by licence; fails when one in production is not permissive. `--list` names every package. */
function main() {
  const packages = productionPackages();
  if (process.argv.includes('--list')) {
    for (const { name, version, licence } of packages) console.log(`${name}@${version}\t${licence}`);
  }
  const counts = Map.groupBy
    ? Map.groupBy(packages, ({ licence }) => licence)
    : packages.reduce(
        (map, each) => map.set(each.licence, [...(map.get(each.licence) ?? []), each]),
        new Map(),
      );
  for (const [licence, of] of [...counts].sort((a, b) => b[1].length - a[1].length)) {
    console.log(`${String(of.length).padStart(5)}  ${licence}`);
  }
  const wrong = packages.filter(({ licence }) => !isPermissive(licence));
  for (const { name, version, licence } of wrong)
    console.error(`not permissive: ${name}@${version} (${licence})`);
  console.log(`${packages.length} packages, ${wrong.length} not permissive`);
  process.exit(wrong.length === 0 ? 0 : 1);
}

if (process.argv[1]?.endsWith('licences.mjs')) main();
