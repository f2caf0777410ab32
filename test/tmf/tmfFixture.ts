import path from 'node:path';
import { DemoBillingGateway } from '../../services/billing/demoBillingGateway';
import { type DemoLedger, loadDemoLedger } from '../../services/billing/demoLedger';
import type { TmfAlarm } from '../../services/billing/tmf/tmfAlarm';
import type { TmfBillingGateway } from '../../services/billing/tmf/tmfBillingGateway';
import type { TmfLines } from '../../services/billing/tmf/tmfLines';
import type { TmfOptions } from '../../services/billing/tmf/tmfOptions';
import { connectTmf } from '../../services/billing/tmf/tmfSystem';
import { mintProof, type Proof } from '../../services/identity/proof';
import type { CallLimits } from '../../services/resilience/callPolicy';
import { aBinding, MovableClock, repeatableRandomness } from '../services/identity/identityDesk';
import { tmfDataOf, type Version } from './tmfLedger';
import { TmfServer } from './tmfServer';

export const ledger: DemoLedger = loadDemoLedger(path.resolve(__dirname, '../../data'));

/** The line of a demo customer, '01000001001'. @throws for a number that is none */
export function lineOf(phoneNumber: string): string {
  const found = ledger.customers.find((customer) => customer.phoneNumber === phoneNumber);
  if (found === undefined) throw new Error(`no demo customer has ${phoneNumber}`);
  return found.lineId;
}

/** A fresh proof of a demo customer's line. */
export function aProof(phoneNumber: string, acr: 'acr1' | 'acr2', nowMs: number): Proof {
  const lineId = lineOf(phoneNumber);
  return mintProof({ binding: aBinding(), lineId, acr, authTimeMs: nowMs, lastUsedMs: nowMs });
}

export function tmfOptionsFor(url: string, version: Version, parts: Partial<TmfOptions> = {}): TmfOptions {
  return {
    billUrl: `${url}tmf-api/customerBillManagement/${version}/`,
    accountUrl: `${url}tmf-api/accountManagement/v4/`,
    productUrl: `${url}tmf-api/productInventory/v4/`,
    paymentUrl: `${url}tmf-api/payment/v4/`,
    paymentMethodUrl: `${url}tmf-api/paymentMethod/v4/`,
    version,
    credentials: { kind: 'none' },
    phoneCharacteristic: 'msisdn',
    phoneFormat: 'national',
    simChangeCharacteristic: 'simChangedAt',
    holderDigestCharacteristic: 'holderDigest',
    simChangeUnknown: 'refuse',
    accountScope: 'customer',
    unissuedStates: ['new', 'onHold', 'validated'],
    ...parts,
  };
}

/** A carrier of the demo's people and bills, and our side of it. */
export interface TmfCarrier {
  readonly server: TmfServer;
  readonly clock: MovableClock;
  readonly billing: TmfBillingGateway;
  readonly lines: TmfLines;
  readonly alarms: TmfAlarm[];
  readonly options: TmfOptions;
  proof(phoneNumber: string, acr?: 'acr1' | 'acr2'): Proof;
  close(): Promise<void>;
}

/** Times for tests of faults: a hundred times shorter than in earnest. */
export const shortLimits: Partial<CallLimits> = { budgetMs: 500, attemptMs: 220, backoffMs: 5, openMs: 50 };

export async function openTmfCarrier(
  parts: {
    version?: Version;
    options?: Partial<TmfOptions>;
    limits?: Partial<CallLimits>;
    clock?: MovableClock;
  } = {},
): Promise<TmfCarrier> {
  const { version = 'v4', clock = new MovableClock(), limits } = parts;
  const server = new TmfServer(tmfDataOf(ledger, clock.now(), version));
  const options = tmfOptionsFor(await server.listen(), version, parts.options);
  const alarms: TmfAlarm[] = [];
  const { billing, lines } = connectTmf({
    options,
    clock,
    randomness: repeatableRandomness('tmf'),
    onAlarm: (alarm) => alarms.push(alarm),
    ...(limits === undefined ? {} : { limits }),
  });
  return {
    server,
    clock,
    billing,
    lines,
    alarms,
    options,
    proof: (phoneNumber, acr = 'acr1') => aProof(phoneNumber, acr, clock.now()),
    close: () => server.close(),
  };
}

export function demoCarrier() {
  const clock = new MovableClock();
  return {
    clock,
    billing: new DemoBillingGateway(ledger, clock),
    proof: (phoneNumber: string, acr: 'acr1' | 'acr2' = 'acr1') => aProof(phoneNumber, acr, clock.now()),
    close: async () => {},
  };
}
