import { type ChildProcess, spawn } from 'node:child_process';

export interface ChildServerOptions {
  /** For error messages. */
  readonly name: string;
  /** Script and arguments for this Node. */
  readonly args: readonly string[];
  readonly cwd: string;
  /** All its settings; of ours it inherits only PATH and HOME. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ChildServer {
  readonly pid: number;
  /** As it printed it, without a slash at the end. */
  readonly url: string;
  /** From spawn to the printed address, ms. */
  readonly listeningAfterMs: number;
  /** Ends it: politely, after 5 s by force. */
  stop(): Promise<void>;
}

const startTimeoutMs = 20_000;
const stopTimeoutMs = 5_000;
const running = new Set<ChildProcess>();

/**
 * Starts a server as a child process and waits until it prints its address.
 * @throws Error when it ends or says nothing for 20 s
 */
export async function startServer({ name, args, cwd, env }: ChildServerOptions): Promise<ChildServer> {
  const { PATH = '', HOME = '' } = process.env;
  const startedAtMs = performance.now();
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  try {
    const url = await printedUrl(child, name);
    const listeningAfterMs = performance.now() - startedAtMs;
    return { pid: child.pid ?? 0, url, listeningAfterMs, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

/** Ends every child that still runs, at once: for when the benchmark itself is told to stop. */
export function killChildren(): void {
  for (const child of running) child.kill('SIGKILL');
}

function printedUrl(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    let complained = '';
    const timer = setTimeout(
      () => reject(new Error(`${name} printed no address within ${startTimeoutMs / 1000} s`)),
      startTimeoutMs,
    );
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed = `${printed}${text}`.slice(-4_096);
      const url = /(http:\/\/[^\s/]+)\/?\s/.exec(printed)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complained = `${complained}${text}`.slice(-2_000);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`${name} ended with code ${code} before it listened. ${complained.trim()}`));
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(timer);
}
