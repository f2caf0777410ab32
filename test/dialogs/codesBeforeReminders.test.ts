import { wakeKey } from '../../services/reminders/reminder';
import type { OutboxEntry } from '../../services/turn/turnStore';
import { openScannedStore } from '../artifacts';
import { TestAssistant } from '../assistant';
import { aCommit, anAccept, ticketOf } from '../contracts/turnStoreFixture';
import { nightly, sized } from '../size';

const phone = '01000001001';
const nineMs = Date.parse('2026-11-23T09:00:00+09:00');

describe('a code that somebody waits for', () => {
  it(
    'F42: does not wait behind reminders that fall due together',
    async () => {
      const count = sized(3_000, 30_000);
      const store = openScannedStore({ now: () => nineMs });
      const outbox = Array.from({ length: count }, (_, place): OutboxEntry => {
        const wake = { id: `reminder-${place}`, revision: 1, wake: 1 };
        const payload = { conversationKey: `directline/customer-${place}`, ...wake };
        return { key: wakeKey(wake), kind: 'reminder', payload, notBeforeMs: nineMs - 1_000 };
      });
      const ticket = ticketOf(await store.accept(anAccept('somebody')));
      await store.commit(aCommit(ticket, { outbox }));
      let handedBack = 0;
      const counted = new Proxy(store, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            if (name === 'failOutbox') handedBack += 1;
            return Reflect.apply(value, target, args);
          };
        },
      });
      const test = new TestAssistant({ store: counted, nowMs: nineMs });
      const customer = test.customer();
      await customer.say('내 미납요금이 얼마예요?');

      const startMs = performance.now();
      test.assistant.outbox.kick();
      await customer.say('010-0000-1001');
      const answeredMs = performance.now();
      while (test.assistant.handset.messagesOf(phone).length === 0)
        await new Promise((resolve) => setImmediate(resolve));
      const waitedMs = performance.now() - answeredMs;

      if (nightly)
        console.log(
          `${count} reminders due, ${handedBack} looked at: the answer after ${Math.round(answeredMs - startMs)} ms, its code ${Math.round(waitedMs)} ms later`,
        );
      expect(handedBack).toBeLessThan(count / 2);
      await test.stop();
    },
    sized(60_000, 300_000),
  );
});
