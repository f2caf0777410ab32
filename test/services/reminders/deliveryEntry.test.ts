import { handOver, messagePayload } from '../../../services/reminders/deliveryEntry';
import { type ChosenWays, readWays, waysKey, writeWays } from '../../../services/reminders/deliveryWays';
import type { JsonValue } from '../../../services/turn/turnStore';

const nowMs = Date.parse('2026-12-05T12:00:00+09:00');
const owner = 'directline/one';
const message = {
  conversationKey: owner,
  key: 'reminder/7/1/2026-12-07',
  language: 'ko',
  texts: { chat: 'in the chat', sms: 'as a text message' },
  nowMs,
} as const;

function aTurn() {
  const records = new Map<string, JsonValue>();
  const expiries = new Map<string, number | undefined>();
  const entries: { key: string; kind: string; payload: JsonValue }[] = [];
  const tx = {
    read: async (key: string) => records.get(key),
    write: async (key: string, value: JsonValue, expiresAtMs?: number) => {
      records.set(key, value);
      expiries.set(key, expiresAtMs);
    },
    enqueue: (entry: { key: string; kind: string; payload: JsonValue }) => void entries.push(entry),
  };
  return { tx, records, expiries, entries };
}

const ways = (parts: Partial<ChosenWays>): ChosenWays => ({
  order: ['sms', 'chat'],
  consent: { atMs: nowMs, wording: '2026-11' },
  ...parts,
});

describe('the ways that a customer chose', () => {
  it('are kept with the consent, until the grant ends', async () => {
    const { tx, records, expiries } = aTurn();
    await writeWays(tx, owner, ways({ grant: 'sealed' }), nowMs + 5);
    expect(readWays(records.get(waysKey(owner)))).toEqual(ways({ grant: 'sealed' }));
    expect(expiries.get(waysKey(owner))).toBe(nowMs + 5);
  });

  it.each([
    ['absent', undefined],
    ['without an order', { version: 1, order: [], consent: { atMs: 1, wording: 'x' } }],
    ['with a way twice', { version: 1, order: ['sms', 'sms'], consent: { atMs: 1, wording: 'x' } }],
    ['with an unknown way', { version: 1, order: ['fax'], consent: { atMs: 1, wording: 'x' } }],
    ['without a consent', { version: 1, order: ['sms'] }],
  ])('count as not chosen when the record is %s', (_, value) => {
    expect(readWays(value)).toBeUndefined();
  });
});

describe('a due reminder', () => {
  it('is said in the chat when nothing was chosen, or the chat', async () => {
    const { tx, entries } = aTurn();
    expect(await handOver(tx, message)).toBe('chat');
    await writeWays(tx, owner, ways({ order: ['chat'] }), nowMs + 5);
    expect(await handOver(tx, message)).toBe('chat');
    expect(entries).toEqual([]);
  });

  it('goes through KakaoTalk’s Event API where nothing else was chosen there', async () => {
    const { tx, entries } = aTurn();
    expect(await handOver(tx, { ...message, conversationKey: 'kakao/one' })).toBe('handedOver');
    const payload = messagePayload.parse(entries[0]?.payload);
    expect(payload.ways.map(({ way }) => way)).toEqual(['kakao', 'chat']);
    expect(payload.grant).toBeUndefined();
  });

  it('is handed to the chosen ways in their order, each with its words', async () => {
    const { tx, entries } = aTurn();
    await writeWays(tx, owner, ways({ order: ['kakao', 'sms', 'chat'], grant: 'sealed' }), nowMs + 5);

    expect(await handOver(tx, message)).toBe('handedOver');

    const [entry] = entries;
    expect(entry).toMatchObject({ key: 'reminderMessage/reminder/7/1/2026-12-07', kind: 'reminderMessage' });
    const payload = messagePayload.parse(entry?.payload);
    expect(payload.ways).toEqual([
      { way: 'kakao', text: 'in the chat' },
      { way: 'sms', text: 'as a text message' },
      { way: 'chat', text: 'in the chat' },
    ]);
    expect(payload).toMatchObject({ conversationKey: owner, grant: 'sealed', sinceMs: nowMs });
    expect(payload.untilMs).toBe(nowMs + 12 * 3_600_000);
  });

  it('waits no longer than its words are true', async () => {
    const { tx, entries } = aTurn();
    await writeWays(tx, owner, ways({ grant: 'sealed' }), nowMs + 5);
    await handOver(tx, { ...message, trueUntilMs: nowMs + 60_000 });
    expect(messagePayload.parse(entries[0]?.payload).untilMs).toBe(nowMs + 60_000);
  });
});
