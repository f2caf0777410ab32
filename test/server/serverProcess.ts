import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { artifacts, keepForScan } from '../artifacts';

const root = path.resolve(__dirname, '../..');
const main = path.join(root, 'dist', 'main.cjs');

export const directLineSecret = 'test-secret-of-the-direct-line';

/** The built server as a process of its own. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Milliseconds from spawn to the line that says where it listens. */
    readonly startedInMs: number,
  ) {}

  /**
   * Starts `dist/main.cjs`, which `npm test` has built.
   * @param varDir where it keeps database and secrets
   */
  static async start(varDir: string, settings: Record<string, string> = {}): Promise<ServerProcess> {
    if (!existsSync(main)) throw new Error('dist/main.cjs is missing: run npm test, which builds it');
    const env = {
      PATH: process.env.PATH ?? '',
      HOST: '127.0.0.1',
      PORT: '0',
      VAR_DIR: varDir,
      STORE_URL: `sqlite:${path.join(varDir, 'assistant.db')}`,
      LOG_LEVEL: artifacts === undefined ? 'error' : 'info',
      DIRECT_LINE_SECRET: directLineSecret,
      ...settings,
    };
    const startedAt = performance.now();
    const child = spawn(process.execPath, [main], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    child.once('exit', () => keepForScan(varDir, errors));
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`the server ended: ${errors}`)));
      createInterface({ input: child.stdout ?? process.stdin }).on('line', (line) => {
        const found = line.match(/http:\/\/\S+/)?.[0];
        if (found !== undefined) resolve(found);
      });
    });
    return new ServerProcess(child, url, performance.now() - startedAt);
  }

  /**
   * Starts it with something wrong.
   * @returns how it ended, by itself, and what it said
   */
  static async failedStart(
    settings: Record<string, string>,
  ): Promise<{ code: number | null; output: string; errors: string }> {
    const env = { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: '0', ...settings };
    // One that does start ends by SIGTERM, with the exit code 0.
    const options = { cwd: root, env, timeout: 40_000 };
    const child = spawn(process.execPath, [main], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [code] = await once(child, 'close');
    return { code, output, errors };
  }

  /** Sends a signal and does not wait. */
  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Resolves with the exit code, null when a signal ended it. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const [code] = await once(this.child, 'exit');
    return code;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  /** SIGTERM. @returns the exit code */
  async stop(): Promise<number | null> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    const [code] = await ended;
    return code;
  }
}

/** One Direct Line call with the secret or a token. */
export async function directLine(
  url: string,
  method: 'GET' | 'POST',
  route: string,
  body?: unknown,
  credential = directLineSecret,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await fetch(`${url}/v3/directline${route}`, {
    method,
    headers: {
      ...headers,
      Authorization: `Bearer ${credential}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? {} : JSON.parse(text) };
}
