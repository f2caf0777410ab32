import { readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import { instantOf } from '../../services/billing/tmf/tmfShapes';
import { startMs } from '../services/identity/identityDesk';
import { ledger } from './tmfFixture';
import { tmfDataOf } from './tmfLedger';

function validator(file: string, definition: string) {
  const text = readFileSync(path.resolve(__dirname, `../fixtures/tmf/${file}.schema.json`), 'utf8');
  const ajv = new Ajv({ strict: false, allErrors: true });
  ajv.addFormat('date-time', (value) => /T/.test(value) && instantOf(value) !== undefined);
  return ajv.compile({ $ref: `#/definitions/${definition}`, ...JSON.parse(text) });
}

const served = {
  v4: tmfDataOf(ledger, startMs, 'v4'),
  v5: tmfDataOf(ledger, startMs, 'v5'),
};

describe('the TM Forum server of the tests serves what the specification describes', () => {
  it.each([
    ['tmf678v4', 'CustomerBill', served.v4.customerBill],
    ['tmf678v5', 'CustomerBill', served.v5.customerBill],
    ['tmf678v4', 'AppliedCustomerBillingRate', served.v4.appliedCustomerBillingRate],
    ['tmf678v5', 'AppliedCustomerBillingRate', served.v5.appliedCustomerBillingRate],
    ['tmf666v4', 'BillingAccount', served.v4.billingAccount],
    ['tmf637v4', 'Product', served.v4.product],
    ['tmf676v4', 'Payment', served.v4.payment],
  ])('%s %s', (file, definition, records) => {
    const validate = validator(file, definition);
    expect(records.length).toBeGreaterThan(4);
    for (const record of records) {
      validate(record);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it.each([
    ['BankAccountDebit', 'bankAccountDebit'],
    ['BankCard', 'bankCard'],
  ])('tmf670v4 %s', (definition, type) => {
    const validate = validator('tmf670v4', definition);
    const records = served.v4.paymentMethod.filter((record) => record['@type'] === type);
    expect(records.length).toBeGreaterThan(1);
    for (const record of records) {
      validate(record);
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it('and would not pass with a name of its own making', () => {
    const validate = validator('tmf678v4', 'CustomerBill');
    expect(validate({ ...served.v4.customerBill[0], remainingAmont: { unit: 'KRW', value: 1 } })).toBe(false);
    expect(validate({ ...served.v4.customerBill[0], amountDue: { currency: 'KRW', amount: 1 } })).toBe(false);
  });
});
