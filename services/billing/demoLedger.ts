import { join } from 'node:path';
import { z } from 'zod';
import { dataFileError, deepFreeze, readDataFile } from '../dataFile';
import { type Krw, krw } from './krw';

const won = z
  .number()
  .int('an amount must be a whole number of won')
  .min(0)
  .max(1_000_000_000_000)
  .transform((amount): Krw => krw(amount));

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
  })
  .refine((bill) => bill.remainingAmount <= bill.amountDue, {
    path: ['remainingAmount'],
    error: 'more remains than was due',
  })
  .refine((bill) => bill.paymentInProgress <= bill.remainingAmount, {
    path: ['paymentInProgress'],
    error: 'more is in progress than remains',
  });

const demoCustomer = z.strictObject({
  phoneNumber: z.string().regex(/^010\d{8}$/, "a phone number must have the form '01012345678'"),
  lineId: z.string().regex(/^line-[0-9a-f]{12}$/, "a line id must have the form 'line-0123456789ab'"),
  lineStatus: z.enum(['active', 'suspended']),
  /** For this long the SIM has been another one, whenever you ask. */
  simChangedHoursAgo: z.number().min(0).optional(),
  billingAccounts: z
    .array(
      z.strictObject({
        billingAccountId: z.string().min(1),
        service: z.enum(['mobile', 'internet', 'tv']),
        bills: z.array(demoBill),
      }),
    )
    .min(1),
});

const demoLedger = z.strictObject({ customers: z.array(demoCustomer).min(1) });

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
