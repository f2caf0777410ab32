import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './setup.mjs';

process.chdir(root);
ensureInstalled('run');

const watched = ['bot', 'dialogs', 'cards', 'services', 'channels', 'store', 'strings', 'web', 'data'];
let server;
let timer;

async function restart() {
  try {
    await ensureBuilt();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return;
  }
  if (server !== undefined && server.exitCode === null) {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  server = spawn(process.execPath, [path.join(root, 'dist', 'main.cjs')], { stdio: 'inherit' });
}

for (const name of watched) {
  watch(path.join(root, name), { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(restart, 150);
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    server?.kill(signal);
    process.exit(0);
  });
}
await restart();
