import { TestAssistant, words } from '../assistant';
import { aBinding, hourMs, IdentityDesk, minuteMs, wrongCode } from '../services/identity/identityDesk';

const phone = '01012345678';
const me = aBinding();
const question = '내 미납요금이 얼마예요?';

describe('a code', () => {
  it('T27 counts a turn that runs ten times because of conflicts as one try and one send', async () => {
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

  it('T3 accepts a code once', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    expect(await desk.check(me, await desk.lastCode())).toEqual({ status: 'noChallenge' });
    expect(await desk.resend(me)).toEqual({ status: 'noChallenge' });
  });

  it('T4 accepts a code only in the channel, conversation and for the user and line it was made for', async () => {
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

  it('T5 makes the old code void when a new one is sent, to the same line or another', async () => {
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
  ])('T6 %s the right code is %s', async (_, status, byMs) => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    desk.clock.move(byMs);
    expect((await desk.check(me, code)).status).toBe(status);
  });

  it('T6 does not give a code more time when the clock is set back after a try', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    desk.clock.move(2 * minuteMs);
    await desk.check(me, wrongCode(code));
    desk.clock.move(-minuteMs);
    expect(await desk.check(me, code)).toEqual({ status: 'expired' });
  });

  it('T6 is not given more time by a clock that was set back while nobody tried it', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const code = await desk.lastCode();
    // Four minutes pass; the wall clock shows one.
    desk.clock.move(4 * minuteMs);
    desk.clock.setBack(3 * minuteMs);
    expect(await desk.check(me, code)).toEqual({ status: 'expired' });
  });

  it('T6 opens no session that a clock set back makes last', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(11 * minuteMs);
    desk.clock.setBack(10 * minuteMs);
    expect(await desk.proof(me)).toBeUndefined();
  });

  it.each([-60, -30, -3, 3, 30, 60])(
    'T6 older than three minutes is refused, and a fresh one is not taken for older, %i minutes off the true time',
    async (skewMinutes) => {
      const desk = new IdentityDesk();
      desk.clock.setBack(-skewMinutes * minuteMs);
      await desk.send(me, phone);
      desk.clock.move(3 * minuteMs - 1);
      expect((await desk.check(me, await desk.lastCode())).status).toBe('verified');
      desk.clock.move(minuteMs);
      await desk.send(me, phone);
      const late = await desk.lastCode();
      desk.clock.move(3 * minuteMs);
      expect((await desk.check(me, late)).status).toBe('expired');
    },
  );

  it('T27 confirmed in ten copies of one message is compared once and answered alike', async () => {
    const test = new TestAssistant();
    const customer = test.customer();
    await customer.say(question);
    await customer.say('010-0000-1001');
    const text = await test.codeSentTo('01000001001');
    const copies = Array.from({ length: 10 }, () =>
      customer.send({ type: 'message', text, channelData: { clientActivityID: 'confirm-1' } }),
    );
    const answers = await Promise.all(copies);
    expect(words(answers[0] ?? []).join()).toContain('77,300원');
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    await test.stop();
  });
});

describe('a code that was used', () => {
  it('T3 is of no use again, in words or on a card, to its customer or anybody else', async () => {
    const test = new TestAssistant();
    const customer = test.customer();
    await customer.verify('01000001001');
    const code = await test.codeSentTo('01000001001');
    const signOut = await customer.say('로그아웃');
    expect(signOut.join()).toContain('로그아웃');
    const later = [await customer.say(code), await customer.say(question), await customer.say(code)];
    later.push(await customer.press({ action: 'stepUp.code', code }));
    const stranger = test.customer();
    later.push(await stranger.say(question), await stranger.say(code));
    expect(later.flat().join()).not.toMatch(/77,300|35,000|42,300|1001/);
    await test.stop();
  });

  it('T3 stays used when the process dies between the check and the answer', async () => {
    const first = new TestAssistant();
    const customer = first.customer();
    await customer.say(question);
    await customer.say('010-0000-1001');
    const code = await first.codeSentTo('01000001001');
    const commit = first.store.commit.bind(first.store);
    let died: () => void = () => undefined;
    const dead = new Promise<void>((resolve) => {
      died = resolve;
    });
    first.store.commit = async (turn) => {
      await commit(turn);
      died();
      return new Promise(() => undefined);
    };
    void customer.say(code);
    await dead;
    first.store.commit = commit;

    const second = new TestAssistant({ store: first.store, nowMs: first.nowMs });
    await second.assistant.start();
    const again = second.customer({ conversationId: customer.conversationId });
    await again.say('로그아웃');
    await again.say(question);
    expect((await again.say(code)).join()).not.toMatch(/77,300|35,000/);
    await second.stop();
  });
});
