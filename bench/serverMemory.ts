import { connect } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** Where `memoryProbe` listens, in the working folder of the server. */
export const probeSocket = 'probe.sock';

const reading = z.object({
  /** Resident set, as the system counts it: code, heap, buffers and SQLite's cache. */
  rssBytes: z.number(),
  heapUsedBytes: z.number(),
  /** Buffers outside of the heap. */
  externalBytes: z.number(),
  /** The longest that nobody was served since the last reading, ms. */
  longestPauseMs: z.number(),
});
export type Reading = z.infer<typeof reading>;

/** Memory of a server that was started with the settings of `withProbe`. */
export class ServerMemory {
  /** @param folder the server's working folder */
  constructor(private readonly folder: string) {}

  /** As it is. */
  now(): Promise<Reading> {
    return this.ask('now');
  }

  /** After garbage has been collected twice, half a second apart. */
  settled(): Promise<Reading> {
    return this.ask('settled');
  }

  private ask(question: string): Promise<Reading> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(path.join(this.folder, probeSocket));
      socket.setEncoding('utf8').on('data', (text: string) => {
        answer += text;
      });
      socket.on('error', reject);
      socket.on('end', () => {
        const parsed = reading.safeParse(JSON.parse(answer || 'null'));
        if (parsed.success) resolve(parsed.data);
        else reject(new Error('the server ended before it told its memory'));
      });
      socket.end(question);
    });
  }
}

/** Settings with which Node loads the probe before the server. @param probe its built program */
export function withProbe(probe: string): Readonly<Record<string, string>> {
  return { NODE_OPTIONS: `--require ${JSON.stringify(probe)}` };
}

/** Builds the probe. @param root the repository's folder @returns the program for `withProbe` */
export async function buildProbe(root: string): Promise<string> {
  const script = pathToFileURL(path.join(root, 'scripts', 'build.mjs')).href;
  const { buildNode }: { buildNode(entryPoints: Record<string, string>): Promise<void> } = await import(
    script
  );
  await buildNode({ 'cli/memoryProbe': 'bench/memoryProbe.ts' });
  return path.join(root, 'dist', 'cli', 'memoryProbe.cjs');
}
