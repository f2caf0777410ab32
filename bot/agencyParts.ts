import { hkdfSync } from 'node:crypto';
import type { DemoLedger } from '../services/billing/demoLedger';
import type { Clock } from '../services/clock';
import { HolderDigests } from '../services/identity/agencyPerson';
import { AgencyTokens } from '../services/identity/agencyTokens';
import { AgencyVerification } from '../services/identity/agencyVerification';
import { DemoAgency } from '../services/identity/demoAgency';
import type { IdentityAgency } from '../services/identity/identityAgency';
import type { LineDirectory } from '../services/identity/lineDirectory';
import { PortOneAgency, type PortOneOptions } from '../services/identity/portOneAgency';
import type { Randomness } from '../services/randomness';
import type { Config } from './config';

export interface AgencyParts {
  readonly verification: AgencyVerification;
  /** Only with IDENTITY_AGENCY=demo. */
  readonly demo?: DemoAgency;
}

/** The key that the line system digests its holders with; one of our own for the demo ledger. */
export function holderDigests(agency: Config['identityAgency'], otpKey: Buffer): HolderDigests {
  if (agency.kind === 'portone') return new HolderDigests(agency.holderDigestKey);
  return new HolderDigests(Buffer.from(hkdfSync('sha256', otpKey, '', 'demo-holder/v1', 32)));
}

/** The identity agency of the settings; undefined when there is none. */
export function composeAgency(parts: {
  readonly agency: Config['identityAgency'];
  readonly ledger: DemoLedger;
  readonly lines: LineDirectory;
  readonly holders: HolderDigests;
  readonly otpKey: Buffer;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly publicUrl: () => string;
  readonly onCircuit?: PortOneOptions['onCircuit'];
}): AgencyParts | undefined {
  const { agency, ledger, lines, holders, otpKey, clock, randomness, publicUrl, onCircuit } = parts;
  if (agency.kind === 'none') return undefined;
  const demo = agency.kind === 'demo' ? new DemoAgency(ledger) : undefined;
  const port: IdentityAgency | undefined =
    agency.kind === 'portone' ? new PortOneAgency({ ...agency, onCircuit }, randomness) : demo;
  if (port === undefined) return undefined;
  const tokens = new AgencyTokens(otpKey, clock);
  const verification = new AgencyVerification({
    agency: port,
    lines,
    holders,
    tokens,
    clock,
    randomness,
    publicUrl,
  });
  return { verification, ...(demo === undefined ? {} : { demo }) };
}
