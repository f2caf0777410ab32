import { AgencyPerson, HolderDigests } from '../../../services/identity/agencyPerson';
import { AgencyTokens } from '../../../services/identity/agencyTokens';
import { AgencyVerification } from '../../../services/identity/agencyVerification';
import type { AgencyResult } from '../../../services/identity/identityAgency';
import { sessionKey } from '../../../services/identity/identityRecords';
import {
  aBinding,
  hourMs,
  IdentityDesk,
  lineIdOf,
  MovableClock,
  minuteMs,
  repeatableRandomness,
} from './identityDesk';

const phone = '01012345678';
const me = aBinding();
const lineId = lineIdOf(phone);
const holder = new AgencyPerson({ ci: 'holder', birthDate: '1958-03-01' });

/** A customer who has proved the line by code, and an agency that answers what the test says. */
async function aProvedCustomer() {
  const clock = new MovableClock();
  const holders = new HolderDigests(Buffer.alloc(32, 3));
  const scene = { result: { status: 'pending' } as AgencyResult };
  const agency = new AgencyVerification({
    agency: { start: () => ({ kind: 'demo' }), result: async () => scene.result },
    lines: { holderDigestOf: async () => holders.digestOf('holder') },
    holders,
    tokens: new AgencyTokens(Buffer.alloc(32, 1), clock),
    clock,
    randomness: repeatableRandomness('agency'),
    publicUrl: () => 'https://bill.example.kr',
  });
  const desk = new IdentityDesk({ clock, agency });
  await desk.verify(me, phone);
  desk.turns.journal.splice(0);
  return Object.assign(scene, {
    desk,
    clock,
    start: (binding = me) => desk.turns.run((tx) => desk.service.startAgency(tx, binding, 'ko')),
    check: (binding = me) => desk.turns.run((tx) => desk.service.checkAgency(tx, binding)),
  });
}

describe('the way to acr2', () => {
  it('raises the proof for five minutes, and what is left of acr1 stays after them', async () => {
    const scene = await aProvedCustomer();
    const { desk, clock } = scene;
    const authTimeMs = clock.now();
    clock.move(minuteMs);
    expect(await scene.start()).toMatchObject({
      status: 'started',
      expiresAtMs: clock.now() + 10 * minuteMs,
    });
    expect(await scene.check()).toEqual({ status: 'pending' });
    scene.result = { status: 'verified', person: holder };
    clock.move(minuteMs);
    const seenMs = clock.now();
    const raised = { binding: me, lineId, acr: 'acr2', authTimeMs: seenMs, lastUsedMs: seenMs };
    expect(await scene.check()).toEqual({ status: 'verified', proof: { facts: raised } });
    // acr1 ends ten minutes after the code: later than five minutes after the agency.
    expect(desk.turns.expiryOf(sessionKey(me))).toBe(authTimeMs + 10 * minuteMs);
    expect(desk.turns.value(sessionKey(me))).toMatchObject({ acr: 'acr1', authTimeMs, agencyTimeMs: seenMs });
    clock.move(5 * minuteMs);
    expect((await desk.proof(me))?.facts.acr).toBe('acr2');
    clock.move(1);
    expect((await desk.proof(me))?.facts).toMatchObject({ acr: 'acr1', authTimeMs });
    expect(desk.audited()).toEqual([
      { kind: 'challenged', by: 'agency', line: lineId },
      { kind: 'verified', by: 'agency', line: lineId, acr: 'acr2' },
    ]);
  });

  it('keeps the session as long as the agency’s word is fresh', async () => {
    const scene = await aProvedCustomer();
    await scene.start();
    scene.result = { status: 'verified', person: holder };
    scene.clock.move(9 * minuteMs);
    expect((await scene.check()).status).toBe('verified');
    expect(scene.desk.turns.expiryOf(sessionKey(me))).toBe(scene.clock.now() + 5 * minuteMs);
    scene.clock.move(5 * minuteMs);
    expect((await scene.desk.proof(me))?.facts.acr).toBe('acr2');
    scene.clock.move(1);
    expect(await scene.desk.proof(me)).toBeUndefined();
  });

  it('is not shortened by idle time, but ends with the session', async () => {
    const scene = await aProvedCustomer();
    await scene.start();
    scene.clock.move(10 * minuteMs - 1);
    expect(await scene.check()).toEqual({ status: 'pending' });
    scene.clock.move(2);
    expect(await scene.check()).toEqual({ status: 'codeFirst' });
    const other = scene.desk.restarted();
    expect(await other.turns.run((tx) => other.service.checkAgency(tx, me))).toEqual({ status: 'codeFirst' });
  });

  it('needs a code first, and a clock that did not go back behind it', async () => {
    const scene = await aProvedCustomer();
    expect(await scene.start(aBinding({ userId: 'x' }))).toEqual({ status: 'codeFirst' });
    expect(await scene.check(aBinding({ userId: 'x' }))).toEqual({ status: 'codeFirst' });
    await scene.start();
    scene.clock.setBack(1);
    expect(await scene.check()).toEqual({ status: 'codeFirst' });
    scene.clock.move(1);
    expect(await scene.check()).toEqual({ status: 'pending' });
  });

  it('ends by time that really passed, though the clock was set back', async () => {
    const scene = await aProvedCustomer();
    await scene.start();
    scene.clock.move(10 * minuteMs + 1);
    scene.clock.setBack(9 * minuteMs);
    expect(await scene.check()).toEqual({ status: 'codeFirst' });
    expect(await scene.desk.proof(me)).toBeUndefined();
  });

  it.each<[AgencyResult, string]>([
    [{ status: 'failed' }, 'failed'],
    [{ status: 'verified', person: new AgencyPerson({ ci: 'x', birthDate: '1958-03-01' }) }, 'otherPerson'],
    [{ status: 'verified', person: new AgencyPerson({ ci: 'holder', birthDate: '2020-03-01' }) }, 'underage'],
  ])('writes down who was refused, not who was never asked (%#)', async (result, reason) => {
    const scene = await aProvedCustomer();
    expect(await scene.check()).toEqual({ status: 'noChallenge' });
    await scene.start();
    scene.result = result;
    expect(await scene.check()).toEqual({ status: reason });
    expect((await scene.desk.proof(me))?.facts.acr).toBe('acr1');
    expect(scene.desk.audited()).toEqual([
      { kind: 'challenged', by: 'agency', line: lineId },
      { kind: 'refused', by: 'agency', reason, line: lineId },
    ]);
  });

  it('writes down that the limit was reached', async () => {
    const scene = await aProvedCustomer();
    for (let times = 0; times < 5; times += 1) await scene.start();
    scene.desk.turns.journal.splice(0);
    expect(await scene.start()).toEqual({ status: 'limited', retryAtMs: scene.clock.now() + hourMs });
    expect(scene.desk.audited()).toEqual([{ kind: 'challengeLimited', limit: 'agency' }]);
  });

  it('is closed by signing out', async () => {
    const scene = await aProvedCustomer();
    await scene.start();
    await scene.desk.signOut(me);
    await scene.desk.verify(me, phone);
    expect(await scene.check()).toEqual({ status: 'noChallenge' });
  });

  it('forgets the agency’s word when the clock goes back behind it', async () => {
    const scene = await aProvedCustomer();
    scene.clock.move(minuteMs);
    await scene.start();
    scene.result = { status: 'verified', person: holder };
    await scene.check();
    scene.clock.setBack(1);
    expect((await scene.desk.proof(me))?.facts.acr).toBeUndefined();
  });
});
