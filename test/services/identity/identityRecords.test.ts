import {
  addressLimitKey,
  challengeKey,
  challengeRecord,
  codeEntryKey,
  conversationLimitKey,
  conversationLimitRecord,
  fleetLimitKey,
  fleetLimitRecord,
  keyOf,
  lineLimitKey,
  readLimit,
  readOrForget,
  sendLimitRecord,
  sessionKey,
  sessionRecord,
  storedLine,
  storedLineId,
} from '../../../services/identity/identityRecords';
import type { JsonValue } from '../../../services/turn/turnStore';
import { aBinding } from './identityDesk';
import { MemoryTurns } from './memoryTransaction';

const text16 = 'AZaz09_-AZaz09_-';
const challenge = {
  nonce: text16,
  lineId: storedLineId('line-1'),
  numberDigest: text16.repeat(4),
  sendId: text16,
  addressDigest: null,
  purpose: 'acr1',
  digits: 6,
  sentAtMs: 1,
  seenAtMs: 2,
  expiresAtMs: 3,
  triesLeft: 0,
};
const session = {
  nonce: text16,
  lineId: 'line-1',
  acr: 'acr2',
  authTimeMs: 1,
  lastUsedMs: 2,
  expiresAtMs: 3,
  agencyTimeMs: 4,
};
/** What no 128 random bits and no digest look like. */
const badIds = ['A'.repeat(15), 'A'.repeat(65), `${text16}!`, `!${text16}`, 7, null];
const badTimes = [0.5, '1', null];
type Change = readonly [name: string, values: readonly JsonValue[]];
const damagesOf = (changes: readonly Change[]) =>
  changes.flatMap(([name, values]) => values.map((value) => ({ [name]: value })));

async function read<T>(value: JsonValue, reading: (tx: Parameters<typeof readLimit>[0]) => Promise<T>) {
  const turns = new MemoryTurns();
  turns.overwrite('key', value);
  return turns.run(reading);
}

describe('a stored challenge', () => {
  const asRead = (value: JsonValue) => read(value, (tx) => readOrForget(tx, 'key', challengeRecord));

  it('reads as it was written', async () => {
    expect(await asRead(challenge)).toEqual({ ...challenge, lineId: 'line-1' });
    for (const digits of [1, 12]) expect(await asRead({ ...challenge, digits })).toMatchObject({ digits });
    expect(await asRead({ ...challenge, addressDigest: text16 })).toMatchObject({ addressDigest: text16 });
    expect(await new MemoryTurns().run((tx) => readOrForget(tx, 'key', challengeRecord))).toBeUndefined();
  });

  it.each(
    damagesOf([
      ...['nonce', 'numberDigest', 'sendId'].map((name): Change => [name, badIds]),
      ['addressDigest', badIds.slice(0, 3)],
      ['lineId', [null]],
      ['purpose', [null]],
      ['digits', [0, 13, 1.5]],
      ...['sentAtMs', 'seenAtMs', 'expiresAtMs'].map((name): Change => [name, badTimes]),
      ['triesLeft', [-1, 0.5]],
      ['more', [1]],
    ]),
  )('counts as none with %j', async (damage) => {
    expect(await asRead({ ...challenge, ...damage })).toBeUndefined();
  });
});

describe('a stored session', () => {
  const asRead = (value: JsonValue) => read(value, (tx) => readOrForget(tx, 'key', sessionRecord));

  it('reads as it was written', async () => {
    const { agencyTimeMs: _, ...byCode } = { ...session, acr: 'acr1' };
    for (const value of [session, byCode]) expect(await asRead(value)).toEqual(value);
  });

  it.each(
    damagesOf([
      ['nonce', badIds],
      ['lineId', [null]],
      ['acr', ['acr0', '', null]],
      ...['authTimeMs', 'lastUsedMs', 'expiresAtMs', 'agencyTimeMs'].map((name): Change => [name, badTimes]),
      ['more', [1]],
    ]),
  )('counts as none with %j', async (damage) => {
    expect(await asRead({ ...session, ...damage })).toBeUndefined();
  });
});

describe('a stored limit', () => {
  const send = { id: text16, atMs: 1 };
  const number = { digest: text16, sentAtMs: 1 };
  const minute = { startMs: 1, failures: 1 };

  it('reads as it was written, and is undefined where there is none', async () => {
    const none = new MemoryTurns().run((tx) => readLimit(tx, 'key', sendLimitRecord));
    expect(await none).toBeUndefined();
    for (const sends of [[], [send, send]])
      expect(await read({ sends }, (tx) => readLimit(tx, 'key', sendLimitRecord))).toEqual({ sends });
    for (const numbers of [[], [number]])
      expect(await read({ numbers }, (tx) => readLimit(tx, 'key', conversationLimitRecord))).toEqual({
        numbers,
      });
    for (const minutes of [[], [minute]])
      expect(await read({ minutes }, (tx) => readLimit(tx, 'key', fleetLimitRecord))).toEqual({ minutes });
  });

  it.each<[JsonValue, typeof sendLimitRecord | typeof conversationLimitRecord | typeof fleetLimitRecord]>([
    [null, sendLimitRecord],
    [{}, sendLimitRecord],
    [{ sends: [], more: 1 }, sendLimitRecord],
    [{ sends: [{}] }, sendLimitRecord],
    [{ sends: [{ ...send, more: 1 }] }, sendLimitRecord],
    [{ sends: [{ ...send, id: 'short' }] }, sendLimitRecord],
    [{ numbers: [], more: 1 }, conversationLimitRecord],
    [{ numbers: [{}] }, conversationLimitRecord],
    [{ numbers: [{ ...number, more: 1 }] }, conversationLimitRecord],
    [{ minutes: [], more: 1 }, fleetLimitRecord],
    [{ minutes: [{}] }, fleetLimitRecord],
    [{ minutes: [{ ...minute, more: 1 }] }, fleetLimitRecord],
    [{ minutes: [{ ...minute, failures: 0 }] }, fleetLimitRecord],
  ])('that is %j is a failure, not a limit that nobody used', async (value, shape) => {
    await expect(read(value, (tx) => readLimit<unknown>(tx, 'key', shape))).rejects.toMatchObject({
      code: 'StoreUnavailable',
      message: 'a stored send limit has an unexpected shape',
    });
  });
});

describe('what is stored of a line', () => {
  it('is as long as what is stored of none', () => {
    for (const lineId of ['line-1', '', null]) expect(storedLineId(lineId)).toHaveLength(64);
    expect(storedLine.parse(storedLineId('line-1'))).toBe('line-1');
    expect(storedLine.parse(storedLineId(' line 1'))).toBe(' line 1');
    expect(storedLine.parse(storedLineId(null))).toBeNull();
  });
});

describe('the keys of records', () => {
  const binding = aBinding({ channelId: 'kakao', conversationId: 'c', userId: 'u' });

  it('stay what they are: another key would forget limits and sessions at an update', () => {
    expect([
      challengeKey(binding),
      sessionKey(binding),
      lineLimitKey('n'),
      addressLimitKey('a'),
      conversationLimitKey(binding),
      fleetLimitKey,
      codeEntryKey('n'),
    ]).toEqual([
      'challenge/kakao/c/u',
      'session/kakao/c/u',
      'limit/line/n',
      'limit/address/a',
      'limit/conversation/kakao/c',
      'limit/fleet',
      'sms/code/n',
    ]);
  });

  it('keep the parts apart, whatever characters come in', () => {
    expect(keyOf('a/b', 'c"d', '요금')).toBe('a%2Fb/c%5C%22d/%EC%9A%94%EA%B8%88');
    expect(keyOf('a', 'b/c')).not.toBe(keyOf('a/b', 'c'));
    expect(keyOf('\ud800')).toBe('%5Cud800');
  });
});
