import { directLineSecret, ScratchFolder, startAssistant } from './assistantServer';
import type { Benchmark, BenchmarkOptions, BenchmarkResult } from './benchmark';
import { cpuMsOf } from './cpuTime';
import { buildProbe, ServerMemory, withProbe } from './serverMemory';
import { assertFilesAllowed, IdleCustomers } from './socketsCustomers';
import { kib, mib } from './socketsFigures';
import { figure } from './table';

/** Idle long enough for everybody to be pinged once: every 20 s, looked for every 5 s. */
const plan = { customers: 10_000, warmUp: 2_000, idleMs: 26_000 };
const quickPlan: typeof plan = { customers: 20, warmUp: 5, idleMs: 100 };

/** What a customer with an open WebSocket who says nothing costs the server. */
export const socketsBenchmark: Benchmark = {
  name: 'sockets',
  purpose: 'memory of the server for each customer whose chat is open and who says nothing',
  timeLimitMs: 600_000,
  onlyByName: true,
  run: runSockets,
};

async function runSockets(options: BenchmarkOptions): Promise<BenchmarkResult> {
  const { customers, warmUp, idleMs } = options.quick ? quickPlan : plan;
  assertFilesAllowed(customers);
  const scratch = new ScratchFolder();
  const probe = await buildProbe(options.root);
  const settings = withProbe(probe);
  const server = await startAssistant({ root: options.root, varDir: scratch.path, settings });
  const people = new IdleCustomers(server.url, directLineSecret);
  try {
    const memory = new ServerMemory(scratch.path);
    const cpu = () => cpuMsOf(server.pid) ?? Number.NaN;
    // Code is compiled and caches are filled by those who come and go first.
    await people.come(warmUp);
    people.leave();
    const before = await memory.settled();

    const openedAtMs = performance.now();
    const cpuBefore = cpu();
    await people.come(customers);
    const opening = { seconds: (performance.now() - openedAtMs) / 1000, cpuMs: cpu() - cpuBefore };
    const open = await memory.now();
    const cpuOpen = cpu();
    const idleAtMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    const idle = { seconds: (performance.now() - idleAtMs) / 1000, cpuMs: cpu() - cpuOpen };
    const rested = await memory.now();
    const after = await memory.settled();
    if (people.lost > 0) throw new Error(`${people.lost} idle customers were cut off`);

    const each = {
      rssBytes: (after.rssBytes - before.rssBytes) / customers,
      heapBytes: (after.heapUsedBytes - before.heapUsedBytes) / customers,
    };
    const rows = [
      ['before', before],
      [`${customers} open`, open],
      ['after they were idle', rested],
      ['garbage collected', after],
    ] as const;
    return {
      figures: { customers, before, open, rested, after, each, opening, idle, pings: people.pings },
      tables: [
        {
          title: `${customers} customers, idle for ${figure(idle.seconds)} s`,
          header: ['', 'RSS MiB', 'heap MiB', 'buffers MiB', 'longest pause ms'],
          rows: rows.map(([what, reading]) => [
            what,
            mib(reading.rssBytes),
            mib(reading.heapUsedBytes),
            mib(reading.externalBytes),
            reading === open || reading === rested ? figure(reading.longestPauseMs) : '-',
          ]),
        },
        {
          title: 'One customer',
          header: [
            'resident KiB',
            'heap KiB',
            'CPU ms to open',
            'CPU ms a minute while idle',
            'opened a second',
          ],
          rows: [
            [
              kib(each.rssBytes),
              kib(each.heapBytes),
              figure(opening.cpuMs / customers),
              figure((idle.cpuMs / customers / idle.seconds) * 60),
              figure(customers / opening.seconds),
            ],
          ],
        },
      ],
      notes: [
        `"before" and "garbage collected" are after two forced collections, "before" after ${warmUp} others came and went; ${people.pings} pings were answered.`,
        "Buffers in the kernel and the load generator's own memory are not counted; opening includes the greeting turn and its commit.",
        'A pause is the longest time in which nobody was served, while they came and while they were idle.',
      ],
    };
  } finally {
    people.leave();
    await server.stop();
    scratch.remove();
  }
}
