import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const account = z.looseObject({ billingAccountId: z.string() });
const customer = z.looseObject({
  phoneNumber: z.string(),
  lineId: z.string(),
  billingAccounts: z.array(account),
});
const ledger = z.object({ customers: z.array(customer) });

/** The demo customers whose line can get a code. */
const verifiable = ['01000001001', '01000001002', '01000001003', '01000001004', '01000001006'];

/**
 * Copies the data folder and fills its demo ledger with as many customers as there will be conversations, the
 * demo's situations in turn: a line gets one code in a minute and three a day, so each is asked for once.
 * @param target folder to write, made when missing
 * @returns the phone numbers, digits only
 */
export function writeBenchData(source: string, target: string, count: number): string[] {
  cpSync(source, target, { recursive: true });
  const file = path.join(target, 'demoLedger.json');
  const known = ledger.parse(JSON.parse(readFileSync(file, 'utf8'))).customers;
  const models = verifiable.map((phone) => {
    const found = known.find(({ phoneNumber }) => phoneNumber === phone);
    if (found === undefined)
      throw new Error(`the demo customer ${phone} is not in ${source}/demoLedger.json`);
    return found;
  });
  const customers = Array.from({ length: count }, (_, index) => {
    const model = models[index % models.length];
    return {
      ...model,
      phoneNumber: `0100000${2_000 + index}`,
      lineId: `line-${(index + 1).toString(16).padStart(12, '0')}`,
      billingAccounts: model?.billingAccounts.map((one, place) => ({
        ...one,
        billingAccountId: `bench-${index}-${place}`,
      })),
    };
  });
  writeFileSync(file, JSON.stringify({ customers }));
  return customers.map(({ phoneNumber }) => phoneNumber);
}
