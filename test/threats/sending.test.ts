import { suggestions, TestAssistant, words } from '../assistant';
import { aBinding, hourMs, IdentityDesk, minuteMs, secondMs } from '../services/identity/identityDesk';

const phone = '01012345678';
const me = aBinding();
const question = '내 미납요금이 얼마예요?';

describe('sending codes', () => {
  it('T8 sends nothing to 5,000 foreign, premium, fixed and unknown numbers', async () => {
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

  it('T9 sends at most three messages to one line for 1,000 requests in 1,000 conversations', async () => {
    const desk = new IdentityDesk();
    const statuses = [];
    for (let index = 0; index < 1_000; index += 1) {
      statuses.push((await desk.send(aBinding({ conversationId: `flood-${index}` }), phone)).status);
      desk.clock.move(86 * secondMs);
    }
    expect(statuses.filter((status) => status === 'sent')).toHaveLength(3);
    expect(desk.entries()).toHaveLength(3);
  });

  it('T9 sends three messages for 1,000 requests that arrive at once', async () => {
    const desk = new IdentityDesk();
    await Promise.all(
      Array.from({ length: 1_000 }, (_, index) =>
        desk.send(aBinding({ conversationId: `flood-${index}` }), phone),
      ),
    );
    expect(await desk.messages()).toHaveLength(3);
  });

  it('T13 does not accept even the right code once the SIM has changed or the line is suspended', async () => {
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

  it('T13 trusts a SIM again after 72 hours', async () => {
    const desk = new IdentityDesk();
    desk.lines.changed.set(phone, { simChangedAtMs: desk.clock.now() - 72 * hourMs + 1 });
    await desk.send(me, phone);
    expect(await desk.messages()).toEqual([]);
    desk.clock.move(minuteMs);
    await desk.send(me, phone);
    expect(await desk.messages()).toHaveLength(1);
  });

  it('T9 counts over a restart, by line, conversation and address', async () => {
    const first = new IdentityDesk();
    for (let n = 0; n < 3; n += 1) await first.send(me, phone, '203.0.113.9');
    const restarted = first.restarted();
    expect(await restarted.send(aBinding({ conversationId: 'other' }), phone)).toMatchObject({
      status: 'limited',
    });
  });

  it('T8 T9 stops an address that asks for many numbers and proves none, and no other address', async () => {
    const desk = new IdentityDesk();
    const ask = (n: number, address: string) =>
      desk.send(aBinding({ conversationId: `pump-${n}` }), `0106666${String(n).padStart(4, '0')}`, address);
    const statuses = [];
    for (let n = 0; n < 100; n += 1) statuses.push((await ask(n, '203.0.113.9')).status);
    expect(statuses.filter((status) => status === 'sent')).toHaveLength(30);
    expect((await ask(200, '2001:db8:1:2::/64')).status).toBe('sent');
    expect((await desk.send(me, phone)).status).toBe('sent');
    expect(
      await desk.restarted().send(aBinding({ conversationId: 'x' }), '01067770000', '203.0.113.9'),
    ).toEqual({
      status: 'limited',
      retryAtMs: desk.clock.now() + hourMs,
    });
    expect(desk.turns.dump()).not.toMatch(/203\.0\.113|2001:db8/);
    desk.clock.move(hourMs);
    expect((await ask(300, '203.0.113.9')).status).toBe('sent');
  });

  it('T9 lets any number of customers behind one address prove their lines', async () => {
    const desk = new IdentityDesk();
    for (let n = 0; n < 100; n += 1) {
      const binding = aBinding({ conversationId: `family-${n}` });
      const sent = await desk.send(binding, `0108888${String(n).padStart(4, '0')}`, '203.0.113.9');
      expect(sent.status).toBe('sent');
      expect((await desk.check(binding, await desk.lastCode())).status).toBe('verified');
    }
  });

  it('T10 leaves the owner of a line that a stranger used up the ways without a code', async () => {
    const test = new TestAssistant();
    const stranger = test.customer({ userId: 'dl_stranger' });
    await stranger.say(question);
    await stranger.say('010-0000-1001');
    await stranger.say('다시 받기');
    await stranger.say('다시 받기');
    const owner = test.customer({ userId: 'dl_owner' });
    await owner.say(question);
    const limited = await owner.send({ type: 'message', text: '010-0000-1001' });
    expect(words(limited).join()).toMatch(/신분증.*매장.*홈페이지에 로그인.*상담원/);
    expect(suggestions(limited)).toEqual(expect.arrayContaining(['상담원과 이야기', '매장에서 보기']));
    expect((await owner.say('상담원과 이야기하고 싶어요')).join()).toContain('1588-0010');
    await test.stop();
  });
});
