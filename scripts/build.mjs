import { spawnSync } from 'node:child_process';
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
  // Native or optional: loaded from node_modules when they are there.
  external: [
    'libsql',
    'dtrace-provider',
    'playwright-core',
    'autocannon',
    'botframework-directlinejs',
    'xhr2',
  ],
  // Node's own is deprecated, and newer releases of it say so at every start. The SDK's HTTP client still asks for it.
  alias: { punycode: 'punycode/' },
  logLevel: 'error',
  absWorkingDir: root,
};

/** The server and the page into `dist/`. */
export async function build() {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  await Promise.all([
    buildNode({ main: 'bot/main.ts', buildIntentModel: 'bot/cli/buildIntentModel.ts' }),
    buildWeb({ outDir: path.join(root, 'dist', 'web') }),
  ]);
  // Learning takes a second, which a start need not.
  const trainer = path.join(root, 'dist', 'buildIntentModel.cjs');
  const trained = spawnSync(
    process.execPath,
    [trainer, path.join(root, 'data'), path.join(root, 'dist', 'intentModel.json')],
    {
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  // Wrong data is named by the start itself, with the sentence for it.
  if (trained.status !== 0) console.error('The recogniser was not trained ahead; the start will do it.');
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
