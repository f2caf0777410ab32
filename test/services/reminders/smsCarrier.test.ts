import { DemoHandset } from '../../../channels/sms/demoHandset';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { DeliveryRefusedError, LineSystemUnavailableError } from '../../../services/errors';
import { DemoLineDirectory } from '../../../services/identity/demoLineDirectory';
import { identityPolicy } from '../../../services/identity/identityPolicy';
import { type Binding, mintProof } from '../../../services/identity/proof';
import { grantLifetimeMs, StandingGrants } from '../../../services/identity/standingGrant';
import { UsableLines } from '../../../services/identity/usableLines';
import { systemRandomness } from '../../../services/randomness';
import { SmsCarrier, type SmsCarrierOptions } from '../../../services/reminders/smsCarrier';
import { dataDir } from '../../assistant';

const nowMs = Date.parse('2026-12-05T12:00:00+09:00');
const binding: Binding = { channelId: 'directline', conversationId: 'one', userId: 'dl_one' };
const ledger = loadDemoLedger(dataDir);
const lineIdOf = (phoneNumber: string) =>
  ledger.customers.find((customer) => customer.phoneNumber === phoneNumber)?.lineId ?? '';

function scene(parts: Partial<SmsCarrierOptions> = {}) {
  const time = { nowMs };
  const clock = { now: () => time.nowMs };
  const grants = new StandingGrants(Buffer.alloc(32, 1), systemRandomness);
  const lines = new DemoLineDirectory(ledger, clock);
  const handset = new DemoHandset(clock);
  const head = { ...binding, key: 'directline/one', reference: {}, createdAtMs: 0 };
  const carrier = new SmsCarrier({
    store: { getConversation: async (key) => (key === head.key ? head : undefined) },
    grants,
    lines,
    usable: new UsableLines(lines, clock, identityPolicy.simChangeQuarantineMs),
    sender: handset,
    clock,
    ...parts,
  });
  const grantOf = (phoneNumber: string, to = binding) =>
    grants.issue(
      mintProof({
        binding: to,
        lineId: lineIdOf(phoneNumber),
        acr: 'acr1',
        authTimeMs: nowMs,
        lastUsedMs: nowMs,
      }),
      nowMs,
    );
  const send = (grant: string | undefined, key = 'key') =>
    carrier.deliver({
      conversationKey: head.key,
      text: '[납부 알림] 오늘이 납부일이에요.',
      language: 'ko',
      key,
      ...(grant === undefined ? {} : { grant }),
    });
  return { send, grantOf, handset, time };
}

describe('a reminder as a text message', () => {
  it('reaches the line that was proved when it was chosen, once', async () => {
    const { send, grantOf, handset } = scene();
    const grant = grantOf('01000001001');
    await send(grant);
    await send(grant);
    expect(handset.messagesOf('01000001001').map(({ text }) => text)).toEqual([
      '[납부 알림] 오늘이 납부일이에요.',
    ]);
    expect(handset.allMessages()).toHaveLength(1);
  });

  it.each([
    ['suspended', '01000001005'],
    ['on a SIM of an hour', '01000001007'],
  ])('does not go to a line that is %s', async (_, phoneNumber) => {
    const { send, grantOf, handset } = scene();
    await expect(send(grantOf(phoneNumber))).rejects.toThrow(DeliveryRefusedError);
    expect(handset.allMessages()).toEqual([]);
  });

  it('does not go out on a grant of another conversation, an old one, or none', async () => {
    const { send, grantOf, handset, time } = scene();
    const elsewhere = grantOf('01000001001', { ...binding, conversationId: 'two' });
    await expect(send(elsewhere)).rejects.toThrow(DeliveryRefusedError);
    await expect(send(undefined)).rejects.toThrow(DeliveryRefusedError);
    await expect(send('not sealed by us')).rejects.toThrow(DeliveryRefusedError);
    const grant = grantOf('01000001001');
    time.nowMs = nowMs + grantLifetimeMs;
    await expect(send(grant)).rejects.toThrow(DeliveryRefusedError);
    expect(handset.allMessages()).toEqual([]);
  });

  it('does not go to a conversation that is gone', async () => {
    const { send, grantOf } = scene({ store: { getConversation: async () => undefined } });
    await expect(send(grantOf('01000001001'))).rejects.toThrow(DeliveryRefusedError);
  });

  it('may go out later when the line system does not answer', async () => {
    const down = new LineSystemUnavailableError('down');
    const { send, grantOf } = scene({ usable: { findAgain: () => Promise.reject(down) } });
    await expect(send(grantOf('01000001001'))).rejects.toBe(down);
  });
});
