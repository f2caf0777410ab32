import { aBinding, IdentityDesk } from './identityDesk';

const me = aBinding();

describe('a server without an identity agency', () => {
  it('says so, opens no acr2, and signs out all the same', async () => {
    const desk = new IdentityDesk();
    const proof = await desk.verify(me, '01012345678');
    expect(proof.facts.acr).toBe('acr1');
    expect(await desk.turns.run((tx) => desk.service.startAgency(tx, me, 'ko'))).toEqual({
      status: 'noAgency',
    });
    expect(await desk.turns.run((tx) => desk.service.checkAgency(tx, me))).toEqual({ status: 'noAgency' });
    await desk.signOut(me);
    expect(await desk.proof(me)).toBeUndefined();
  });
});
