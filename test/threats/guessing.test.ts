import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { identityPolicy } from '../../services/identity/identityPolicy';
import { type CodeFacts, OneTimeCodes } from '../../services/identity/oneTimeCode';
import { systemRandomness } from '../../services/randomness';
import {
  aBinding,
  IdentityDesk,
  minuteMs,
  repeatableRandomness,
  wrongCode,
} from '../services/identity/identityDesk';
import { sized } from '../size';
import { type Attack, attackLine, guessesInAnyDay } from './lineAttack';

const phone = '01012345678';
const me = aBinding();
const codes = new OneTimeCodes(Buffer.alloc(32, 1));
const facts: CodeFacts = {
  nonce: 'AAAAAAAAAAAAAAAAAAAAAA',
  binding: me,
  target: 'line-1',
  purpose: 'acr1',
  digits: 6,
};

describe('guessing a code', () => {
  it('T1 counts three tries and never looks at a fourth, though it be right', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    expect(await desk.check(me, wrongCode(code))).toEqual({ status: 'wrong', triesLeft: 2 });
    expect(await desk.check(me, wrongCode(code))).toEqual({ status: 'wrong', triesLeft: 1 });
    expect(await desk.check(me, wrongCode(code))).toEqual({ status: 'exhausted' });
    expect(await desk.check(me, code)).toEqual({ status: 'exhausted' });
    expect(desk.evaluatedFailures()).toBe(3);
  });

  it('T1 is by arithmetic no likelier than nine in a million a line and day', () => {
    const { triesPerChallenge, sendsPerLine, codeDigits, sendsPerLineWindowMs, codeLifetimeMs } =
      identityPolicy;
    const perCode = triesPerChallenge / 10 ** codeDigits;
    expect(1 - (1 - perCode) ** sendsPerLine).toBeLessThanOrEqual(9e-6);
    // No day holds the guesses at more codes than one window does.
    expect(sendsPerLineWindowMs - codeLifetimeMs).toBeGreaterThanOrEqual(24 * 60 * minuteMs);
  });

  it('T1 is not likelier for attackers who wait for the owner to succeed in between', async () => {
    const attackers = sized(1_000, 1_000_000);
    const seed = 20_261_122;
    let hits = 0;
    let guesses = 0;
    let ownerSuccesses = 0;
    const most: Attack[] = [];
    for (let start = 0; start < attackers; start += 500) {
      const desk = new IdentityDesk({
        seed: `attack ${seed + start}`,
        policy: { fleetFailures: Number.MAX_SAFE_INTEGER },
      });
      for (let index = start; index < Math.min(start + 500, attackers); index += 1) {
        const attack = await attackLine(desk, index, seed + index);
        hits += attack.hits;
        guesses += attack.guessedAtMs.length;
        ownerSuccesses += attack.ownerSuccesses;
        if (guessesInAnyDay(attack) > 9) most.push(attack);
      }
    }
    const expected = attackers * 9e-6;
    console.info(`${attackers} attackers: ${guesses} guesses, ${hits} hits, ${ownerSuccesses} of the owners`);
    expect({ seed, most }).toEqual({ seed, most: [] });
    expect(hits).toBeLessThanOrEqual(expected + 3 * Math.sqrt(expected));
    expect(guesses).toBeGreaterThan(attackers * 5);
    expect(ownerSuccesses).toBeGreaterThan(attackers);
  }, 3_600_000);

  it('T1 gives a guesser with all sends and tries no more than nine in a code space', async () => {
    // Two digits instead of six make hits frequent enough to count; guesses are fixed, codes are not.
    const policy = { codeDigits: 2, fleetFailures: Number.MAX_SAFE_INTEGER };
    const days = sized(500, 20_000);
    let hits = 0;
    const desk = new IdentityDesk({ policy });
    for (let day = 0; day < days; day += 1) {
      let status = '';
      for (let send = 0; send < 5; send += 1) {
        await desk.send(me, phone);
        for (const guess of ['11', '22', '33', '44', '55']) {
          if (status !== 'verified') status = (await desk.check(me, guess)).status;
        }
        desk.clock.move(minuteMs);
      }
      if (status === 'verified') hits += 1;
      desk.clock.move(25 * 60 * minuteMs);
    }
    const chance = 1 - 0.97 ** 3;
    const sigma = Math.sqrt(days * chance * (1 - chance));
    expect(Math.abs(hits - days * chance)).toBeLessThanOrEqual(3 * sigma);
  });

  it('T1 by three fixed guesses succeeds three times in a million challenges, give or take three sigma', () => {
    const randomness = repeatableRandomness('a million challenges');
    const nonce = () => randomness.bytes(16).toString('base64url');
    const guesses = new Set(['000000', '123456', '777777']);
    let hits = 0;
    const challenges = sized(200_000, 1_000_000);
    for (let challenge = 0; challenge < challenges; challenge += 1) {
      if (guesses.has(codes.codeOf({ ...facts, nonce: nonce() }))) hits += 1;
    }
    const expected = (3 * challenges) / 1_000_000;
    expect(hits).toBeLessThanOrEqual(expected + 3 * Math.sqrt(expected));
  }, 120_000);

  it('T7 stops looking at six digits before 200 wrong ones over all lines, and goes on with eight', async () => {
    const desk = new IdentityDesk();
    const bindings = Array.from({ length: 10_000 }, (_, line) =>
      aBinding({ conversationId: `spray-${line}` }),
    );
    for (const [line, binding] of bindings.entries())
      await desk.send(binding, `0107${String(line).padStart(7, '0')}`);
    const statuses = new Map<string, number>();
    for (const binding of bindings) {
      const { status } = await desk.check(binding, 'abcdef');
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(desk.evaluatedFailures()).toBe(150);
    expect(Object.fromEntries(statuses)).toEqual({ wrong: 150, expired: 9_850 });

    expect(await desk.send(me, phone)).toMatchObject({ status: 'sent', codeLength: 8 });
    const code = await desk.lastCode();
    expect(code).toMatch(/^\d{8}$/);
    expect((await desk.check(me, code)).status).toBe('verified');

    desk.clock.move(12 * minuteMs);
    expect(await desk.send(aBinding({ userId: 'later' }), '01099998888')).toMatchObject({ codeLength: 6 });
  }, 60_000);

  it('T24 meets every code equally often, drawn by the CSPRNG', () => {
    const drawn = sized(100_000, 1_000_000);
    const bins = new Array<number>(1_000).fill(0);
    for (let n = 0; n < drawn; n += 1) {
      const nonce = systemRandomness.bytes(16).toString('base64url');
      const bin = Number(codes.codeOf({ ...facts, nonce })) % 1_000;
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    const expected = drawn / 1_000;
    const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 999 degrees of freedom; beyond 1,250 lies p = 1e-7.
    expect(chiSquare).toBeLessThan(1_250);
  }, 120_000);

  it('T24 finds no weak source of randomness anywhere near', () => {
    const folder = path.resolve(__dirname, '../../services/identity');
    for (const name of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      expect([name, /Math\.random|pseudoRandomBytes/.test(text)]).toEqual([name, false]);
    }
  });

  it('T25 learns nothing from the time of a comparison', () => {
    const crypto = jest.requireActual<typeof import('node:crypto')>('node:crypto');
    const compare = jest.spyOn(crypto, 'timingSafeEqual');
    const right = codes.codeOf(facts);
    const typed = [right, wrongCode(right), `${right.slice(0, 5)}x`, '', '9'.repeat(10_000)];
    for (const text of typed) codes.matches(facts, text);
    expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual(
      typed.map(() => [32, 32]),
    );
    compare.mockRestore();
    const micros = typed.slice(0, 3).map((text) => {
      const began = process.hrtime.bigint();
      for (let n = 0; n < 2_000; n += 1) codes.matches(facts, text);
      return Number(process.hrtime.bigint() - began) / 2_000 / 1_000;
    });
    console.info(
      `µs a comparison: right, all but one digit right, wrong: ${micros.map((us) => us.toFixed(1))}`,
    );
  });
});
