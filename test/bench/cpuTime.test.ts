import { cpuMsOf } from '../../bench/cpuTime';

describe('CPU time of a process', () => {
  const onLinux = process.platform === 'linux';

  it('agrees with what the process says of itself, where the system tells', () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    const ownMs = (userCPUTime + systemCPUTime) / 1000;
    const seenMs = cpuMsOf(process.pid);
    // Two ticks of 10 ms, plus what the two readings themselves cost.
    if (onLinux) expect(Math.abs((seenMs ?? 0) - ownMs)).toBeLessThan(50);
    else expect(seenMs).toBeUndefined();
  });

  it('says nothing about a process that is not there', () => {
    expect(cpuMsOf(2 ** 30)).toBeUndefined();
  });
});
