import { runRounds } from '../../bench/rounds';

/** How many of so many rounds are run when each takes so long. */
async function roundsRun(wanted: number, roundMs: number): Promise<number> {
  let nowMs = 1_000;
  let run = 0;
  const round = async () => {
    run += 1;
    nowMs += roundMs;
  };
  await runRounds(wanted, 1_000, round, () => nowMs);
  return run;
}

describe('rounds of a benchmark', () => {
  it('are all run when there is time', async () => {
    expect(await roundsRun(6, 8_000)).toBe(6);
  });

  it('end before the minute is over on a busy machine', async () => {
    expect(await roundsRun(6, 20_000)).toBe(2);
  });

  it('are at least one', async () => {
    expect(await roundsRun(6, 70_000)).toBe(1);
  });
});
