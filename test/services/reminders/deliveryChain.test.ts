import type { DueStatus } from '../../../services/billing/dueStatus';
import {
  BillingUnavailableError,
  DeliveryRefusedError,
  DeliveryUnavailableError,
} from '../../../services/errors';
import { StandingGrant } from '../../../services/identity/standingGrant';
import {
  type CarriedMessage,
  DeliveryChain,
  type DeliveryChainOptions,
} from '../../../services/reminders/deliveryChain';
import type { MessagePayload } from '../../../services/reminders/deliveryEntry';
import type { DeliveryWay } from '../../../services/reminders/deliveryWays';
import type { Claim } from '../../../services/reminders/stillHolds';
import type { RecordWrite } from '../../../services/turn/turnStore';

const at = (text: string) => Date.parse(`${text}+09:00`);
const noon = at('2026-12-05T12:00:00');
const refused = new DeliveryRefusedError('never');
const unavailable = new DeliveryUnavailableError('later');

const aPayload = (parts: Partial<MessagePayload> = {}): MessagePayload => ({
  conversationKey: 'directline/one',
  language: 'ko',
  ways: [
    { way: 'sms', text: 'as a text message' },
    { way: 'chat', text: 'in the chat' },
  ],
  sinceMs: noon,
  untilMs: noon + 3_600_000,
  ...parts,
});

/** A chain whose carriers note what they get and then do as told. */
function scene(
  outcomes: Partial<Record<DeliveryWay, Error | undefined>>,
  nowMs = noon,
  isKnown = true,
  isStopped = false,
  isGroup = false,
) {
  const carried: (CarriedMessage & { way: DeliveryWay })[] = [];
  const carriers: Partial<Record<DeliveryWay, DeliveryChainOptions['carriers']['sms']>> = {};
  for (const way of ['chat', 'sms', 'kakao'] as const) {
    if (!(way in outcomes)) continue;
    carriers[way] = {
      deliver: async (message) => {
        carried.push({ ...message, way });
        const outcome = outcomes[way];
        if (outcome !== undefined) throw outcome;
      },
    };
  }
  const head = {
    key: 'directline/one',
    channelId: 'directline',
    conversationId: 'one',
    userId: 'dl_one',
    reference: { conversation: { isGroup } },
    createdAtMs: 0,
  };
  const messages = [{ key: 'key', untilMs: noon + 1 }];
  const out = { version: 1, value: { version: 1, messages: isStopped ? [] : messages } };
  const written: RecordWrite[] = [];
  const store = {
    getConversation: async () => (isKnown ? head : undefined),
    readRecord: async () => out,
    writeRecords: async (writes: readonly RecordWrite[]) => {
      written.push(...writes);
      return 'written' as const;
    },
  };
  const time: { nowMs: number; bill?: DueStatus } = { nowMs };
  const dues = {
    dueStatus: async () => {
      if (time.bill === undefined) throw new BillingUnavailableError('down');
      return time.bill;
    },
    isAnswering: async () => time.bill !== undefined,
  };
  const facts = { binding: head, lineId: 'line', grantedAtMs: 0, expiresAtMs: Number.MAX_SAFE_INTEGER };
  const grants = { open: (sealed: string) => (sealed === 'sealed' ? new StandingGrant(facts) : undefined) };
  const chain = new DeliveryChain({ carriers, store, clock: { now: () => time.nowMs }, dues, grants });
  return { chain, carried, time, written, ways: () => carried.map(({ way }) => way) };
}

describe('a reminder on its way', () => {
  it('leaves by the first way that takes it, and by no other', async () => {
    const { chain, carried } = scene({ chat: undefined, sms: undefined });

    expect(await chain.deliver(aPayload({ grant: 'sealed' }), 'key')).toEqual({
      status: 'delivered',
      way: 'sms',
    });

    expect(carried).toEqual([
      {
        way: 'sms',
        conversationKey: 'directline/one',
        text: 'as a text message',
        language: 'ko',
        key: 'key',
        grant: 'sealed',
      },
    ]);
  });

  it('takes the next way when one refuses for good', async () => {
    const { chain, carried, ways } = scene({ chat: undefined, sms: refused });
    expect(await chain.deliver(aPayload(), 'key')).toEqual({ status: 'delivered', way: 'chat' });
    expect(ways()).toEqual(['sms', 'chat']);
    expect(carried[1]).toMatchObject({ text: 'in the chat' });
  });

  it('waits for a way that is only busy, and for a minute no longer', async () => {
    const { chain, time, ways } = scene({ chat: undefined, sms: unavailable });
    await expect(chain.deliver(aPayload(), 'key')).rejects.toBe(unavailable);
    time.nowMs = noon + 60_000;
    await expect(chain.deliver(aPayload(), 'key')).rejects.toBe(unavailable);
    expect(ways()).toEqual(['sms', 'sms']);

    time.nowMs += 1;

    expect(await chain.deliver(aPayload(), 'key')).toEqual({ status: 'delivered', way: 'chat' });
  });

  it('keeps trying the last way as long as it may take it', async () => {
    const { chain } = scene({ chat: unavailable, sms: refused }, noon + 600_000);
    await expect(chain.deliver(aPayload(), 'key')).rejects.toBe(unavailable);
  });

  it('ends when no way will ever take it', async () => {
    const { chain } = scene({ chat: refused, sms: refused });
    await expect(chain.deliver(aPayload(), 'key')).rejects.toThrow(DeliveryRefusedError);
  });

  it('passes over a way that is not set up', async () => {
    const { chain, ways } = scene({ chat: undefined });
    const payload = aPayload({
      ways: [
        { way: 'kakao', text: 'k' },
        { way: 'chat', text: 'c' },
      ],
    });
    expect(await chain.deliver(payload, 'key')).toEqual({ status: 'delivered', way: 'chat' });
    expect(ways()).toEqual(['chat']);
  });

  it.each([
    ['2026-12-05T21:00:00', '2026-12-06T08:00:00'],
    ['2026-12-06T07:59:59', '2026-12-06T08:00:00'],
  ])('waits at %s until the morning', async (now, morning) => {
    const { chain, ways } = scene({ chat: undefined, sms: undefined }, at(now));
    const payload = aPayload({ untilMs: at('2026-12-07T00:00:00') });
    await expect(chain.deliver(payload, 'key')).rejects.toMatchObject({
      code: 'DeliveryPostponed',
      laterMs: at(morning) - at(now),
    });
    expect(ways()).toEqual([]);
  });

  it('is not sent when it comes too late to be of use', async () => {
    const { chain, ways } = scene({ chat: undefined, sms: undefined }, noon + 3_600_000);
    expect(await chain.deliver(aPayload(), 'key')).toEqual({ status: 'tooLate' });
    expect(ways()).toEqual([]);
  });

  it('is not sent to somebody who has had the conversation erased', async () => {
    const { chain, ways } = scene({ chat: undefined, sms: undefined }, noon, false);
    expect(await chain.deliver(aPayload(), 'key')).toEqual({ status: 'gone' });
    expect(ways()).toEqual([]);
  });

  it('is not sent any more once the customer has stopped it', async () => {
    const { chain, ways } = scene({ chat: undefined, sms: undefined }, noon, true, true);
    expect(await chain.deliver(aPayload(), 'key')).toEqual({ status: 'stopped' });
    expect(ways()).toEqual([]);
  });

  it('does not begin by another way once night has fallen', async () => {
    const { chain, time, ways, carried } = scene(
      { sms: refused, chat: undefined },
      at('2026-12-05T20:59:59'),
    );
    const payload = aPayload({ untilMs: at('2026-12-06T09:00:00') });
    const push = carried.push.bind(carried);
    carried.push = (...more) => {
      time.nowMs = at('2026-12-05T21:00:01');
      return push(...more);
    };
    await expect(chain.deliver(payload, 'key')).rejects.toMatchObject({ code: 'DeliveryPostponed' });
    expect(ways()).toEqual(['sms']);
  });

  const due = (grant = 'sealed'): Claim => ({ kind: 'due', dueDate: '2026-12-07', grant });
  const unpaid: DueStatus = { anythingDue: true, dueDates: ['2026-12-07'], settled: true };
  const paid: DueStatus = { anythingDue: false, dueDates: [], settled: true };
  it.each<[string, Claim, DueStatus | undefined, string]>([
    ['still to be paid', due(), unpaid, 'delivered'],
    ['paid', due(), paid, 'untrue'],
    ['not known now', due(), undefined, 'DeliveryUnavailable'],
    ['of a grant that opens nothing any more', due('other'), unpaid, 'untrue'],
    ['that something remains, which is so', { kind: 'rest', grant: 'sealed' }, unpaid, 'delivered'],
    ['that something remains, which is paid', { kind: 'rest', grant: 'sealed' }, paid, 'untrue'],
    ['that the lookup works, which it does', { kind: 'answering' }, paid, 'delivered'],
    ['that the lookup works, which it does not', { kind: 'answering' }, undefined, 'DeliveryUnavailable'],
  ])('is looked up again when it leaves late: %s', async (_, claim, bill, outcome) => {
    const { chain, time, ways } = scene({ chat: undefined, sms: undefined }, noon + 60_001);
    if (bill !== undefined) time.bill = bill;
    const ended = await chain.deliver(aPayload({ claim }), 'key').catch((error: unknown) => error);
    expect(Object(ended).status ?? Object(ended).code).toBe(outcome);
    expect(ways()).toEqual(outcome === 'delivered' ? ['sms'] : []);
  });

  it('is not waited for any more once it has left, and until then it is', async () => {
    const gone = scene({ chat: undefined });
    await gone.chain.deliver(aPayload(), 'key');
    expect(gone.written).toEqual([
      { key: 'reminderOut/directline/one', expectedVersion: 1, change: 'delete' },
    ]);
    const waiting = scene({ chat: unavailable });
    await waiting.chain.deliver(aPayload(), 'key').catch(() => {});
    expect(waiting.written).toEqual([]);
  });

  it('was looked up just now when it leaves at once', async () => {
    const { chain, ways } = scene({ chat: undefined, sms: undefined }, noon + 60_000);
    await chain.deliver(aPayload({ claim: due() }), 'key');
    expect(ways()).toEqual(['sms']);
  });

  it('is not sent where others have come to read along', async () => {
    const { chain, ways } = scene({ chat: undefined, sms: undefined }, noon, true, false, true);
    expect(await chain.deliver(aPayload(), 'key')).toEqual({ status: 'group' });
    expect(ways()).toEqual([]);
  });

  it('refuses what is no message', async () => {
    const { chain } = scene({ chat: undefined });
    await expect(chain.deliver({ conversationKey: 'x' }, 'key')).rejects.toThrow();
  });
});
