import { rmSync } from 'node:fs';
import path from 'node:path';
import { build as esbuild } from 'esbuild';
import { buildWeb } from './buildWeb.mjs';
import { root } from './setup.mjs';

/** Settings of every bundle for Node: one file each, because loading one is half as slow as loading 2,000. */
const nodeBundle = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  keepNames: true,
  // Native or optional: loaded from node_modules when they are there.
  external: [
    'libsql',
    'dtrace-provider',
    'playwright-core',
    'autocannon',
    'botframework-directlinejs',
    'xhr2',
  ],
  logLevel: 'error',
  absWorkingDir: root,
};

/** The server and the page into `dist/`. */
export async function build() {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  await Promise.all([
    buildNode({ main: 'bot/main.ts' }),
    buildWeb({ outDir: path.join(root, 'dist', 'web') }),
  ]);
}

/** @param {Record<string, string>} entryPoints output name → source */
export async function buildNode(entryPoints) {
  await esbuild({
    ...nodeBundle,
    entryPoints,
    outdir: path.join(root, 'dist'),
    outExtension: { '.js': '.cjs' },
  });
}
