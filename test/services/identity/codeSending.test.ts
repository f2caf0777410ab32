import type { JsonValue } from '../../../services/turn/turnStore';
import { aBinding, hourMs, IdentityDesk, lineIdOf, minuteMs } from './identityDesk';

const phone = '01012345678';
const me = aBinding();

describe('sending a one-time code', () => {
  it('tells when the next code can be sent, and a refused request costs nothing', async () => {
    const desk = new IdentityDesk();
    const first = desk.clock.now();
    expect(await desk.send(me, phone)).toMatchObject({ status: 'sent', sendsLeft: 2 });
    expect(await desk.resend(me)).toMatchObject({ status: 'sent', sendsLeft: 1 });
    expect(await desk.resend(me)).toMatchObject({ status: 'sent', sendsLeft: 0 });
    for (let hour = 0; hour < 24; hour += 1) {
      expect(await desk.send(me, phone)).toEqual({
        status: 'limited',
        retryAtMs: first + 24 * hourMs + 3 * minuteMs,
      });
      desk.clock.move(hourMs);
    }
    desk.clock.move(3 * minuteMs);
    expect(await desk.send(me, phone)).toMatchObject({ status: 'sent', sendsLeft: 2 });
  });

  it('forgives what was asked for in a conversation that then proves the line, and nothing else', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    await desk.check(me, 'abcdef');
    expect(await desk.resend(me)).toMatchObject({ sendsLeft: 1 });
    expect((await desk.check(me, await desk.lastCode())).status).toBe('verified');
    expect(await desk.send(me, phone)).toMatchObject({ status: 'sent', sendsLeft: 2 });
    await desk.send(aBinding({ conversationId: 'stranger' }), phone);
    expect((await desk.resend(me)).status).toBe('sent');
    expect((await desk.check(me, await desk.lastCode())).status).toBe('verified');
    expect(await desk.send(me, phone)).toMatchObject({ status: 'sent', sendsLeft: 1 });
  });

  it('lets one conversation try three different numbers an hour, known or not', async () => {
    const desk = new IdentityDesk();
    const first = desk.clock.now();
    for (const last of [1, 2, 3]) {
      if (last === 2) desk.lines.unknown.add('01000000002');
      expect(await desk.send(me, `0100000000${last}`)).toMatchObject({ status: 'sent' });
    }
    expect(await desk.send(me, '01000000004')).toEqual({ status: 'limited', retryAtMs: first + hourMs });
    expect(await desk.send(aBinding({ conversationId: 'another' }), '01000000004')).toMatchObject({
      status: 'sent',
    });
    desk.clock.move(minuteMs);
    expect(await desk.send(me, '01000000003')).toMatchObject({ status: 'sent' });
    desk.clock.move(hourMs - minuteMs);
    expect(await desk.send(me, '01000000005')).toMatchObject({ status: 'sent' });
  });

  it('counts a line that nobody has like a number that nobody has', async () => {
    const desk = new IdentityDesk();
    const send = () => desk.turns.run((tx) => desk.service.sendCodeToLine(tx, me, 'line--', 'ko'));
    for (const sendsLeft of [2, 1, 0]) expect(await send()).toMatchObject({ status: 'sent', sendsLeft });
    expect(await send()).toMatchObject({ status: 'limited' });
    expect(await desk.messages()).toEqual([]);
  });

  it('tells the later time when two limits are reached, and says nothing of a line it has not', async () => {
    const desk = new IdentityDesk({ policy: { sendsPerAddress: 3 } });
    const first = desk.clock.now();
    for (let n = 0; n < 3; n += 1) await desk.send(me, phone, '203.0.113.7');
    const retryAtMs = first + 24 * hourMs + 3 * minuteMs;
    expect(await desk.send(me, phone, '203.0.113.7')).toEqual({ status: 'limited', retryAtMs });
    expect(await desk.service.maskedNumberOf('line--')).toBeUndefined();
  });

  it('ends a limit after its own window when the clock had been a year ahead', async () => {
    const desk = new IdentityDesk();
    const year = 365 * 24 * hourMs;
    for (const last of [1, 2, 3]) await desk.send(me, `0100000000${last}`, '203.0.113.7');
    desk.clock.move(year);
    for (let n = 0; n < 3; n += 1) await desk.send(me, phone, '203.0.113.7');
    for (const last of [1, 2]) await desk.send(me, `0100000000${last}`, '203.0.113.7');
    desk.clock.setBack(year);
    const now = desk.clock.now();
    const window = 24 * hourMs + 3 * minuteMs;
    expect(await desk.send(me, phone)).toEqual({ status: 'limited', retryAtMs: now + window });
    expect(await desk.send(me, '01000000004')).toEqual({ status: 'limited', retryAtMs: now + hourMs });
    desk.clock.move(window - 1);
    expect((await desk.send(me, phone)).status).toBe('limited');
    desk.clock.move(1);
    expect((await desk.send(me, phone)).status).toBe('sent');
  });

  it('goes back to short codes when wrong ones were counted under a clock that was ahead', async () => {
    const desk = new IdentityDesk({ policy: { fleetFailures: 2, sendsPerLine: 100 } });
    desk.clock.move(30 * 24 * hourMs);
    for (let n = 0; n < 2; n += 1) {
      await desk.send(me, phone);
      await desk.check(me, 'abcdef');
    }
    desk.clock.setBack(30 * 24 * hourMs);
    expect(await desk.send(me, phone)).toMatchObject({ codeLength: 8 });
    await desk.check(me, 'abcdef');
    expect(desk.evaluatedFailures()).toBe(3);
    desk.clock.move(11 * minuteMs);
    expect(await desk.send(me, phone)).toMatchObject({ codeLength: 6 });
  });

  it('does not free a limit when the clock is set back', async () => {
    const desk = new IdentityDesk();
    for (let n = 0; n < 3; n += 1) await desk.send(me, phone);
    desk.clock.move(-48 * hourMs);
    expect(await desk.send(me, phone)).toMatchObject({ status: 'limited' });
  });

  it.each([
    ['unknown', (desk: IdentityDesk) => void desk.lines.unknown.add(phone)],
    ['suspended', (desk: IdentityDesk) => void desk.lines.changed.set(phone, { status: 'suspended' })],
    [
      'with a SIM changed one hour ago (T13)',
      (desk: IdentityDesk) =>
        void desk.lines.changed.set(phone, { simChangedAtMs: desk.clock.now() - hourMs }),
    ],
    [
      'with a SIM changed in the future, by its clock',
      (desk: IdentityDesk) =>
        void desk.lines.changed.set(phone, { simChangedAtMs: desk.clock.now() + hourMs }),
    ],
  ])(
    'treats a line that is %s like any other, except that nothing is sent and no code opens it',
    async (_, arrange) => {
      const good = new IdentityDesk();
      const bad = new IdentityDesk();
      arrange(bad);
      const story = async (desk: IdentityDesk) => {
        const results = [await desk.send(me, phone), await desk.resend(me), await desk.check(me, 'abcdef')];
        desk.clock.move(minuteMs);
        results.push(await desk.resend(me), await desk.check(me, 'abcdef'), await desk.check(me, 'abcdef'));
        results.push(await desk.check(me, 'abcdef'));
        return results;
      };
      expect(await story(bad)).toEqual(await story(good));
      expect(bad.turns.keys()).toEqual(good.turns.keys());
      const shape = (desk: IdentityDesk) =>
        desk.turns.dump().replaceAll(/(line(?:Id)?\\?":)(null|\\?"(?:line-\w+)? *\\?")/g, '$1?');
      expect(shape(bad)).toBe(shape(good));
      const lengths = (desk: IdentityDesk) => [...desk.turns.bytesWritten()];
      expect(lengths(bad)).toEqual(lengths(good));
      expect(bad.lines.asked).toEqual(good.lines.asked);

      expect(await good.messages()).toHaveLength(3);
      expect(await bad.messages()).toEqual([]);
    },
  );

  it('makes no message of a late, foreign or damaged outbox entry', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    const payload = desk.entries()[0]?.payload;
    const oddities: JsonValue[] = [null, 'x', 5, [], {}, { lineId: lineIdOf(phone) }];
    for (const odd of oddities) {
      expect(await desk.service.smsOf(odd)).toBeUndefined();
    }
    expect(await desk.service.smsOf(payload ?? null)).toBeDefined();
    desk.clock.move(3 * minuteMs);
    expect(await desk.service.smsOf(payload ?? null)).toBeUndefined();
  });

  it('forgets after half an hour what "send it again" would mean', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    desk.clock.move(30 * minuteMs);
    expect(await desk.resend(me)).toMatchObject({ status: 'sent' });
    desk.clock.move(30 * minuteMs + 1);
    expect(await desk.resend(me)).toEqual({ status: 'noChallenge' });
    expect(await new IdentityDesk().resend(me)).toEqual({ status: 'noChallenge' });
  });

  it('takes a damaged session or challenge for none, and a damaged limit for a failure', async () => {
    const desk = new IdentityDesk();
    await desk.verify(me, phone);
    desk.clock.move(minuteMs);
    await desk.send(me, phone);
    for (const key of desk.turns.keys()) desk.turns.overwrite(key, { acr: 'acr2', lineId: 'x' });
    expect(await desk.proof(me)).toBeUndefined();
    expect(await desk.check(me, '000000')).toEqual({ status: 'noChallenge' });
    await expect(desk.send(me, phone)).rejects.toMatchObject({ code: 'StoreUnavailable' });
  });
});
