import { BoundedMap } from '../../../channels/directLine/boundedMap';
import { addressKey, TokenBucket } from '../../../channels/directLine/tokenBucket';

describe('a rate limit', () => {
  it('lets a burst through, says how long to wait, and refills with time', () => {
    let now = 0;
    const bucket = new TokenBucket(6, { now: () => now });
    const burst = Array.from({ length: 7 }, () => bucket.take('a'));
    now = 9_999;
    const early = bucket.take('a');
    now = 10_000;
    const onTime = bucket.take('a');

    expect(burst).toEqual([0, 0, 0, 0, 0, 0, 10]);
    expect([early, onTime, bucket.take('a')]).toEqual([1, 0, 10]);
  });

  it('is counted for each address by itself, and survives a clock that is set back', () => {
    let now = 60_000;
    const bucket = new TokenBucket(1, { now: () => now });
    const first = [bucket.take('a'), bucket.take('b'), bucket.take('a')];
    now = 0;

    expect(first).toEqual([0, 0, 60]);
    expect(bucket.take('a')).toBe(60);
  });

  it('holds a bounded number of addresses, forgetting the least recent', () => {
    const map = new BoundedMap<string, number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);

    expect([map.size, map.get('a'), map.get('b'), map.get('c')]).toEqual([2, 1, undefined, 3]);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, ''],
  ])('takes %s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
