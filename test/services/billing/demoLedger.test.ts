import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { ConfigurationError } from '../../../services/errors';

const dataDir = path.resolve(__dirname, '../../../data');

describe('the demo ledger', () => {
  it('holds the seven demo customers and no phone number in a line id', () => {
    const { customers } = loadDemoLedger(dataDir);
    expect(customers.map(({ phoneNumber }) => phoneNumber)).toEqual(
      [1001, 1002, 1003, 1004, 1005, 1006, 1007].map((last) => `0100000${last}`),
    );
    for (const { lineId, phoneNumber } of customers) expect(lineId).not.toContain(phoneNumber.slice(-4));
  });

  it('cannot be changed by a reader', () => {
    const { customers } = loadDemoLedger(dataDir);
    expect(() => Object.assign(customers[0]?.billingAccounts[0]?.bills[0] ?? {}, { amountDue: 1 })).toThrow(
      TypeError,
    );
  });

  describe('refuses to start from a wrong file', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'ledger-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    const bill = {
      serial: '1234',
      dueInDays: 1,
      monthsEarlier: 0,
      amountDue: 10,
      remainingAmount: 10,
      paymentInProgress: 0,
    };
    const customer = (overrides: object = {}, billOverrides: object = {}) => ({
      phoneNumber: '01000001001',
      lineId: 'line-0123456789ab',
      lineStatus: 'active',
      billingAccounts: [{ billingAccountId: 'a', service: 'mobile', bills: [{ ...bill, ...billOverrides }] }],
      ...overrides,
    });
    const load = (content: string | object) => {
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      writeFileSync(path.join(folder, 'demoLedger.json'), text);
      return () => loadDemoLedger(folder);
    };

    it.each([
      ['truncated JSON', '{"customers": [', /demoLedger\.json is not valid JSON/],
      ['nothing', 'null', /demoLedger\.json is missing or holds nothing/],
      ['no customers', { customers: [] }, /demoLedger\.json is wrong at customers/],
      [
        'won in fractions',
        { customers: [customer({}, { amountDue: 10.5 })] },
        /bills\[0\]\.amountDue: .*whole number of won/,
      ],
      [
        'a negative amount',
        { customers: [customer({}, { remainingAmount: -1 })] },
        /bills\[0\]\.remainingAmount/,
      ],
      [
        'more left than due',
        { customers: [customer({}, { remainingAmount: 11 })] },
        /bills\[0\]\.remainingAmount: more remains/,
      ],
      [
        'more on its way than left',
        { customers: [customer({}, { paymentInProgress: 11 })] },
        /paymentInProgress: more is in progress/,
      ],
      ['an unknown field', { customers: [customer({ name: 'x' })] }, /customers\[0\]/],
      [
        'a phone number with hyphens',
        { customers: [customer({ phoneNumber: '010-0000-1001' })] },
        /customers\[0\]\.phoneNumber/,
      ],
      [
        'the same customer twice',
        { customers: [customer(), customer({ lineId: 'line-ffffffffffff' })] },
        /customers\[1\]\.phoneNumber: occurs twice/,
      ],
    ])('with %s', (_, content, message) => {
      expect(load(content)).toThrow(ConfigurationError);
      expect(load(content)).toThrow(message);
    });

    it('that is not there', () => {
      expect(() => loadDemoLedger(folder)).toThrow(/demoLedger\.json is missing/);
    });
  });
});
