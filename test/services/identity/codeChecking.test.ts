import { aBinding, hourMs, IdentityDesk, lineIdOf, minuteMs, wrongCode } from './identityDesk';

const phone = '01012345678';
const me = aBinding();

describe('checking a one-time code', () => {
  it('sends a six-digit code to the line and verifies who types it', async () => {
    const desk = new IdentityDesk();
    expect(await desk.send(me, phone)).toEqual({
      status: 'sent',
      expiresAtMs: desk.clock.now() + 3 * minuteMs,
      sendsLeft: 2,
      codeLength: 6,
    });
    const [message] = await desk.messages();
    expect(message).toMatchObject({
      phoneNumber: phone,
      language: 'ko',
      code: expect.stringMatching(/^\d{6}$/),
    });

    const result = await desk.check(me, message?.code ?? '');
    expect(result).toMatchObject({
      status: 'verified',
      proof: { facts: { lineId: lineIdOf(phone), acr: 'acr1' } },
    });
    expect((await desk.proof(me))?.facts.lineId).toBe(lineIdOf(phone));
  });

  it('keeps neither the code nor the number anywhere', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    await desk.check(me, wrongCode(code));
    await desk.check(me, code);
    const stored = desk.turns.dump();
    expect(stored).toContain('session');
    expect(stored).not.toContain(code);
    expect(stored).not.toContain(phone);
    expect(stored).not.toContain(phone.slice(1));
  });

  it('counts three tries and never looks at a fourth, though it be right (T1)', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    expect(await desk.check(me, wrongCode(code))).toEqual({ status: 'wrong', triesLeft: 2 });
    expect(await desk.check(me, wrongCode(code))).toEqual({ status: 'wrong', triesLeft: 1 });
    expect(await desk.check(me, wrongCode(code))).toEqual({ status: 'exhausted' });
    expect(await desk.check(me, code)).toEqual({ status: 'exhausted' });
    expect(desk.evaluatedFailures()).toBe(3);
  });

  it('gives a guesser with all sends and tries no more than nine in a code space (T1)', async () => {
    // Two digits instead of six make hits frequent enough to count; guesses are fixed, codes are not.
    const policy = { codeDigits: 2, fleetFailures: Number.MAX_SAFE_INTEGER };
    const days = 2_000;
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
      desk.clock.move(24 * hourMs);
    }
    const chance = 1 - 0.97 ** 3;
    const sigma = Math.sqrt(days * chance * (1 - chance));
    expect(Math.abs(hits - days * chance)).toBeLessThanOrEqual(3 * sigma);
  });

  it('evaluates at most three of 500 wrong codes that arrive at once (T2)', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const wrong = wrongCode(await desk.lastCode());
    const results = await Promise.all(Array.from({ length: 500 }, () => desk.check(me, wrong)));
    expect(results.filter(({ status }) => status === 'wrong')).toHaveLength(2);
    expect(results.filter(({ status }) => status === 'exhausted')).toHaveLength(498);
    expect(desk.evaluatedFailures()).toBe(3);
    expect(desk.turns.conflicts).toBeGreaterThan(0);
  });

  it('lets one of 500 right codes that arrive at once succeed (T2, T27)', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    const results = await Promise.all(Array.from({ length: 500 }, () => desk.check(me, code)));
    expect(results.filter(({ status }) => status === 'verified')).toHaveLength(1);
    expect(results.filter(({ status }) => status === 'noChallenge')).toHaveLength(499);
  });

  it('counts a turn that runs ten times because of conflicts as one try and one send (T27)', async () => {
    const desk = new IdentityDesk();
    const nine = Array.from({ length: 9 });
    await desk.turns.run(async (tx) => {
      const result = await desk.service.sendCode(tx, me, phone, 'ko');
      if (desk.turns.conflicts < nine.length)
        desk.turns.overwrite(desk.turns.keys()[0] ?? 'limit/fleet', { minutes: [] });
      return result;
    });
    expect(desk.turns.conflicts).toBe(9);
    expect(desk.entries()).toHaveLength(1);
    await desk.turns.run(async (tx) => {
      const result = await desk.service.checkCode(tx, me, 'wrong');
      if (desk.turns.conflicts < 2 * nine.length) desk.turns.overwrite('limit/fleet', { minutes: [] });
      return result;
    });
    expect(desk.turns.conflicts).toBe(18);
    expect(await desk.check(me, 'wrong')).toEqual({ status: 'wrong', triesLeft: 1 });
  });

  it('accepts a code once (T3)', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    expect(await desk.check(me, await desk.lastCode())).toEqual({ status: 'noChallenge' });
    expect(await desk.resend(me)).toEqual({ status: 'noChallenge' });
  });

  it('accepts a code only in the channel, conversation and for the user and line it was made for (T4)', async () => {
    const bindings = [
      me,
      aBinding({ channelId: 'kakao' }),
      aBinding({ conversationId: 'conversation-2' }),
      aBinding({ userId: 'dl_user-2' }),
    ];
    const desk = new IdentityDesk({ policy: { triesPerChallenge: 10, sendsPerLine: 10 } });
    const codes: string[] = [];
    for (const [index, binding] of bindings.entries()) {
      await desk.send(binding, index === 0 ? phone : `0102222000${index}`);
      codes.push(await desk.lastCode());
    }
    for (const [index, binding] of bindings.entries()) {
      for (const code of codes.filter((_, other) => other !== index)) {
        expect((await desk.check(binding, code)).status).toBe('wrong');
      }
    }
    for (const [index, binding] of bindings.entries()) {
      expect((await desk.check(binding, codes[index] ?? '')).status).toBe('verified');
    }
  });

  it('makes the old code void when a new one is sent, to the same line or another (T5)', async () => {
    const desk = new IdentityDesk();
    for (let round = 0; round < 50; round += 1) {
      const binding = aBinding({ conversationId: `conversation-${round}` });
      const number = `010333300${String(round).padStart(2, '0')}`;
      await desk.send(binding, number);
      const old = await desk.lastCode();
      desk.clock.move(minuteMs);
      const again =
        round % 2 === 0 ? await desk.resend(binding) : await desk.send(binding, `0104444${number.slice(-4)}`);
      expect(again).toMatchObject({ status: 'sent' });
      const fresh = await desk.lastCode();
      expect(fresh).not.toBe(old);
      expect((await desk.check(binding, old)).status).toBe('wrong');
      expect((await desk.check(binding, fresh)).status).toBe('verified');
    }
  });

  it.each([
    ['one ms before three minutes', 'verified', 3 * minuteMs - 1],
    ['after three minutes', 'expired', 3 * minuteMs],
    ['when the clock jumps an hour ahead', 'expired', hourMs],
    ['when the clock jumps an hour back', 'expired', -hourMs],
    ['when the clock goes back by one ms', 'expired', -1],
  ])('%s the right code is %s (T6)', async (_, status, byMs) => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    desk.clock.move(byMs);
    expect((await desk.check(me, code)).status).toBe(status);
  });

  it('does not give a code more time when the clock is set back after a try (T6)', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    desk.clock.move(2 * minuteMs);
    await desk.check(me, wrongCode(code));
    desk.clock.move(-minuteMs);
    expect(await desk.check(me, code)).toEqual({ status: 'expired' });
  });
});
