import { eraseConversation } from '../../bot/conversationErasure';
import type { TurnStore } from '../../services/turn/turnStore';
import { openScannedStore } from '../artifacts';
import { TestAssistant, type TestCustomer } from '../assistant';
import { ask, monday, sunday } from './handoffScene';

/** The same store; something else happens just before its n-th call from now on. */
class Interrupted {
  calls = 0;
  readonly store: TurnStore;
  private interruption: { readonly at: number; readonly act: () => Promise<unknown> } | undefined;

  constructor(target: TurnStore) {
    this.store = new Proxy(target, {
      get: (_target, name) => {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== 'function') return method;
        if (!/^(read|write|list|accept|commit|erase|get|next|last)/.test(String(name)))
          return (...args: unknown[]) => method.apply(target, args);
        return async (...args: unknown[]) => {
          await this.count();
          return method.apply(target, args);
        };
      },
    });
  }

  /** @param at the first call is 1 */
  before(at: number, act: () => Promise<unknown>): void {
    this.calls = 0;
    this.interruption = { at, act };
  }

  private async count(): Promise<void> {
    this.calls += 1;
    if (this.interruption?.at !== this.calls) return;
    const { act } = this.interruption;
    this.interruption = undefined;
    await act();
  }
}

const kept = ['handoff/', 'handoffClosed/', 'handoffPacket/', 'callback/', 'memory/'];

/** What is kept of any conversation's handoffs. */
async function remains(store: TurnStore): Promise<string[]> {
  const listed = await Promise.all(kept.map((prefix) => store.listRecords(prefix, undefined, 100)));
  return listed.flat().map(({ key }) => key);
}

const erased = ({ channelId, conversationId, userId }: TestCustomer, store: TurnStore) =>
  eraseConversation(store, { channelId, conversationId, userId });
/** Who comes too late is refused: the conversation is no more. */
const refused = () => [];

describe.each([
  ['a handoff', monday, (customer: TestCustomer) => customer.say(ask)],
  [
    'a request for opening time',
    sunday,
    (customer: TestCustomer) => customer.press({ action: 'handoff.callback' }),
  ],
])('erasing a conversation while %s is begun', (_what, nowMs, begin) => {
  it('leaves nothing, wherever the erasure is overtaken by the whole of it', async () => {
    const test = new TestAssistant({ nowMs });
    const eraser = new Interrupted(test.store);
    let begun = 0;
    for (let at = 1; eraser.calls >= at - 1; at += 1) {
      const customer = test.customer();
      await customer.say('안녕하세요');
      eraser.before(at, async () => {
        begun += (await begin(customer).catch(refused)).length;
      });
      await erased(customer, eraser.store);
      expect([at, await remains(test.store)]).toEqual([at, []]);
      expect([at, await test.store.readLog(customer.key, 0, 100)]).toEqual([at, []]);
    }
    expect(begun).toBeGreaterThan(0);
    await test.stop();
  });

  it('leaves nothing, wherever it is overtaken by the whole erasure', async () => {
    const beneath = openScannedStore({ now: () => nowMs });
    const server = new Interrupted(beneath);
    const test = new TestAssistant({ nowMs, store: server.store });
    let rounds = 0;
    for (let at = 1; rounds === at - 1; at += 1) {
      const customer = test.customer();
      await customer.say('안녕하세요');
      let erasure: Promise<void> | undefined;
      server.before(at, () => {
        erasure = erased(customer, beneath);
        return erasure;
      });
      await begin(customer).catch(refused);
      await test.delivered();
      // Its caller may be one whom nobody waits for.
      await erasure;
      if (erasure === undefined) break;
      rounds += 1;
      expect([at, await remains(beneath)]).toEqual([at, []]);
      expect([at, await beneath.readLog(customer.key, 0, 100)]).toEqual([at, []]);
    }
    expect(rounds).toBeGreaterThan(5);
    await test.stop();
  });
});
