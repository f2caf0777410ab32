import { join } from 'node:path';
import { z } from 'zod';
import { dataFileError, deepFreeze, readDataFile } from '../dataFile';
import { type Krw, krw, minusKrw, sumKrw } from './krw';

const won = z
  .number()
  .int('an amount must be a whole number of won')
  .min(0)
  .max(1_000_000_000_000)
  .transform((amount): Krw => krw(amount));

const demoPayment = z.strictObject({
  /** How long ago it was made. In progress: counted from now, so that yesterday's stays yesterday's. */
  daysAgo: z.number().int().min(0).max(90),
  amount: won,
  state: z.enum(['inProgress', 'settled', 'failed']),
});

const demoBillItem = z.strictObject({
  name: z.string().min(1).max(60),
  /** Tax included; below 0 for a discount. */
  amount: z
    .number()
    .int()
    .transform((amount): Krw => krw(amount)),
  kind: z.enum(['charge', 'credit', 'penalty']),
});

const demoPaymentAccount = z.strictObject({
  kind: z.enum(['bank', 'card']),
  institution: z.string().min(1).max(40),
  lastFour: z.string().regex(/^\d{4}$/, 'lastFour must be four digits'),
});

const demoBill = z
  .strictObject({
    /** Second half of the bill number; the first is the month. */
    serial: z.string().regex(/^\d{4}$/, 'a serial must have four digits'),
    /** Due day, counted from the day on which the demo started; negative = before it. */
    dueInDays: z.number().int().min(-60).max(27),
    /** Then so many months before that, on the same day of the month. */
    monthsEarlier: z.number().int().min(0).max(24),
    amountDue: won,
    remainingAmount: won,
    paymentInProgress: won,
    /** Absent: nobody knows how what is paid was paid. */
    payments: z.array(demoPayment).optional(),
    items: z.array(demoBillItem).optional(),
  })
  .refine((bill) => bill.remainingAmount <= bill.amountDue, {
    path: ['remainingAmount'],
    error: 'more remains than was due',
  })
  .refine((bill) => bill.paymentInProgress <= bill.remainingAmount, {
    path: ['paymentInProgress'],
    error: 'more is in progress than remains',
  })
  .refine(
    ({ payments, ...bill }) =>
      payments === undefined ||
      (paid(payments, 'inProgress') === bill.paymentInProgress &&
        paid(payments, 'settled') === minusKrw(bill.amountDue, bill.remainingAmount)),
    { path: ['payments'], error: 'the payments do not add up to what is paid and in progress' },
  )
  .refine(
    ({ items, amountDue }) => items === undefined || sumKrw(items.map(({ amount }) => amount)) === amountDue,
    { path: ['items'], error: 'the items do not add up to what is due' },
  );

function paid(payments: readonly z.output<typeof demoPayment>[], state: string): Krw {
  return sumKrw(payments.filter((one) => one.state === state).map(({ amount }) => amount));
}

const demoCustomer = z.strictObject({
  phoneNumber: z.string().regex(/^010\d{8}$/, "a phone number must have the form '01012345678'"),
  lineId: z.string().regex(/^line-[0-9a-f]{12}$/, "a line id must have the form 'line-0123456789ab'"),
  lineStatus: z.enum(['active', 'suspended']),
  /** Who holds the line: an invented person. Absent: nobody can prove to be that person. */
  holder: z
    .string()
    .regex(/^person-[0-9a-f]{8}$/, "a holder must have the form 'person-01234567'")
    .optional(),
  /** For this long the SIM has been another one, whenever you ask. */
  simChangedHoursAgo: z.number().min(0).optional(),
  billingAccounts: z
    .array(
      z.strictObject({
        billingAccountId: z.string().min(1),
        service: z.enum(['mobile', 'internet', 'tv']),
        /** What the bills are paid from by themselves. */
        paymentAccount: demoPaymentAccount.optional(),
        bills: z.array(demoBill),
      }),
    )
    .min(1),
});

/** The shape of `data/demoLedger.json`. */
export const demoLedger = z.strictObject({ customers: z.array(demoCustomer).min(1) });

export type DemoBill = z.output<typeof demoBill>;
export type DemoCustomer = z.output<typeof demoCustomer>;
/** The demo customers of DESIGN §5, as `data/demoLedger.json` holds them. */
export type DemoLedger = z.output<typeof demoLedger>;

/**
 * Reads `demoLedger.json` of a folder.
 * @throws ConfigurationError naming the file and the place in it, in one sentence
 */
export function loadDemoLedger(dataDir: string): DemoLedger {
  const file = join(dataDir, 'demoLedger.json');
  const ledger = readDataFile(file, demoLedger);
  for (const field of ['phoneNumber', 'lineId'] as const) {
    const seen = new Set<string>();
    ledger.customers.forEach((customer, index) => {
      if (seen.has(customer[field])) throw dataFileError(file, ['customers', index, field], 'occurs twice');
      seen.add(customer[field]);
    });
  }
  return deepFreeze(ledger);
}
