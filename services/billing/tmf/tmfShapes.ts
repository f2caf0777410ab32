import { z } from 'zod';
import { type Krw, krw } from '../krw';
import { seoulDayAt } from '../seoulCalendar';

/**
 * What is read of the published shapes, TMF678 v4 and v5 and their neighbours. The specifications make nearly
 * every attribute optional and let servers add their own: what is missing here and needed later is refused there.
 */

/** TM Forum's Money: KRW has no minor unit, so a fraction is a mistake and not a rounding matter. */
export const money = z
  .object({ unit: z.literal('KRW'), value: z.number() })
  .transform(({ value }, ctx): Krw => {
    try {
      return krw(value);
    } catch {
      ctx.addIssue({ code: 'custom', message: 'not a whole number of won' });
      return z.NEVER;
    }
  });

const id = z.string().min(1).max(200);
const ref = z.object({ id, name: z.string().optional() });

/** `RelatedParty` of v4, and of v5 with the party inside `partyOrPartyRole`. */
const relatedParty = z
  .object({ id: id.optional(), role: z.string().optional(), partyOrPartyRole: z.object({ id }).optional() })
  .transform(({ id: own, role, partyOrPartyRole }) => ({ id: partyOrPartyRole?.id ?? own, role }));

const dateTime = z.string().max(40);
const period = z.object({ startDateTime: dateTime.optional(), endDateTime: dateTime.optional() });

/** TMF637 Product: a phone line. */
export const product = z.object({
  id,
  status: z.string().optional(),
  billingAccount: ref.optional(),
  relatedParty: z.array(relatedParty).optional(),
  productCharacteristic: z
    .array(z.object({ name: z.string().optional(), value: z.unknown().optional() }))
    .optional(),
});
export type Product = z.output<typeof product>;

/** TMF666 BillingAccount. */
export const billingAccount = z.object({
  id,
  name: z.string().optional(),
  accountType: z.string().optional(),
  relatedParty: z.array(relatedParty).optional(),
  defaultPaymentMethod: ref.optional(),
});
export type BillingAccount = z.output<typeof billingAccount>;

/** TMF678 CustomerBill. */
export const customerBill = z.object({
  id: id.optional(),
  billNo: id.optional(),
  state: z.string().optional(),
  category: z.string().optional(),
  billDate: dateTime.optional(),
  lastUpdate: dateTime.optional(),
  paymentDueDate: dateTime.optional(),
  billingPeriod: period.optional(),
  amountDue: money.optional(),
  remainingAmount: money.optional(),
  appliedPayment: z
    .array(z.object({ appliedAmount: money.optional(), payment: z.object({ id: id.optional() }).optional() }))
    .optional(),
  billingAccount: ref.optional(),
});
export type WireBill = z.output<typeof customerBill>;

/** TMF678 AppliedCustomerBillingRate; v4 calls the kind `type`, v5 `appliedBillingRateType`. */
export const billingRate = z.object({
  id,
  name: z.string().optional(),
  description: z.string().optional(),
  type: z.string().optional(),
  appliedBillingRateType: z.string().optional(),
  isBilled: z.boolean().optional(),
  bill: z.object({ id: id.optional() }).optional(),
  taxIncludedAmount: money.optional(),
  taxExcludedAmount: money.optional(),
  appliedTax: z.array(z.object({ taxAmount: money.optional() })).optional(),
});
export type BillingRate = z.output<typeof billingRate>;

/** TMF676 Payment. */
export const payment = z.object({
  id,
  status: z.string().optional(),
  statusDate: dateTime.optional(),
  paymentDate: dateTime.optional(),
  account: ref.optional(),
  amount: money.optional(),
  totalAmount: money.optional(),
  paymentItem: z
    .array(
      z.object({
        item: z.object({ id: id.optional() }).optional(),
        amount: money.optional(),
        totalAmount: money.optional(),
      }),
    )
    .optional(),
});
export type WirePayment = z.output<typeof payment>;

/** TMF670 PaymentMethod: BankAccountDebit, BankCard, TokenizedCard and the like, told apart by what they hold. */
export const paymentMethod = z.object({
  id,
  bank: z.string().optional(),
  brand: z.string().optional(),
  issuer: z.string().optional(),
  cardNumber: z.string().optional(),
  lastFourDigits: z.string().optional(),
  accountNumber: z.string().optional(),
  '@type': z.string().optional(),
  '@referredType': z.string().optional(),
});
export type WirePaymentMethod = z.output<typeof paymentMethod>;

/** What tells the records of a list apart. @throws Error for a record without an id */
export function recordId(item: unknown): string {
  const found = z.object({ id: id.optional(), billNo: id.optional() }).parse(item);
  const own = found.id ?? found.billNo;
  if (own === undefined) throw new Error('a record has no id');
  return own;
}

/**
 * An instant of the wire as epoch ms. What carries no offset is Korea's own time: 'YYYY-MM-DD' is that day's
 * start there.
 * @returns undefined for anything but an RFC 3339 date or date-time
 */
export function instantOf(text: string | undefined): number | undefined {
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)([Zz]|[+-]\d{2}:?\d{2})?)?$/.exec(
      text ?? '',
    );
  if (parts === null) return undefined;
  const [, day = '', time = '00:00:00', offset = '+09:00'] = parts;
  const colon = /^([+-]\d{2})(\d{2})$/.exec(offset);
  const at = Date.parse(`${day}T${time}${colon === null ? offset.toUpperCase() : `${colon[1]}:${colon[2]}`}`);
  // '2026-02-30' would roll over into March.
  if (Number.isNaN(at) || !isCalendarDay(day)) return undefined;
  return at;
}

/** Day of the wire in Asia/Seoul: a due date of 25 October sent as '2026-10-24T15:00:00Z' is the 25th. */
export function seoulDayOf(text: string | undefined): string | undefined {
  const at = instantOf(text);
  return at === undefined ? undefined : seoulDayAt(at);
}

function isCalendarDay(day: string): boolean {
  const at = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}
