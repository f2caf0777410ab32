import fc from 'fast-check';
import { StepUpRequired } from '../../services/errors';
import { mintProof } from '../../services/identity/proof';
import { BillingTalk } from '../dialogs/billingTalk';
import { sized } from '../size';
import { ledger, lineOf } from '../tmf/tmfFixture';

const seed = Number(process.env.TEST_SEED ?? 20261122);

describe('threats to billing data', () => {
  it(`T17: a card value that names another's bill, line or account shows own data or a refusal (seed ${seed})`, async () => {
    const foreign = ['202610-7781', '202610-2209', '202610-8145', '202610-9072', '202610-5518'];
    const talk = new BillingTalk();
    await talk.say('내 미납요금이 얼마예요?');
    await talk.proveByCode('010-0000-1001');
    await talk.proveByAgency(await talk.send({ value: { action: 'billItems.show' } }));
    const name = fc.constantFrom('billNo', 'lineId', 'line', 'billingAccountId', 'phone', 'proof', 'acr');
    const value = fc.oneof(
      fc.constantFrom(...foreign, ...ledger.customers.map(({ lineId }) => lineId), '01000001003', 'acr2'),
      fc.string({ maxLength: 80 }),
      fc.object({ maxDepth: 1 }),
    );
    const action = fc.constantFrom('billItems.show', 'paymentAccount.show', 'paymentStatus.show');
    await fc.assert(
      fc.asyncProperty(
        action,
        fc.dictionary(name, value, { noNullPrototype: true }),
        async (verb, fields) => {
          const answer = (await talk.press({ ...fields, action: verb })).join('\n');
          const lines = [...answer.matchAll(/010-\*{4}-\d{4}/g)].map(([line]) => line);
          expect(lines.every((line) => line === '010-****-1001')).toBe(true);
          expect(answer).not.toMatch(/선택약정|결합 할인|마바은행|사아카드|66,000|52,800|55,000|48,000/);
          expect(answer.length).toBeGreaterThan(0);
        },
      ),
      { seed, numRuns: sized(150, 5_000) },
    );
    const shown = talk.audited('shown').map((event) => Object(event).line);
    expect(new Set(shown)).toEqual(new Set([lineOf('01000001001')]));
  });

  it('T14: an SMS code alone opens no line item and no payment account: every such reading asks for acr2', async () => {
    for (const value of [{ action: 'billItems.show' }, { action: 'paymentAccount.show' }]) {
      const talk = new BillingTalk();
      await talk.say('내 미납요금이 얼마예요?');
      await talk.proveByCode('010-0000-1003');
      const answer = (await talk.press(value)).join();
      expect(answer).not.toMatch(/할인|은행|끝자리/);
      expect(talk.audited('shown').map((event) => Object(event).what)).toEqual(['unpaidBalance']);
    }
  });

  it('T16: a button pressed before any proof opens nothing', async () => {
    for (const action of ['billItems.show', 'paymentAccount.show', 'paymentStatus.show']) {
      const talk = new BillingTalk();
      const answer = (await talk.press({ action, billNo: '202610-7781', acr: 'acr2' })).join();
      expect(answer).toContain('휴대폰 번호를 적어 주세요');
      expect(answer).not.toContain('원');
      expect(talk.audited('shown')).toEqual([]);
    }
  });

  it('T20: a gateway that finds every proof too old ends in words, not in a loop', async () => {
    const tooOld = async () => {
      throw new StepUpRequired('acr2', 300_000, 'tooOld');
    };
    const talk = new BillingTalk({ billing: { billItems: tooOld } });
    const proof = { binding: talk.binding, lineId: lineOf('01000001003'), acr: 'acr2' } as const;
    const nowMs = talk.clock.now();
    talk.service.currentProof = async () => mintProof({ ...proof, authTimeMs: nowMs, lastUsedMs: nowMs });
    const answer = (await talk.press({ action: 'billItems.show' })).join();
    expect(answer).toContain('여기서 보여 드릴 수 없어요');
    expect(talk.audited('stepUpRequired')).toEqual([
      { kind: 'stepUpRequired', acr: 'acr2', reason: 'tooOld' },
      { kind: 'stepUpRequired', acr: 'acr2', reason: 'tooOld' },
    ]);
  });
});
