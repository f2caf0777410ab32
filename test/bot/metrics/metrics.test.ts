import * as fc from 'fast-check';
import { Gauges } from '../../../bot/metrics/gauges';
import { Metrics } from '../../../bot/metrics/metrics';
import { observedStore } from '../../../bot/metrics/observedStore';
import { StoreUnavailableError } from '../../../services/errors';
import type { JournalEntry } from '../../../services/journal/journal';
import { openEmbeddedTurnStore } from '../../../store/embedded/embeddedTurnStore';

const aTurn = {
  channelId: 'directline',
  outcome: 'answered' as const,
  ms: { queued: 1, recognise: 2, dialog: 3, commit: 4 },
  journal: [],
};
const clock = { now: () => 1_800_000_000_000 };

/** name{labels} of every series. */
async function series(metrics: Metrics): Promise<string[]> {
  const text = await metrics.registry.metrics();
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.slice(0, line.lastIndexOf(' ')));
}

describe('metrics', () => {
  it('say where a turn’s time went and how its verification ended', async () => {
    const metrics = new Metrics();
    const journal: JournalEntry[] = [
      { stream: 'audit/3', body: { kind: 'verified', by: 'sms', line: 'line-1', acr: 'acr1' } },
      { stream: 'unanswered/3', body: { kind: 'verified' } },
    ];
    metrics.turn({ ...aTurn, journal });
    const text = await metrics.registry.metrics();
    expect(text).toContain('bill_guide_turns_total{channel="directline",outcome="answered"} 1');
    expect(text).toContain('bill_guide_turn_seconds_sum{phase="total"} 0.01');
    expect(text).toContain('bill_guide_turn_seconds_sum{phase="recognise"} 0.002');
    expect(text).toContain('bill_guide_step_up_total{event="verified"} 1');
    expect(text).not.toContain('line-1');
  });

  it('grow by no series that somebody else could make, whatever is sent', async () => {
    const metrics = new Metrics();
    const feed = (word: string) => {
      metrics.turn({ ...aTurn, channelId: word, journal: [{ stream: 'audit/1', body: { kind: word } }] });
      metrics.delivered({ kind: word, lagMs: 1 });
      metrics.notDelivered({ kind: word, givenUp: true });
      metrics.circuit(word, word, 'open');
      metrics.request({ method: word, route: 'none', status: 404, ms: 1 });
    };
    // Names as the code has them fill what room there is; then text of every kind.
    for (let n = 0; n < 100; n += 1) feed(`kind${'abcdefghij'[n % 10]}${'abcdefghij'[Math.floor(n / 10)]}`);
    const before = (await series(metrics)).length;
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (word) => feed(word)));
    for (const word of ['010-0000-1001', '01000001001', '홍길동', '482915', 'a@b.kr', '__proto__'])
      feed(word);
    const after = await series(metrics);
    // At most 'other' is new.
    expect(after.length).toBeLessThanOrEqual(before + 40);
    expect(after.length).toBeLessThan(1_500);
    expect(after.join('\n')).not.toMatch(/010|홍길동|482915|@|__proto__/);
  });

  it('count a store’s calls and failures by the method, and hand its answers on', async () => {
    const metrics = new Metrics();
    const inner = openEmbeddedTurnStore({ file: ':memory:', clock });
    const store = observedStore(inner, (call, ms, failed) => metrics.storeCall(call, ms, failed));
    expect(await store.readRecord('a')).toEqual({ version: 0, value: undefined });
    await store.close();
    await expect(store.readRecord('a')).rejects.toBeInstanceOf(StoreUnavailableError);
    const text = await metrics.registry.metrics();
    expect(text).toContain('bill_guide_store_call_seconds_count{call="readRecord"} 2');
    expect(text).toContain('bill_guide_store_errors_total{call="readRecord"} 1');
  });
});

describe('gauges', () => {
  const now = clock.now();
  const waiting = (state: string, waitingSinceMs: number) => ({ state, waitingSinceMs });

  it('show the queue, the outbox and the sockets as they are when somebody looks', async () => {
    const metrics = new Metrics();
    const store = openEmbeddedTurnStore({ file: ':memory:', clock });
    const handoffs = [
      waiting('requested', now - 90_000),
      waiting('requested', now - 5_000),
      waiting('accepted', 1),
    ];
    await store.writeRecords(
      handoffs.map((value, n) => ({
        key: `handoff/directline/c${n}`,
        expectedVersion: 0,
        change: { value },
      })),
      now,
    );
    const backlog = [{ kind: 'sms', waiting: 7, oldestMs: now - 61_000 }];
    const sources = { listRecords: store.listRecords.bind(store), outboxBacklog: async () => backlog };
    const gauges = new Gauges(metrics.registry, { store: sources, clock, sockets: { chat: () => 12 } });
    await gauges.refresh();
    const text = await metrics.registry.metrics();
    for (const line of [
      'bill_guide_handoffs{state="requested"} 2',
      'bill_guide_handoffs{state="accepted"} 1',
      'bill_guide_handoff_longest_wait_seconds 90',
      'bill_guide_outbox_waiting{kind="sms"} 7',
      'bill_guide_outbox_oldest_seconds{kind="sms"} 61',
      'bill_guide_sockets{of="chat"} 12',
      'bill_guide_gauges_unread 0',
    ])
      expect(text).toContain(line);
    await store.close();
  });

  it('say that they are blind when the store does not answer', async () => {
    const metrics = new Metrics();
    const down = () => Promise.reject(new StoreUnavailableError('down'));
    const store = { listRecords: down, outboxBacklog: down };
    const gauges = new Gauges(metrics.registry, { store, clock, sockets: {} });
    await gauges.refresh();
    expect(await metrics.registry.metrics()).toContain('bill_guide_gauges_unread 1');
  });
});
