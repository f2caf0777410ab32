import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeBenchData } from '../../bench/benchLedger';
import { loadDemoLedger } from '../../services/billing/demoLedger';

describe('the customers of the balance benchmark', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-ledger-'));
  const source = path.resolve(__dirname, '../../data');

  afterAll(() => rmSync(folder, { recursive: true }));

  it('are as many as there are conversations, in a ledger that the server takes', () => {
    const phones = writeBenchData(source, folder, 12);
    const { customers } = loadDemoLedger(folder);

    expect(new Set(phones).size).toBe(12);
    expect(customers.map(({ phoneNumber }) => phoneNumber)).toEqual(phones);
    expect(customers.every(({ lineStatus }) => lineStatus === 'active')).toBe(true);
    expect(customers.some(({ simChangedHoursAgo }) => simChangedHoursAgo !== undefined)).toBe(false);
  });

  it('leave the rest of the content as it is', () => {
    writeBenchData(source, folder, 1);
    expect(readFileSync(path.join(folder, 'faq.json'))).toEqual(readFileSync(path.join(source, 'faq.json')));
  });
});
