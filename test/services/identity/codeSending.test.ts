import type { JsonValue } from '../../../services/turn/turnStore';
import { aBinding, hourMs, IdentityDesk, lineIdOf, minuteMs, secondMs } from './identityDesk';

const phone = '01012345678';
const me = aBinding();

describe('sending a one-time code', () => {
  it('stops looking at six digits before 200 wrong ones over all lines, and goes on with eight (T7)', async () => {
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

  it('sends nothing to 5,000 foreign, premium, fixed and unknown numbers (T8)', async () => {
    const desk = new IdentityDesk();
    const prefixes = ['0111', '0601', '0212', '8210', '0082', '0101', '1588', '0703', '+821', '010１'];
    for (let index = 0; index < 5_000; index += 1) {
      const prefix = prefixes[index % prefixes.length] ?? '';
      const number = `${prefix}${String(index).padStart(7, '0')}`;
      desk.lines.unknown.add(number);
      // Half of the fixed and foreign ones are even on an account.
      if (prefix !== '0101' && index % 2 === 0) desk.lines.unknown.delete(number);
      const binding = aBinding({ conversationId: `pump-${index}` });
      expect(await desk.send(binding, number)).toMatchObject({ status: 'sent' });
    }
    expect(desk.entries()).toHaveLength(5_000);
    expect(await desk.messages()).toEqual([]);
  }, 60_000);

  it('sends at most three messages to one line for 1,000 requests in 1,000 conversations (T9)', async () => {
    const desk = new IdentityDesk();
    const statuses = [];
    for (let index = 0; index < 1_000; index += 1) {
      statuses.push((await desk.send(aBinding({ conversationId: `flood-${index}` }), phone)).status);
      desk.clock.move(86 * secondMs);
    }
    expect(statuses.filter((status) => status === 'sent')).toHaveLength(3);
    expect(desk.entries()).toHaveLength(3);
  });

  it('sends three messages for 1,000 requests that arrive at once (T9)', async () => {
    const desk = new IdentityDesk();
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        desk.send(aBinding({ conversationId: `flood-${index}` }), phone),
      ),
    );
    expect(await desk.messages()).toHaveLength(3);
  });

  it('tells when the next code can be sent, and a refused request costs nothing', async () => {
    const desk = new IdentityDesk();
    const first = desk.clock.now();
    expect(await desk.send(me, phone)).toMatchObject({ status: 'sent', sendsLeft: 2 });
    expect(await desk.resend(me)).toMatchObject({ status: 'sent', sendsLeft: 1 });
    expect(await desk.resend(me)).toMatchObject({ status: 'sent', sendsLeft: 0 });
    for (let hour = 0; hour < 24; hour += 1) {
      expect(await desk.send(me, phone)).toEqual({ status: 'limited', retryAtMs: first + 24 * hourMs });
      desk.clock.move(hourMs);
    }
    expect(await desk.send(me, phone)).toMatchObject({ status: 'sent', sendsLeft: 2 });
  });

  it('forgets the count when the owner proves the line, and only then', async () => {
    const desk = new IdentityDesk();
    await desk.send(me, phone);
    await desk.check(me, 'abcdef');
    expect(await desk.resend(me)).toMatchObject({ sendsLeft: 1 });
    expect((await desk.check(me, await desk.lastCode())).status).toBe('verified');
    expect(await desk.send(me, phone)).toMatchObject({ status: 'sent', sendsLeft: 2 });
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
        desk.turns.dump().replaceAll(/(lineId\\?":)(null|\\?"line-\w+\\?")/g, '$1?');
      expect(shape(bad)).toBe(shape(good));
      expect(bad.lines.asked).toEqual(good.lines.asked);

      expect(await good.messages()).toHaveLength(3);
      expect(await bad.messages()).toEqual([]);
    },
  );

  it('does not accept even the right code once the SIM has changed or the line is suspended (T13)', async () => {
    for (const change of [
      { status: 'suspended' as const },
      { simChangedAtMs: 0 },
      { lineId: 'line-of-somebody-else' },
    ]) {
      const desk = new IdentityDesk();
      await desk.send(me, phone);
      const code = await desk.lastCode();
      const simChangedAtMs = 'simChangedAtMs' in change ? { simChangedAtMs: desk.clock.now() } : {};
      desk.lines.changed.set(phone, { ...change, ...simChangedAtMs });
      expect(await desk.messages()).toEqual([]);
      expect(await desk.check(me, code)).toEqual({ status: 'wrong', triesLeft: 2 });
    }
  });

  it('trusts a SIM again after 72 hours (T13)', async () => {
    const desk = new IdentityDesk();
    desk.lines.changed.set(phone, { simChangedAtMs: desk.clock.now() - 72 * hourMs + 1 });
    await desk.send(me, phone);
    expect(await desk.messages()).toEqual([]);
    desk.clock.move(minuteMs);
    await desk.send(me, phone);
    expect(await desk.messages()).toHaveLength(1);
  });

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
