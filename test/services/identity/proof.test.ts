import { requireLevel } from '../../../services/identity/proof';
import { aBinding, IdentityDesk, lineIdOf, minuteMs } from './identityDesk';

const phone = '01012345678';
const me = aBinding();

describe('the level of a proof', () => {
  it('by code opens acr1 and not acr2', async () => {
    const desk = new IdentityDesk();
    const proof = await desk.verify(me, phone);
    expect(requireLevel(proof, 'acr1', desk.clock.now()).lineId).toBe(lineIdOf(phone));
    expect(() => requireLevel(proof, 'acr2', desk.clock.now())).toThrow(
      expect.objectContaining({ acr: 'acr2', maxAgeMs: 5 * minuteMs, reason: 'tooLow' }),
    );
  });

  it.each([
    [10 * minuteMs + 1, 'tooOld'],
    [-1, 'tooOld'],
    [5 * minuteMs + 1, 'idle'],
  ])('counts for nothing %i ms later: %s', async (laterMs, reason) => {
    const desk = new IdentityDesk();
    const proof = await desk.verify(me, phone);
    expect(() => requireLevel(proof, 'acr1', desk.clock.now() + laterMs)).toThrow(
      expect.objectContaining({ reason }),
    );
  });

  it('of a line without an id that anybody has is none', async () => {
    const desk = new IdentityDesk();
    const send = (lineId: string) =>
      desk.turns.run((tx) => desk.service.sendCodeToLine(tx, me, lineId, 'ko'));
    expect((await send('no such line')).status).toBe('sent');
    expect(await desk.messages()).toEqual([]);
    expect((await send(lineIdOf(phone))).status).toBe('sent');
    expect((await desk.check(me, await desk.lastCode())).status).toBe('verified');
  });
});
