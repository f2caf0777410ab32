import { aBinding, IdentityDesk, lineIdOf, minuteMs, wrongCode } from './identityDesk';

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
});
