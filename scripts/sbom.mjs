import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, root } from './setup.mjs';

/** `npm run sbom -- [FILE]`: CycloneDX 1.6 of what a server is installed with, from the lockfile alone. Default: standard output. */
process.chdir(root);
ensureInstalled('test');
const tool = path.join('node_modules', '@cyclonedx', 'cyclonedx-npm', 'bin', 'cyclonedx-npm-cli.js');
const { status } = spawnSync(
  process.execPath,
  [
    tool,
    '--package-lock-only',
    '--omit',
    'dev',
    '--spec-version',
    '1.6',
    '--output-format',
    'JSON',
    '--output-reproducible',
    '--output-file',
    process.argv[2] ?? '-',
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
