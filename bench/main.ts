import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { arrivalsBenchmark } from './arrivalsOpen';
import { balanceBenchmark } from './balance';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { killChildren } from './childServer';
import { deskBenchmark } from './desk';
import { thisMachine } from './machine';
import { remindersBenchmark } from './reminders';
import { sleepingBenchmark } from './sleeping';
import { soakBenchmark } from './soak';
import { socketsBenchmark } from './sockets';
import { startupBenchmark } from './startup';
import { storedBenchmark } from './stored';
import { alignedTable } from './table';
import { turnsBenchmark } from './turns';
import { understandingBenchmark } from './understanding';
import { widgetBenchmark } from './widget';

const benchmarks: readonly Benchmark[] = [
  turnsBenchmark,
  startupBenchmark,
  balanceBenchmark,
  understandingBenchmark,
  widgetBenchmark,
  remindersBenchmark,
  deskBenchmark,
  storedBenchmark,
  socketsBenchmark,
  sleepingBenchmark,
  arrivalsBenchmark,
  soakBenchmark,
];
const flags = ['--json', '--quick'];
const usualTimeLimitMs = 60_000;
const isNumber = /^\d+$/;

/**
 * `npm run bench -- [--json] [--quick] [NAME] [MINUTES]`: runs one benchmark or all that are quick, prints tables or one
 * JSON object. Minutes are for those that go on as long as one likes.
 */
async function main(args: readonly string[]): Promise<void> {
  const given = args.filter((arg) => arg.startsWith('-'));
  const minutes = args.find((arg) => isNumber.test(arg));
  const names = args.filter((arg) => !arg.startsWith('-') && !isNumber.test(arg));
  const unknownFlag = given.find((flag) => !flags.includes(flag));
  if (unknownFlag !== undefined)
    return refuse(`There is no option "${unknownFlag}"; there are: ${flags.join(', ')}.`);
  const chosen = benchmarks.filter(({ name, onlyByName = false }) =>
    names.length === 0 ? !onlyByName : names.includes(name),
  );
  const unknown = names.find((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown !== undefined) {
    return refuse(
      `There is no benchmark "${unknown}"; there are: ${benchmarks.map(({ name }) => name).join(', ')}.`,
    );
  }

  const json = given.includes('--json');
  const options = {
    ...(await buildPeers(rootFolder())),
    quick: given.includes('--quick'),
    minutes: minutes === undefined ? undefined : Number(minutes),
  };
  const machine = thisMachine();
  const results: Record<string, object> = {};
  if (!json) console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`);
  for (const benchmark of chosen) {
    if (!json) console.log(`\n${benchmark.name}: ${benchmark.purpose}\n`);
    const result = await withinLimit(benchmark, options);
    results[benchmark.name] = result.figures;
    if (!json) printForPeople(result);
  }
  if (json) console.log(JSON.stringify({ machine, results }, undefined, 2));
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}

function printForPeople({ tables, notes }: BenchmarkResult): void {
  console.log([...tables.map(alignedTable), notes.join('\n')].join('\n\n'));
}

async function withinLimit(benchmark: Benchmark, options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { timeLimitMs = usualTimeLimitMs } = benchmark;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    const late = new Error(`The benchmark "${benchmark.name}" did not end within ${timeLimitMs / 1000} s.`);
    timer = setTimeout(() => reject(late), timeLimitMs);
  });
  try {
    return await Promise.race([benchmark.run(options), limit]);
  } finally {
    clearTimeout(timer);
  }
}

function rootFolder(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}

/** Bundles the programs that run as children, with the settings of our own server: none has an easier start. */
async function buildPeers(root: string): Promise<Omit<BenchmarkOptions, 'quick' | 'minutes'>> {
  const script = pathToFileURL(path.join(root, 'scripts', 'build.mjs')).href;
  const { buildNode }: { buildNode(entryPoints: Record<string, string>): Promise<void> } = await import(
    script
  );
  await buildNode({
    'cli/bareServer': 'bench/bareServer.ts',
    'cli/echoBot': 'bench/echoBot.ts',
    'cli/startParts': 'bench/startParts.ts',
  });
  const built = (name: string) => path.join(root, 'dist', 'cli', `${name}.cjs`);
  return {
    root,
    bareServer: built('bareServer'),
    echoBot: built('echoBot'),
    startParts: built('startParts'),
  };
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killChildren();
    process.exit(1);
  });
}
main(process.argv.slice(2)).catch((error: unknown) => {
  killChildren();
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
