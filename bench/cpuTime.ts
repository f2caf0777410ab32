import { readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second (USER_HZ) on every architecture Node runs on. */
const tickMs = 10;

/**
 * CPU time that a process has used so far, user and system, all its threads, in ms. Source: proc(5), fields
 * 14 and 15 of `/proc/PID/stat`.
 * @returns undefined where there is no /proc, or no such process
 */
export function cpuMsOf(pid: number): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // Field 2 is the program's name in parentheses and may hold spaces: count from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isFinite(ticks) ? ticks * tickMs : undefined;
}
