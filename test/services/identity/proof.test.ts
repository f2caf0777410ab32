import { StepUpRequired } from '../../../services/errors';
import { mintProof, Proof, type ProofFacts, requireLevel } from '../../../services/identity/proof';
import { aBinding, IdentityDesk, lineIdOf, minuteMs, startMs } from './identityDesk';

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

describe('the gate before personal data', () => {
  const facts: ProofFacts = {
    binding: me,
    lineId: 'line-1',
    acr: 'acr1',
    authTimeMs: startMs,
    lastUsedMs: startMs,
  };
  const gateOf = (proof: Proof | undefined, acr: 'acr1' | 'acr2', nowMs = startMs) => {
    try {
      return requireLevel(proof, acr, nowMs).acr;
    } catch (error) {
      if (error instanceof StepUpRequired) return [error.acr, error.reason, error.maxAgeMs / minuteMs];
      throw error;
    }
  };

  it('opens for a minted proof alone', () => {
    expect(gateOf(undefined, 'acr1')).toEqual(['acr1', 'missing', 10]);
    expect(gateOf(undefined, 'acr2')).toEqual(['acr2', 'missing', 5]);
    expect(gateOf(new Proof({ ...facts, acr: 'acr2' }), 'acr1')).toEqual(['acr1', 'wrongBinding', 10]);
    expect(gateOf(mintProof(facts), 'acr1')).toBe('acr1');
    expect(gateOf(mintProof({ ...facts, acr: 'acr2' }), 'acr1')).toBe('acr2');
    expect(gateOf(mintProof({ ...facts, acr: 'acr2' }), 'acr2')).toBe('acr2');
    expect(gateOf(mintProof(facts), 'acr2')).toEqual(['acr2', 'tooLow', 5]);
  });

  it.each<[string, 'acr1' | 'acr2', number, number, unknown]>([
    ['at the end of its age', 'acr1', 10 * minuteMs, 0, 'acr2'],
    ['after it', 'acr1', 10 * minuteMs + 1, 0, ['acr1', 'tooOld', 10]],
    ['at the end of its idle time', 'acr1', 10 * minuteMs, 5 * minuteMs, 'acr2'],
    ['after that', 'acr1', 10 * minuteMs, 5 * minuteMs + 1, ['acr1', 'idle', 10]],
    ['at the end of the higher level', 'acr2', 5 * minuteMs, 5 * minuteMs, 'acr2'],
    ['after that, though it is used', 'acr2', 5 * minuteMs + 1, 0, ['acr2', 'tooOld', 5]],
    ['that was made in the future', 'acr1', -1, 0, ['acr1', 'tooOld', 10]],
    ['that was used in the future', 'acr1', 1, -1, ['acr1', 'idle', 10]],
  ])('judges a proof %s', (_, acr, ageMs, idleMs, outcome) => {
    const nowMs = startMs + 60 * minuteMs;
    const times = { authTimeMs: nowMs - ageMs, lastUsedMs: nowMs - idleMs };
    expect(gateOf(mintProof({ ...facts, acr: 'acr2', ...times }), acr, nowMs)).toEqual(outcome);
  });

  it('hands out facts that nobody can change', () => {
    const binding = { ...me };
    const proof = mintProof({ ...facts, binding });
    binding.userId = 'somebody else';
    expect(requireLevel(proof, 'acr1', startMs)).toEqual(facts);
    for (const part of [proof, proof.facts, proof.facts.binding]) expect(Object.isFrozen(part)).toBe(true);
  });
});
