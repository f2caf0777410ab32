import { Arrivals } from '../../bench/arrivals';

describe('arrivals', () => {
  it('hands over in order what came early and what came late', async () => {
    const arrivals = new Arrivals<string>();
    arrivals.push('first');
    arrivals.push('second');
    expect([await arrivals.next(), await arrivals.next()]).toEqual(['first', 'second']);

    const later = arrivals.next();
    arrivals.push('third');
    expect(await later).toBe('third');
  });

  it('rejects whoever waits, and whoever asks later, when nothing will come', async () => {
    const arrivals = new Arrivals<string>();
    const waiting = arrivals.next();
    arrivals.fail(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    await expect(arrivals.next()).rejects.toThrow('closed');
  });
});
