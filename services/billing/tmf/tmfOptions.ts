import type { TmfCredentials } from './tmfToken';

/** Where the carrier's TM Forum APIs are and how it uses them. Made by `tmfSettings.ts` from the settings. */
export interface TmfOptions {
  /** TMF678: '…/customerBill' and '…/appliedCustomerBillingRate' lie under it. All end in '/'. */
  readonly billUrl: string;
  /** TMF666: '…/billingAccount'. */
  readonly accountUrl: string;
  /** TMF637: '…/product'. */
  readonly productUrl: string;
  /** TMF676: '…/payment'; undefined when the carrier has none. */
  readonly paymentUrl: string | undefined;
  /** TMF670: '…/paymentMethod'; undefined when the carrier has none. */
  readonly paymentMethodUrl: string | undefined;
  readonly version: 'v4' | 'v5';
  readonly credentials: TmfCredentials;
  /** Product characteristic that holds the line's number. */
  readonly phoneCharacteristic: string;
  /** How it is written there: '01012345678' or '+821012345678'. */
  readonly phoneFormat: 'national' | 'e164';
  /** Product characteristic with the date-time of the last SIM, device or port change. */
  readonly simChangeCharacteristic: string;
  /** Product characteristic with the keyed digest of the holder's CI, which the identity agency's is compared with. */
  readonly holderDigestCharacteristic: string;
  /** What a line counts as whose SIM change nobody tells: 'refuse' gives it no code. */
  readonly simChangeUnknown: 'refuse' | 'allow';
  /** 'customer': all billing accounts of the line's customer. 'line': the account that pays for the line alone. */
  readonly accountScope: 'customer' | 'line';
  /** States of bills that the customer has not got yet. All others follow their amount. */
  readonly unissuedStates: readonly string[];
}

/** The address of a resource or list under an API's base. */
export function tmfUrl(base: string, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
