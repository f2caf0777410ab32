import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ChildServer, startServer } from './childServer';

/** Opens Direct Line on the server under test; it listens on loopback only and lives for a minute. */
export const directLineSecret = 'secret-of-this-benchmark';

/** A folder for what one server writes. */
export class ScratchFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'bill-guide-bench-'));

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface AssistantOptions {
  readonly root: string;
  readonly varDir: string;
  /** In place of the repository's `data/`. */
  readonly dataDir?: string;
  /** Script that starts it, relative to the repository; the built server itself by default. */
  readonly script?: string;
  /** Besides those that keep it apart. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Our server as a child process on a free loopback port, with durable storage as in production. */
export function startAssistant({
  root,
  varDir,
  dataDir,
  script = 'dist/main.cjs',
  settings = {},
}: AssistantOptions): Promise<ChildServer> {
  return startServer({
    name: 'the assistant',
    args: [path.join(root, script)],
    // Not the repository: a developer's .env must not change what is measured.
    cwd: varDir,
    env: {
      HOST: '127.0.0.1',
      PORT: '0',
      VAR_DIR: varDir,
      DATA_DIR: dataDir ?? path.join(root, 'data'),
      STORE_URL: `sqlite:${path.join(varDir, 'assistant.db')}`,
      DIRECT_LINE_SECRET: directLineSecret,
      LOG_LEVEL: 'error',
      ...settings,
    },
  });
}

/** The floor under all bots as a child process. */
export function startBareServer(bareServer: string, cwd: string): Promise<ChildServer> {
  return startServer({ name: 'the bare server', args: [bareServer], cwd, env: {} });
}

/** The echo bot as a child process. */
export function startEchoBot(echoBot: string, cwd: string): Promise<ChildServer> {
  return startServer({ name: 'the echo bot', args: [echoBot], cwd, env: {} });
}
