import type { DueStatusGateway } from '../../services/billing/dueStatus';
import { addDays, seoulDayAt } from '../../services/billing/seoulCalendar';
import { BillingUnavailableError, StepUpRequired } from '../../services/errors';
import { mintProof, type Proof } from '../../services/identity/proof';
import { grantLifetimeMs, StandingGrant, StandingGrants } from '../../services/identity/standingGrant';
import { aBinding, type MovableClock, repeatableRandomness } from '../services/identity/identityDesk';

export interface DueCarrier {
  readonly billing: DueStatusGateway;
  readonly clock: MovableClock;
  proof(phoneNumber: string): Proof;
  close(): Promise<void>;
}

const grants = new StandingGrants(Buffer.alloc(32, 7), repeatableRandomness('grants'));

/** What every billing system says by the narrow door (docs/decisions/0009-reminders.md), for the demo's people. */
export function describeDueStatusGateway(name: string, open: () => Promise<DueCarrier>): void {
  describe(`due dates, ${name}`, () => {
    let carrier: DueCarrier;
    beforeEach(async () => {
      carrier = await open();
    });
    afterEach(() => carrier.close());

    function grantOf(proof: Proof): StandingGrant {
      const nowMs = carrier.clock.now();
      const grant = grants.open(grants.issue(proof, nowMs), aBinding(), nowMs);
      if (grant === undefined) throw new Error('the grant does not open');
      return grant;
    }

    it.each([
      ['01000001002', { anythingDue: false, settled: true }, []],
      ['01000001003', { anythingDue: true, settled: true }, [-12]],
      ['01000001004', { anythingDue: false, settled: false }, []],
    ])(
      'of %s are those of what is unpaid and not on its way, and nothing else',
      async (phone, said, days) => {
        const today = seoulDayAt(carrier.clock.now());
        const status = await carrier.billing.dueStatus(grantOf(carrier.proof(phone)));
        expect(status).toEqual({ ...said, dueDates: days.map((day) => addDays(today, day)) });
      },
    );

    it('come earliest first, each once', async () => {
      for (const phone of ['01000001001', '01000001005', '01000001006']) {
        const { dueDates } = await carrier.billing.dueStatus(grantOf(carrier.proof(phone)));
        expect(dueDates.length).toBeGreaterThan(0);
        expect(dueDates).toEqual([...new Set(dueDates)].sort());
      }
    });

    it('open to no grant that was not given, or has run out', async () => {
      const grant = grantOf(carrier.proof('01000001001'));
      const forged = new StandingGrant(grant.facts);
      await expect(carrier.billing.dueStatus(forged)).rejects.toBeInstanceOf(StepUpRequired);
      carrier.clock.move(grantLifetimeMs);
      await expect(carrier.billing.dueStatus(grant)).rejects.toBeInstanceOf(StepUpRequired);
    });

    it('fail, rather than being none, for a line that nobody has any more', async () => {
      const nowMs = carrier.clock.now();
      const facts = { binding: aBinding(), lineId: 'line-000000000000', acr: 'acr1' } as const;
      const grant = grantOf(mintProof({ ...facts, authTimeMs: nowMs, lastUsedMs: nowMs }));
      await expect(carrier.billing.dueStatus(grant)).rejects.toBeInstanceOf(BillingUnavailableError);
    });

    it('are answered by a system that says it answers', async () => {
      expect(await carrier.billing.isAnswering()).toBe(true);
    });
  });
}
