import { RealAges } from '../../../services/identity/realAges';
import { MovableClock } from './identityDesk';

describe('the real age of a challenge', () => {
  it('grows with time, whatever the wall clock does, and begins once', () => {
    const clock = new MovableClock();
    const ages = new RealAges(clock);
    ages.begin('a');
    clock.move(1_000);
    clock.setBack(3_600_000);
    ages.begin('a');
    expect(ages.ageOf('a')).toBe(1_000);
    expect(ages.ageOf('of another process')).toBe(0);
  });

  it('is the wall clock’s where no other time is kept', () => {
    let nowMs = 5;
    const ages = new RealAges({ now: () => nowMs });
    ages.begin('a');
    nowMs = 12;
    expect(ages.ageOf('a')).toBe(7);
  });

  it('is forgotten of the oldest first', () => {
    const clock = new MovableClock();
    const ages = new RealAges(clock, 2);
    for (const id of ['a', 'b', 'c']) ages.begin(id);
    clock.move(1);
    expect(['a', 'b', 'c'].map((id) => ages.ageOf(id))).toEqual([0, 1, 1]);
  });
});
