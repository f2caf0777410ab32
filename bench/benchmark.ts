import type { Table } from './table';

export interface BenchmarkOptions {
  /** The repository's folder. */
  readonly root: string;
  /** The built program that answers without a bot. */
  readonly bareServer: string;
  /** The echo bot's built program. */
  readonly echoBot: string;
  /** The program that times the parts of a start. */
  readonly startParts: string;
  /** Tiny counts: shows that everything runs; the figures mean nothing. */
  readonly quick: boolean;
  /** How long a benchmark goes on that goes on as long as one likes. */
  readonly minutes?: number | undefined;
}

export interface BenchmarkResult {
  /** For `--json`. */
  readonly figures: object;
  /** For people. */
  readonly tables: readonly Table[];
  /** What to know when reading the figures. */
  readonly notes: readonly string[];
}

export interface Benchmark {
  readonly name: string;
  /** One line for people: what is measured. */
  readonly purpose: string;
  /** It has failed when it takes longer; 60 s when absent. */
  readonly timeLimitMs?: number;
  /** It takes minutes: it runs when it is asked for by its name. */
  readonly onlyByName?: boolean;
  /** Ends by itself and leaves no process behind. */
  run(options: BenchmarkOptions): Promise<BenchmarkResult>;
}
