import path from 'node:path';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { IdentityAgencyUnavailableError, LineSystemUnavailableError } from '../../../services/errors';
import { AgencyPerson, HolderDigests } from '../../../services/identity/agencyPerson';
import { type AgencyLink, AgencyTokens } from '../../../services/identity/agencyTokens';
import { AgencyVerification, agencyPolicy } from '../../../services/identity/agencyVerification';
import { DemoAgency, type DemoOutcome, demoCi } from '../../../services/identity/demoAgency';
import { DemoLineDirectory } from '../../../services/identity/demoLineDirectory';
import type { AgencyResult } from '../../../services/identity/identityAgency';
import { aBinding, hourMs, MovableClock, minuteMs, repeatableRandomness, startMs } from './identityDesk';
import { MemoryTurns } from './memoryTransaction';

const ledger = loadDemoLedger(path.resolve(__dirname, '../../../data'));
const [line = '', otherLine = ''] = ledger.customers.map(({ lineId }) => lineId);
const me = aBinding();

/** An agency whose answers a test may replace, and all around it. */
function aScene(
  parts: {
    result?: () => Promise<AgencyResult>;
    holderDigestOf?: (known: () => Promise<string | undefined>) => Promise<string | undefined>;
  } = {},
) {
  const clock = new MovableClock();
  const turns = new MemoryTurns();
  const holders = new HolderDigests(Buffer.alloc(32, 3));
  const demo = new DemoAgency(ledger);
  const asked: string[] = [];
  const begun: { verificationId: string; returnUrl: string }[] = [];
  const agency = {
    start: (request: { verificationId: string; returnUrl: string }) => {
      begun.push(request);
      return demo.start();
    },
    result: async (id: string) => {
      asked.push(id);
      return parts.result?.() ?? demo.result(id);
    },
  };
  const lines = new DemoLineDirectory(ledger, clock, holders);
  const known = (lineId: string) => () => lines.holderDigestOf(lineId);
  const { holderDigestOf = (ask) => ask() } = parts;
  const verification = new AgencyVerification({
    agency,
    lines: { holderDigestOf: (lineId) => holderDigestOf(known(lineId)) },
    holders,
    tokens: new AgencyTokens(Buffer.alloc(32, 1), clock),
    clock,
    randomness: repeatableRandomness('agency'),
    publicUrl: () => 'https://bill.example.kr',
  });
  const start = (binding = me, lineId = line) =>
    turns.run((tx) => verification.start(tx, binding, lineId, 'ko'));
  const tokenOf = async (binding = me, lineId = line) => {
    const started = await start(binding, lineId);
    if (started.status !== 'started') throw new Error(started.status);
    return new URL(started.url).searchParams.get('t') ?? '';
  };
  const open = (token: string, kind: AgencyLink['kind'] = 'start') =>
    verification.open(kind, token, async (key) => ({ value: turns.value(key) }));
  const check = (binding = me, lineId = line) => turns.run((tx) => verification.check(tx, binding, lineId));
  const play = async (token: string, outcome: DemoOutcome) => {
    const { challenge } = (await open(token)) ?? {};
    if (challenge === undefined) throw new Error('the link does not open');
    demo.play(challenge.verificationId, challenge.lineId, outcome);
  };
  return { clock, turns, verification, asked, begun, start, tokenOf, open, check, play };
}

describe('a verification by an identity agency', () => {
  it('ends well for the holder of the line, once', async () => {
    const scene = aScene();
    const token = await scene.tokenOf();
    expect(await scene.check()).toEqual({ status: 'pending' });
    await scene.play(token, 'holder');
    expect(await scene.check()).toEqual({ status: 'holder' });
    expect(await scene.check()).toEqual({ status: 'noChallenge' });
    expect(scene.asked).toHaveLength(2);
  });

  it.each<[DemoOutcome, string]>([
    ['somebodyElse', 'otherPerson'],
    ['child', 'underage'],
    ['givenUp', 'failed'],
  ])('refuses when it ends as %s, and is over then', async (outcome, status) => {
    const scene = aScene();
    await scene.play(await scene.tokenOf(), outcome);
    expect(await scene.check()).toEqual({ status });
    expect(await scene.check()).toEqual({ status: 'noChallenge' });
  });

  it('starts with a link that opens for ten minutes, and ids that nobody guesses', async () => {
    const scene = aScene();
    const startMs = scene.clock.now();
    const started = await scene.start();
    expect(started).toEqual({
      status: 'started',
      url: expect.stringMatching(/^https:\/\/bill\.example\.kr\/identity\/start\?t=[\w.-]+$/),
      expiresAtMs: startMs + 10 * minuteMs,
    });
    const token = started.status === 'started' ? new URL(started.url).searchParams.get('t') : null;
    expect((await scene.open(token ?? ''))?.challenge).toEqual({
      nonce: expect.stringMatching(/^[\w-]{22}$/),
      verificationId: expect.stringMatching(/^bill-guide-[0-9a-f]{36}$/),
      lineId: line,
      startedAtMs: startMs,
      expiresAtMs: startMs + 10 * minuteMs,
      checksLeft: 20,
    });
    const [challengeKey = '', limitKey = ''] = scene.turns.keys().sort();
    expect([challengeKey, limitKey]).toEqual([
      `agency/${me.channelId}/${me.conversationId}/${me.userId}`,
      `limit/agency/${line}`,
    ]);
    // The store may remove both when they mean nothing any more, and not before.
    expect(scene.turns.expiryOf(challengeKey)).toBe(startMs + 10 * minuteMs);
    expect(scene.turns.expiryOf(limitKey)).toBe(startMs + hourMs);
    scene.clock.move(minuteMs);
    await scene.check();
    expect(scene.turns.expiryOf(challengeKey)).toBe(startMs + 10 * minuteMs);
  });

  it('still ends well a moment before the ten minutes are over', async () => {
    const scene = aScene();
    await scene.play(await scene.tokenOf(), 'holder');
    scene.clock.move(10 * minuteMs - 1);
    expect(await scene.check()).toEqual({ status: 'holder' });
  });

  it('is over when it is forgotten, and once it has run out even if the clock is set back then', async () => {
    const scene = aScene();
    await scene.play(await scene.tokenOf(), 'holder');
    await scene.turns.run((tx) => scene.verification.forget(tx, me));
    expect(await scene.check()).toEqual({ status: 'noChallenge' });
    await scene.play(await scene.tokenOf(), 'holder');
    scene.clock.move(10 * minuteMs);
    expect(await scene.check()).toEqual({ status: 'expired' });
    scene.clock.setBack(minuteMs);
    expect(await scene.check()).toEqual({ status: 'noChallenge' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['another line', { lineId: otherLine }],
    ['an end that has come', { expiresAtMs: startMs }],
    ['a field too many', { more: true }],
    ['no checks left but fewer', { checksLeft: -1 }],
  ])('has no challenge for its link when the record says %s', async (_, change) => {
    const scene = aScene();
    const token = await scene.tokenOf();
    const { challenge } = (await scene.open(token)) ?? {};
    if (challenge === undefined) throw new Error('the link does not open');
    const value = JSON.parse(JSON.stringify({ ...challenge, ...change }));
    const opened = await scene.verification.open('start', token, async () => ({ value }));
    expect(opened).toEqual({ link: expect.objectContaining({ lineId: line }), challenge: undefined });
  });

  it('asks about its own verification alone, whatever else was verified', async () => {
    const scene = aScene();
    const first = await scene.tokenOf();
    await scene.play(first, 'holder');
    await scene.tokenOf();
    expect(await scene.check()).toEqual({ status: 'pending' });
    expect((await scene.open(first))?.challenge).toBeUndefined();
  });

  it('belongs to one channel, conversation, user and line', async () => {
    const scene = aScene();
    await scene.play(await scene.tokenOf(), 'holder');
    const strangers = [{ channelId: 'kakao' }, { conversationId: 'conversation-2' }, { userId: 'dl_user-2' }];
    for (const stranger of strangers)
      expect(await scene.check(aBinding(stranger))).toEqual({ status: 'noChallenge' });
    expect(await scene.check(me, otherLine)).toEqual({ status: 'noChallenge' });
    expect(await scene.check()).toEqual({ status: 'holder' });
  });

  it('is over after ten minutes, and when the clock goes back', async () => {
    const late = aScene();
    const token = await late.tokenOf();
    await late.play(token, 'holder');
    late.clock.move(10 * minuteMs);
    expect(await late.open(token)).toBeUndefined();
    expect(await late.check()).toEqual({ status: 'expired' });

    const early = aScene();
    await early.play(await early.tokenOf(), 'holder');
    early.clock.move(-1);
    expect(await early.check()).toEqual({ status: 'expired' });
    expect(late.asked.length + early.asked.length).toBe(0);
  });

  it('asks the agency a bounded number of times', async () => {
    const scene = aScene();
    await scene.tokenOf();
    for (let times = 0; times < agencyPolicy.checksPerChallenge; times += 1)
      expect(await scene.check()).toEqual({ status: 'pending' });
    expect(await scene.check()).toEqual({ status: 'expired' });
    expect(scene.asked).toHaveLength(agencyPolicy.checksPerChallenge);
  });

  it('stays open when the agency does not answer, and opens nothing', async () => {
    let down = true;
    const scene = aScene({
      result: async () => {
        if (down) throw new IdentityAgencyUnavailableError('down');
        const ci = demoCi(ledger.customers[0]?.holder ?? '');
        return { status: 'verified', person: new AgencyPerson({ ci, birthDate: '1958-03-01' }) };
      },
    });
    await scene.tokenOf();
    expect(await scene.check()).toEqual({ status: 'unavailable' });
    down = false;
    expect(await scene.check()).toEqual({ status: 'holder' });
  });

  it('passes on an error that nobody foresaw', async () => {
    const scene = aScene({ result: () => Promise.reject(new RangeError('unforeseen')) });
    await scene.tokenOf();
    await expect(scene.check()).rejects.toBeInstanceOf(RangeError);
  });

  it('starts five times an hour for a line, from whatever conversation', async () => {
    const scene = aScene();
    for (let times = 0; times < 5; times += 1) {
      expect((await scene.start(aBinding({ conversationId: `c${times}` }))).status).toBe('started');
      scene.clock.move(minuteMs);
    }
    const limited = await scene.start();
    expect(limited).toEqual({ status: 'limited', retryAtMs: scene.clock.now() + hourMs - 5 * minuteMs });
    // What a refused request writes down lasts as long as what it refuses for.
    expect(scene.turns.expiryOf(`limit/agency/${line}`)).toBe(scene.clock.now() + hourMs);
    expect((await scene.start(me, otherLine)).status).toBe('started');
    scene.clock.move(hourMs - 5 * minuteMs);
    expect((await scene.start()).status).toBe('started');
  });

  it('starts again after an hour when the clock had been a year ahead', async () => {
    const scene = aScene();
    const year = 365 * 24 * hourMs;
    scene.clock.move(year);
    for (let times = 0; times < 5; times += 1) await scene.start();
    scene.clock.move(-year);
    expect(await scene.start()).toEqual({ status: 'limited', retryAtMs: scene.clock.now() + hourMs });
    scene.clock.move(hourMs);
    expect((await scene.start()).status).toBe('started');
  });

  it('settles nothing while the line system cannot say who the holder is', async () => {
    let down = true;
    const scene = aScene({
      holderDigestOf: async (known) => {
        if (down) throw new LineSystemUnavailableError('down');
        return known();
      },
    });
    await scene.play(await scene.tokenOf(), 'holder');
    expect(await scene.check()).toEqual({ status: 'unavailable' });
    down = false;
    expect(await scene.check()).toEqual({ status: 'holder' });
  });

  it('writes nothing down that says who it is', async () => {
    const scene = aScene();
    await scene.play(await scene.tokenOf(), 'somebodyElse');
    await scene.check();
    await scene.tokenOf();
    expect(scene.turns.dump()).not.toMatch(/demo:|person-|1958/);
  });

  it('counts a line without a known holder as somebody else’s', async () => {
    const scene = aScene({ holderDigestOf: async () => undefined });
    await scene.play(await scene.tokenOf(), 'holder');
    expect(await scene.check()).toEqual({ status: 'otherPerson' });
  });
});

describe('the link to the start page', () => {
  it('says neither who nor where to whoever reads it', async () => {
    const scene = aScene();
    const token = await scene.tokenOf(aBinding({ userId: 'user-01012345678' }));
    const readable = token
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
      .join('|');
    for (const secret of ['user-', 'conversation-1', line]) expect(readable).not.toContain(secret);
  });

  it('is not taken for a forged one when our own clock fails', async () => {
    const token = await aScene().tokenOf();
    const broken = new AgencyTokens(Buffer.alloc(32, 1), { now: () => Number.NaN });
    await expect(broken.read('start', token)).rejects.toThrow();
    const failing = new AgencyTokens(Buffer.alloc(32, 1), {
      now: () => {
        throw new RangeError('no time');
      },
    });
    await expect(failing.read('start', token)).rejects.toThrow('no time');
  });

  it('opens what it was made for, and only as the kind it is', async () => {
    const scene = aScene();
    const token = await scene.tokenOf();
    const opened = await scene.open(token);
    expect(opened?.link).toMatchObject({ ...me, lineId: line, language: 'ko' });
    expect(opened?.challenge?.lineId).toBe(line);
    expect(await scene.open(token, 'return')).toBeUndefined();
    if (opened?.challenge === undefined) throw new Error('it does not open');
    const { start, returnToken, returnUrl } = await scene.verification.begin(opened.link, opened.challenge);
    expect(start).toEqual({ kind: 'demo' });
    const { verificationId } = opened.challenge;
    expect(scene.begun).toEqual([{ verificationId, returnUrl }]);
    expect(returnUrl).toBe(`https://bill.example.kr/identity/return?t=${returnToken}`);
    expect((await scene.open(returnToken, 'return'))?.challenge).toEqual(opened.challenge);
  });

  it('is refused when forged, cut, of another server or endless', async () => {
    const scene = aScene();
    const token = await scene.tokenOf();
    const middle = Math.floor(token.length / 2);
    const flipped = token[middle] === 'A' ? 'B' : 'A';
    const foreign = new AgencyTokens(Buffer.alloc(32, 2), scene.clock);
    const link = { ...me, kind: 'start', nonce: 'x', lineId: line, language: 'ko' } as const;
    const forged = [
      '',
      'x',
      '..'.repeat(3),
      `${token.slice(0, middle)}${flipped}${token.slice(middle + 1)}`,
      token.slice(0, -2),
      token.replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString('base64url')),
      await foreign.issue(link, scene.clock.now() + minuteMs),
      'x'.repeat(1_000_000),
    ];
    for (const wrong of forged) expect(await scene.open(wrong)).toBeUndefined();
    expect((await scene.open(token))?.challenge).toBeDefined();
  });
});
