import { type IdentityPolicy, identityPolicy } from '../../../services/identity/identityPolicy';
import {
  addressLimitKey,
  conversationLimitKey,
  lineLimitKey,
} from '../../../services/identity/identityRecords';
import { admitSend, forgiveSends, type SendRequest } from '../../../services/identity/sendLimits';
import { aBinding, hourMs, minuteMs, startMs } from './identityDesk';
import { MemoryTurns } from './memoryTransaction';

const policy: IdentityPolicy = {
  ...identityPolicy,
  sendsPerLine: 2,
  sendsPerLineWindowMs: 10 * hourMs,
  sendsPerAddress: 3,
  sendsPerAddressWindowMs: 2 * hourMs,
  numbersPerConversation: 2,
  numbersPerConversationWindowMs: hourMs,
};
/** A digest as records hold it. */
const digest = (name: string) => name.padEnd(16, '_');
const line = digest('line');
const address = digest('address');
const me = aBinding();

function aCounter() {
  const turns = new MemoryTurns();
  const requestOf = (parts: Partial<SendRequest>): SendRequest => ({
    binding: me,
    numberDigest: line,
    sendId: digest('me'),
    addressDigest: address,
    ...parts,
  });
  return {
    turns,
    admit: (atMs: number, parts: Partial<SendRequest> = {}) =>
      turns.run((tx) => admitSend(tx, policy, requestOf(parts), startMs + atMs)),
    forgive: (parts: Partial<SendRequest> = {}) =>
      turns.run((tx) => forgiveSends(tx, policy, requestOf(parts))),
  };
}
const other = (n: number) => ({
  numberDigest: digest(`number${n}`),
  binding: aBinding({ conversationId: `c${n}` }),
});

describe('the send limits', () => {
  it('let a line have its number of codes, and the next when the oldest is a window old', async () => {
    const { admit } = aCounter();
    const noAddress = { addressDigest: null };
    expect(await admit(0, noAddress)).toEqual({ status: 'admitted', sendsLeft: 1 });
    expect(await admit(minuteMs, noAddress)).toEqual({ status: 'admitted', sendsLeft: 0 });
    const refused = { status: 'limited', limit: 'line', retryAtMs: startMs + 10 * hourMs };
    expect(await admit(2 * minuteMs, noAddress)).toEqual(refused);
    expect(await admit(10 * hourMs - 1, noAddress)).toEqual(refused);
    expect(await admit(10 * hourMs, noAddress)).toEqual({ status: 'admitted', sendsLeft: 0 });
    expect(await admit(10 * hourMs, noAddress)).toEqual({
      ...refused,
      retryAtMs: startMs + 10 * hourMs + minuteMs,
    });
  });

  it('let an address ask for its number of codes, whatever the lines', async () => {
    const { admit } = aCounter();
    for (const n of [1, 2, 3]) expect((await admit(n, other(n))).status).toBe('admitted');
    const refused = { status: 'limited', limit: 'address', retryAtMs: startMs + 1 + 2 * hourMs };
    expect(await admit(4, other(4))).toEqual(refused);
    expect((await admit(4, { ...other(4), addressDigest: digest('another') })).status).toBe('admitted');
    expect(await admit(2 * hourMs, other(5))).toEqual(refused);
    expect((await admit(2 * hourMs + 1, other(5))).status).toBe('admitted');
  });

  it('let a conversation try its number of numbers, and those again', async () => {
    const { admit } = aCounter();
    const number = (n: number) => ({ numberDigest: digest(`number${n}`), addressDigest: null });
    await admit(0, number(1));
    await admit(1, number(2));
    const refused = { status: 'limited', limit: 'conversation', retryAtMs: startMs + hourMs };
    expect(await admit(2, number(3))).toEqual(refused);
    expect((await admit(3, { ...number(3), binding: aBinding({ channelId: 'kakao' }) })).status).toBe(
      'admitted',
    );
    expect(await admit(4, { ...number(3), binding: aBinding({ userId: 'another' }) })).toEqual(refused);
    // Asked for again, the first number counts from then on.
    expect((await admit(minuteMs, number(1))).status).toBe('admitted');
    expect(await admit(hourMs, number(3))).toEqual({ ...refused, retryAtMs: startMs + hourMs + 1 });
    expect((await admit(hourMs + 1, number(3))).status).toBe('admitted');
  });

  it('name the limit that ends last', async () => {
    const { admit } = aCounter();
    await admit(0, { addressDigest: null });
    await admit(0, { addressDigest: null });
    const here = { binding: aBinding({ conversationId: 'here' }) };
    for (const n of [1, 2]) await admit(minuteMs, { ...here, numberDigest: digest(`number${n}`) });
    await admit(minuteMs, other(3));
    // All three are reached: line until 10:00, address until 2:01, conversation until 1:01.
    expect(await admit(2 * minuteMs, here)).toMatchObject({
      limit: 'line',
      retryAtMs: startMs + 10 * hourMs,
    });
    expect(await admit(2 * minuteMs, { ...here, numberDigest: digest('number9') })).toMatchObject({
      limit: 'address',
      retryAtMs: startMs + minuteMs + 2 * hourMs,
    });
  });

  it('count nothing when they refuse', async () => {
    const { turns, admit } = aCounter();
    await admit(0);
    await admit(0);
    const everything = () => [turns.dump(), ...turns.keys().map((key) => turns.expiryOf(key))];
    const before = everything();
    expect((await admit(minuteMs)).status).toBe('limited');
    expect(everything()).toEqual(before);
  });

  it('keep each record for its window', async () => {
    const { turns, admit } = aCounter();
    await admit(minuteMs);
    const expiries = Object.fromEntries(turns.keys().map((key) => [key, turns.expiryOf(key)]));
    expect(expiries).toEqual({
      [lineLimitKey(line)]: startMs + minuteMs + 10 * hourMs,
      [addressLimitKey(address)]: startMs + minuteMs + 2 * hourMs,
      [conversationLimitKey(me)]: startMs + minuteMs + hourMs,
    });
    expect(turns.value(conversationLimitKey(me))).toEqual({
      numbers: [{ digest: line, sentAtMs: startMs + minuteMs }],
    });
  });

  it('keep nothing of an address where there is none', async () => {
    const { turns, admit, forgive } = aCounter();
    await admit(0, { addressDigest: null });
    expect(turns.keys()).toEqual([lineLimitKey(line), conversationLimitKey(me)]);
    await forgive({ addressDigest: null });
    expect(turns.keys()).toEqual([conversationLimitKey(me)]);
  });

  it('name the later limit also when the line’s ends first', async () => {
    const { admit } = aCounter();
    for (let n = 0; n < 2; n += 1) await admit(0, { addressDigest: null });
    const lateMs = 9.5 * hourMs;
    for (const n of [1, 2, 3]) await admit(lateMs, other(n));
    expect(await admit(lateMs)).toMatchObject({ limit: 'address', retryAtMs: startMs + lateMs + 2 * hourMs });
  });

  it('set right the one time that lies ahead among others', async () => {
    const { turns, admit } = aCounter();
    await admit(0, { numberDigest: digest('number2') });
    await admit(10 * minuteMs);
    expect((await admit(minuteMs, { numberDigest: digest('number3') })).status).toBe('limited');
    const times = (key: string) => JSON.stringify(turns.value(key)).match(/Ms":\d+/g);
    const set = [0, minuteMs].map((atMs) => `Ms":${startMs + atMs}`);
    expect(times(addressLimitKey(address))).toEqual(set);
    expect(times(conversationLimitKey(me))).toEqual(set);
  });

  it('end after their own window when the clock had been ahead, also where nothing is sent', async () => {
    const { turns, admit } = aCounter();
    const yearMs = 365 * 24 * hourMs;
    await admit(yearMs);
    await admit(yearMs + 1, { numberDigest: digest('number2') });
    await admit(yearMs);
    expect(await admit(0, { numberDigest: digest('number3') })).toMatchObject({
      limit: 'address',
      retryAtMs: startMs + 2 * hourMs,
    });
    expect(turns.value(addressLimitKey(address))).toEqual({
      sends: [0, 0, 0].map(() => ({ id: digest('me'), atMs: startMs })),
    });
    expect(turns.expiryOf(addressLimitKey(address))).toBe(startMs + 2 * hourMs);
    expect(turns.value(conversationLimitKey(me))).toEqual({
      numbers: [digest('number2'), line].map((one) => ({ digest: one, sentAtMs: startMs })),
    });
    expect(turns.expiryOf(conversationLimitKey(me))).toBe(startMs + hourMs);
    // Of the line itself nobody has asked since: it stays as it was noted.
    expect(turns.expiryOf(lineLimitKey(line))).toBe(startMs + yearMs + 10 * hourMs);
    expect(await admit(1, { addressDigest: null })).toMatchObject({
      limit: 'line',
      retryAtMs: startMs + 1 + 10 * hourMs,
    });
  });
});

describe('a proved line', () => {
  it('frees what this customer asked for, at the line and at the address', async () => {
    const { turns, admit, forgive } = aCounter();
    await admit(0);
    await forgive();
    expect(turns.keys()).toEqual([conversationLimitKey(me)]);
    expect(await admit(0)).toMatchObject({ sendsLeft: 1 });
  });

  it('frees nothing where nothing was asked for', async () => {
    const { turns, forgive } = aCounter();
    await forgive();
    expect(turns.keys()).toEqual([]);
  });

  it('leaves what others asked for, for as long as it counts', async () => {
    const { turns, admit, forgive } = aCounter();
    await admit(minuteMs, { sendId: digest('stranger') });
    await admit(2 * minuteMs);
    await forgive();
    const sends = [{ id: digest('stranger'), atMs: startMs + minuteMs }];
    expect(turns.value(lineLimitKey(line))).toEqual({ sends });
    expect(turns.expiryOf(lineLimitKey(line))).toBe(startMs + minuteMs + 10 * hourMs);
    expect(turns.value(addressLimitKey(address))).toEqual({ sends });
    expect(turns.expiryOf(addressLimitKey(address))).toBe(startMs + minuteMs + 2 * hourMs);
  });

  it('keeps the others until the latest of them ends', async () => {
    const { turns, admit, forgive } = aCounter();
    const noAddress = { addressDigest: null };
    await admit(5, { ...noAddress, sendId: digest('one') });
    await admit(9, { ...noAddress, sendId: digest('two') });
    await forgive(noAddress);
    expect(turns.expiryOf(lineLimitKey(line))).toBe(startMs + 9 + 10 * hourMs);
    expect(turns.keys()).not.toContain(addressLimitKey(address));
  });
});
