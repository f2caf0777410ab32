import { readFileSync } from 'node:fs';

/**
 * How long the main thread of a process has been ready to run and had to wait for a CPU, ms since it began: what a
 * busy machine adds to every latency. Source: Documentation/scheduler/sched-stats.rst of Linux, `/proc/PID/schedstat`.
 * @returns undefined where the system does not tell
 */
export function waitedForCpuMsOf(pid: number): number | undefined {
  try {
    const waitedNs = Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]);
    return Number.isFinite(waitedNs) ? waitedNs / 1e6 : undefined;
  } catch {
    return undefined;
  }
}
