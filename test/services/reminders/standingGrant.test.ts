import { DemoBillingGateway } from '../../../services/billing/demoBillingGateway';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { StepUpRequired } from '../../../services/errors';
import { Proof } from '../../../services/identity/proof';
import { grantLifetimeMs, StandingGrant, StandingGrants } from '../../../services/identity/standingGrant';
import { systemRandomness } from '../../../services/randomness';
import { dataDir } from '../../assistant';
import { aBinding, MovableClock } from '../identity/identityDesk';
import { verifiedProof } from './verifiedProof';

const key = Buffer.alloc(32, 9);
const grants = new StandingGrants(key, systemRandomness);
const dayMs = 86_400_000;

describe('a standing grant', () => {
  it('opens due dates of the proved line, and nothing besides', async () => {
    const { proof, clock } = await verifiedProof('01000001001');
    const billing = new DemoBillingGateway(loadDemoLedger(dataDir), clock);
    const sealed = grants.issue(proof, clock.now());
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('line-');
    const grant = grants.open(sealed, proof.facts.binding, clock.now());
    if (grant === undefined) throw new Error('the grant does not open');
    const status = await billing.dueStatus(grant);
    expect(Object.keys(status).sort()).toEqual(['anythingDue', 'dueDates', 'settled']);
    expect(status.dueDates).toHaveLength(2);
    expect(JSON.stringify(status)).not.toMatch(/35000|42300/);
    // @ts-expect-error a grant is no proof
    await expect(billing.unpaidBills(grant)).rejects.toThrow(StepUpRequired);
  });

  it('says that a payment is on its way, and that nothing is due besides', async () => {
    const { proof, clock } = await verifiedProof('01000001004');
    const billing = new DemoBillingGateway(loadDemoLedger(dataDir), clock);
    const grant = grants.open(grants.issue(proof, clock.now()), proof.facts.binding, clock.now());
    if (grant === undefined) throw new Error('the grant does not open');
    expect(await billing.dueStatus(grant)).toEqual({ anythingDue: false, dueDates: [], settled: false });
  });

  it('needs a fresh proof that was minted', async () => {
    const { proof, clock } = await verifiedProof('01000001001');
    expect(() => grants.issue(undefined, clock.now())).toThrow(StepUpRequired);
    expect(() => grants.issue(new Proof(proof.facts), clock.now())).toThrow(StepUpRequired);
    expect(() => grants.issue(proof, clock.now() + 11 * 60_000)).toThrow(StepUpRequired);
  });

  it('opens in its own conversation, with its own key, for 13 months', async () => {
    const { proof, clock } = await verifiedProof('01000001001');
    const { binding } = proof.facts;
    const now = clock.now();
    const sealed = grants.issue(proof, now);
    expect(grants.open(sealed, { ...binding, conversationId: 'another' }, now)).toBeUndefined();
    expect(grants.open(sealed, { ...binding, userId: 'another' }, now)).toBeUndefined();
    expect(
      new StandingGrants(Buffer.alloc(32, 8), systemRandomness).open(sealed, binding, now),
    ).toBeUndefined();
    expect(grants.open(`${sealed.slice(0, -2)}AA`, binding, now)).toBeUndefined();
    expect(grants.open('', binding, now)).toBeUndefined();
    expect(grants.open(sealed, binding, now + grantLifetimeMs - 1)).toBeDefined();
    expect(grants.open(sealed, binding, now + grantLifetimeMs)).toBeUndefined();
    expect(grants.open(sealed, binding, now - dayMs)).toBeUndefined();
  });

  it('counts only when it was opened from its seal', async () => {
    const clock = new MovableClock();
    const billing = new DemoBillingGateway(loadDemoLedger(dataDir), clock);
    const facts = { binding: aBinding(), lineId: 'line-000000001001', grantedAtMs: 0, expiresAtMs: 1e15 };
    await expect(billing.dueStatus(new StandingGrant(facts))).rejects.toThrow(StepUpRequired);
  });
});
