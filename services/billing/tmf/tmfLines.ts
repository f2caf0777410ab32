import type { OnTmfAlarm } from './tmfAlarm';
import type { TmfClient } from './tmfClient';
import { type TmfOptions, tmfUrl } from './tmfOptions';
import { instantOf, type Product, product } from './tmfShapes';

/** A mobile line as the carrier's product inventory (TMF637) knows it. */
export interface TmfLine {
  /** The product's id, opaque. */
  readonly lineId: string;
  /** Digits only, '01012345678'. */
  readonly phoneNumber: string;
  readonly status: 'active' | 'suspended';
  /** Epoch ms; 'unknown' when the product does not tell or not readably. */
  readonly simChangedAtMs: number | 'unknown';
  /** Keyed digest of the holder's CI; undefined when the product does not tell. */
  readonly holderDigest: string | undefined;
  /** Whose line it is; undefined when the product names no customer. */
  readonly customerId: string | undefined;
  /** The account that pays for the line. */
  readonly billingAccountId: string | undefined;
}

/** No line of Korea has this number, and no product this id: asking takes as long as for one that exists. */
const nobodysNumber = '01000000000';
const nobodysId = 'line-of-nobody';

/** Lines ended for good; whoever has the number now has another product. */
const endedStates = new Set(['terminated', 'cancelled', 'aborted', 'pendingTerminate']);

/** Looks lines up in TMF637, one request each, whether or not there is such a line. */
export class TmfLines {
  constructor(
    private readonly client: TmfClient,
    private readonly options: TmfOptions,
    private readonly onAlarm: OnTmfAlarm,
  ) {}

  deadline(): AbortSignal {
    return this.client.deadline();
  }

  /**
   * @param phoneNumber digits only, '01012345678'
   * @returns undefined also for a number that has several lines, or a line that cannot be used: an error would tell
   * strangers that somebody has it
   * @throws Error when the inventory cannot be asked by number
   */
  async byPhoneNumber(phoneNumber: string, deadline: AbortSignal): Promise<TmfLine | undefined> {
    const wanted = /^01\d{8,9}$/.test(phoneNumber) ? phoneNumber : nobodysNumber;
    const url = tmfUrl(this.options.productUrl, 'product', {
      'productCharacteristic.name': this.options.phoneCharacteristic,
      'productCharacteristic.value': this.options.phoneFormat === 'e164' ? `+82${wanted.slice(1)}` : wanted,
    });
    const { items, total } = await this.client.page(url, 0, deadline);
    const products = items.map((item) => product.parse(item));
    const found = products
      .map((wire) => this.lineOf(wire))
      .filter((line) => line !== undefined)
      .filter((line) => line.phoneNumber === phoneNumber);
    if (found.length > 1) this.onAlarm({ kind: 'ambiguousNumber' });
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
    // A server that ignores the question gives everything: then "not on this page" is no answer.
    if ((total ?? 0) > items.length || products.some((wire) => this.isAnother(wire, wanted)))
      throw new Error('the inventory does not find lines by number');
    return undefined;
  }

  /** A product in use that nobody asked for. */
  private isAnother(wire: Product, wanted: string): boolean {
    const number = nationalNumber(this.characteristic(wire, this.options.phoneCharacteristic));
    return number !== wanted && !hasEnded(wire);
  }

  async byId(lineId: string, deadline: AbortSignal): Promise<TmfLine | undefined> {
    const path = `product/${encodeURIComponent(lineId === '' ? nobodysId : lineId)}`;
    const body = await this.client.resource(tmfUrl(this.options.productUrl, path), deadline);
    const line = body === undefined ? undefined : this.lineOf(product.parse(body));
    return line?.lineId === lineId ? line : undefined;
  }

  private lineOf(wire: Product): TmfLine | undefined {
    const phoneNumber = nationalNumber(this.characteristic(wire, this.options.phoneCharacteristic));
    if (phoneNumber === undefined || hasEnded(wire)) return undefined;
    // The id goes into records and logs.
    if (wire.id.replace(/\D/g, '').includes(phoneNumber.slice(3))) {
      this.onAlarm({ kind: 'tellingProductId' });
      return undefined;
    }
    return {
      lineId: wire.id,
      phoneNumber,
      // Anything but a clear 'active' counts as out of service: no code is sent to it.
      status: wire.status === 'active' ? 'active' : 'suspended',
      simChangedAtMs: instantOf(this.characteristic(wire, this.options.simChangeCharacteristic)) ?? 'unknown',
      holderDigest: this.characteristic(wire, this.options.holderDigestCharacteristic),
      customerId: customerOf(wire.relatedParty),
      billingAccountId: wire.billingAccount?.id,
    };
  }

  private characteristic(wire: Product, name: string): string | undefined {
    const value = wire.productCharacteristic?.find((candidate) => candidate.name === name)?.value;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }
}

/** The party in the role of customer; the only party when none is called so. */
export function customerOf(
  parties: readonly { id: string | undefined; role: string | undefined }[] | undefined,
): string | undefined {
  const customers = parties?.filter(({ role }) => /^(customer|owner)$/i.test(role ?? '')) ?? [];
  if (customers.length > 0) return customers.length === 1 ? customers[0]?.id : undefined;
  return parties?.length === 1 ? parties[0]?.id : undefined;
}

function nationalNumber(text: string | undefined): string | undefined {
  const digits = (text ?? '').replace(/[\s.()-]/g, '').replace(/^(?:\+|00)82\(?0?\)?/, '0');
  return /^01\d{8,9}$/.test(digits) ? digits : undefined;
}

function hasEnded({ status }: Product): boolean {
  return endedStates.has((status ?? '').trim());
}
