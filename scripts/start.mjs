import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

process.chdir(root);
ensureInstalled('run');
await ensureBuilt();
// In this process, not in a child: half a second less, and signals reach the server itself.
createRequire(import.meta.url)(path.join(root, 'dist', 'main.cjs'));
