import type { DemoLedger } from '../billing/demoLedger';
import { AgencyPerson } from './agencyPerson';
import type { AgencyResult, AgencyStart, IdentityAgency } from './identityAgency';

/** Who uses the played app, or how it ends. */
export const demoOutcomes = ['holder', 'somebodyElse', 'child', 'givenUp'] as const;
export type DemoOutcome = (typeof demoOutcomes)[number];

const remembered = 10_000;

/**
 * Plays an identity agency for the demo customers: whoever opens its page says how it ends. Only composed on a
 * loopback host (`bot/config.ts`).
 */
export class DemoAgency implements IdentityAgency {
  private readonly results = new Map<string, AgencyResult>();
  private readonly holders: ReadonlyMap<string, string | undefined>;

  constructor(ledger: DemoLedger) {
    this.holders = new Map(ledger.customers.map(({ lineId, holder }) => [lineId, holder]));
  }

  start(): AgencyStart {
    return { kind: 'demo' };
  }

  async result(verificationId: string): Promise<AgencyResult> {
    return this.results.get(verificationId) ?? { status: 'pending' };
  }

  /** Ends a verification as the player chose; an ended one stays as it is. */
  play(verificationId: string, lineId: string, outcome: DemoOutcome): void {
    if (this.results.has(verificationId)) return;
    if (this.results.size >= remembered) {
      for (const oldest of [...this.results.keys()].slice(0, 1)) this.results.delete(oldest);
    }
    this.results.set(verificationId, this.resultOf(lineId, outcome));
  }

  private resultOf(lineId: string, outcome: DemoOutcome): AgencyResult {
    const holder = this.holders.get(lineId);
    if (outcome === 'givenUp' || holder === undefined) return { status: 'failed' };
    const ci = demoCi(outcome === 'somebodyElse' ? 'person-of-another-line' : holder);
    const birthDate = outcome === 'child' ? '2020-03-01' : '1958-03-01';
    return { status: 'verified', person: new AgencyPerson({ ci, birthDate }) };
  }
}

/** The invented CI of an invented person. @param holder as in `data/demoLedger.json` */
export function demoCi(holder: string): string {
  return `demo:${holder}`;
}
