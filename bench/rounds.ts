/** What a benchmark may use of its minute; the rest is for ending its servers. */
const budgetMs = 50_000;

/**
 * Runs the rounds of a benchmark one after the other; fewer on a busy machine, where another one would not end
 * in time. One is always run.
 * @param startedAtMs `performance.now()` when the benchmark began
 */
export async function runRounds(
  rounds: number,
  startedAtMs: number,
  round: () => Promise<void>,
  now: () => number = () => performance.now(),
): Promise<void> {
  let longestMs = 0;
  for (let done = 0; done < rounds; done += 1) {
    const roundStartedAtMs = now();
    if (done > 0 && roundStartedAtMs + longestMs > startedAtMs + budgetMs) return;
    await round();
    longestMs = Math.max(longestMs, now() - roundStartedAtMs);
  }
}
