import { loadDemoLedger } from '../../services/billing/demoLedger';
import { fleetLimitRecord } from '../../services/identity/identityRecords';
import { streamsOf } from '../../services/journal/journal';
import type { TurnStore } from '../../services/turn/turnStore';
import { dataDir, TestAssistant } from '../assistant';
import { wrongCode } from '../services/identity/identityDesk';
import { sized } from '../size';
import { HandSetClock, type OpenFixture, type TurnStoreFixture } from './turnStoreFixture';

const replicas = 4;
const phone = loadDemoLedger(dataDir).customers[0]?.phoneNumber ?? '';

/**
 * What verification relies on in a store, shown through the whole assistant: several processes take the same
 * conversation's turns from one store.
 * @param openFixture gives a new, empty database at each call
 */
export function describeIdentity(name: string, openFixture: OpenFixture): void {
  describe(`${name} identity`, () => {
    const opened: TurnStoreFixture[] = [];
    const running: TestAssistant[] = [];
    afterEach(async () => {
      for (const { assistant } of running.splice(0)) await assistant.stop();
      for (const fixture of opened.splice(0)) await fixture.dispose();
    });
    const open = async () => {
      const clock = new HandSetClock();
      const fixture = await openFixture({ clock });
      opened.push(fixture);
      return { ...fixture, nowMs: clock.now() };
    };
    const start = (store: TurnStore, nowMs: number) => {
      const test = new TestAssistant({ store, nowMs });
      running.push(test);
      return test;
    };
    const challenged = async () => {
      const { store, nowMs, reopen } = await open();
      const tests = Array.from({ length: replicas }, () => start(store, nowMs));
      const [first] = tests;
      if (first === undefined) throw new Error('no replica');
      const customer = first.customer();
      await customer.say('내 미납요금이 얼마예요?');
      await customer.say(phone);
      const code = await first.codeSentTo(phone);
      return { store, nowMs, reopen, tests, customer, code };
    };

    it.each([
      [sized(100, 500), 'wrong codes', (_: number) => false, { compared: 3, verified: 0 }],
      [sized(100, 500), 'right codes', (_: number) => true, { compared: 1, verified: 1 }],
      [500, 'right and wrong codes', (n: number) => n % 2 === 1, undefined],
    ])(
      'T2 of %i %s at once compares three at most and accepts one at most',
      async (checks, _, isRight, exactly) => {
        const { store, tests, customer, code } = await challenged();
        const { conversationId } = customer;
        const typed = Array.from({ length: checks }, (_, n) => (isRight(n) ? code : wrongCode(code)));
        await Promise.all(
          typed.map((text, n) =>
            tests[n % replicas]?.customer({ conversationId }).submit({ type: 'message', text }),
          ),
        );
        while ((await store.nextPending(customer.key)) !== undefined)
          await new Promise((resolve) => setImmediate(resolve));
        const outcome = await outcomeOf(store);
        expect(outcome.compared).toBeLessThanOrEqual(3);
        expect(outcome.verified).toBeLessThanOrEqual(1);
        expect(outcome).toMatchObject(exactly ?? {});
      },
      120_000,
    );

    it('T3 T9 keeps tries, sends and used codes over a restart', async () => {
      const { nowMs, reopen, tests, customer, code } = await challenged();
      await customer.say(wrongCode(code));
      await customer.say(wrongCode(code));
      for (const { assistant } of tests) await assistant.stop();
      running.splice(0);
      const restarted = start(await reopen(), nowMs);
      const again = restarted.customer({ conversationId: customer.conversationId });
      expect((await again.say(wrongCode(code))).join()).toContain('세 번 달라서');
      expect((await again.say(code)).join()).not.toContain('77,300');
      await again.say('다시 받기');
      await again.say('다시 받기');
      const stranger = restarted.customer();
      await stranger.say('내 미납요금이 얼마예요?');
      expect((await stranger.say(phone)).join()).toContain('더 보낼 수 없어요');
    }, 60_000);
  });
}

/** How many codes were compared, and with what success, as the store has it. */
async function outcomeOf(store: TurnStore): Promise<{ compared: number; verified: number }> {
  const fleet = fleetLimitRecord.safeParse((await store.readRecord('limit/fleet')).value);
  const wrong = (fleet.data?.minutes ?? []).reduce((sum, { failures }) => sum + failures, 0);
  const rows = await Promise.all(streamsOf('audit').map((stream) => store.readJournal(stream, 0, 10_000)));
  const verified = rows.flat().filter(({ body }) => Object(body).kind === 'verified').length;
  return { compared: wrong + verified, verified };
}
