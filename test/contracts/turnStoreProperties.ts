import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import type {
  AcceptResult,
  CommitResult,
  JsonValue,
  RecordWrite,
  TurnStore,
} from '../../services/turn/turnStore';
import { sized } from '../size';
import type { OpenStore } from './turnStoreContract';
import { aCommit, aHead, anAccept, anActivity, ticketOf } from './turnStoreFixture';
import { type ModelCommit, type ModelRecord, TurnStoreModel } from './turnStoreModel';

const conversationIds = ['c0', 'c1', 'c2'];
const conversation = fc.constantFrom(...conversationIds);
const recordKey: fc.Arbitrary<string> = fc.constantFrom('r0', 'r1', 'r2');

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('accept' as const),
      conversationId: conversation,
      idempotencyKey: fc.nat(12),
      echo: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('commit' as const),
      conversationId: conversation,
      pick: fc.nat(),
      records: fc.uniqueArray(
        fc.record({
          key: recordKey,
          stale: fc.boolean(),
          change: fc.constantFrom('set', 'expire', 'delete', 'check'),
        }),
        { selector: ({ key }) => key, maxLength: 3 },
      ),
      replies: fc.nat(3),
      outbox: fc.array(fc.nat(9), { maxLength: 2 }),
      leaseOutboxMs: fc.option(fc.constant(1_000), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('wait' as const), ms: fc.nat(60) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'sweepExpired' as const }) },
  { weight: 1, arbitrary: fc.constant({ type: 'reopen' as const }) },
);
type CommitStep = Extract<typeof step extends fc.Arbitrary<infer S> ? S : never, { type: 'commit' }>;

export function describeProperties(open: OpenStore): void {
  describe('whatever happens in whatever order', () => {
    const seed = randomInt(2 ** 31);

    it(
      `gives the answers of a plain model (seed ${seed})`,
      async () => {
        await fc.assert(
          fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
            const { store, clock, reopen, dispose } = await open({ queueLimit: 6 });
            const walk = new ModelWalk(store, new TurnStoreModel(6));
            for (const now of steps) {
              if (now.type === 'wait') clock.advance(now.ms);
              else if (now.type === 'reopen') walk.store = await reopen();
              else if (now.type === 'accept')
                await walk.accept(now.conversationId, now.idempotencyKey, now.echo);
              else if (now.type === 'commit') await walk.commit(now, clock.now());
              else {
                await walk.store.sweep({ nowMs: clock.now(), keysBeforeMs: 0, conversationsBeforeMs: 0 });
              }
            }
            await walk.compareAll(clock.now());
            await dispose();
          }),
          { seed, numRuns: sized(25, 500), endOnFailure: false },
        );
      },
      sized(60_000, 1_200_000),
    );

    it(
      `gives turns that run at once the effect of some order, one after another (seed ${seed})`,
      async () => {
        const turn = fc.record({
          conversationId: conversation,
          touches: fc.uniqueArray(recordKey, { minLength: 1, maxLength: 3 }),
        });
        await fc.assert(
          fc.asyncProperty(fc.array(turn, { minLength: 2, maxLength: 40 }), async (turns) => {
            const { store, dispose } = await open();
            await Promise.all(turns.map((now, index) => runAppending(store, `t${index}`, now)));

            const lists = new Map<string, JsonValue>();
            for (const key of ['r0', 'r1', 'r2']) lists.set(key, (await store.readRecord(key)).value ?? []);
            const expected = (key: string) =>
              turns.flatMap(({ touches }, index) => (touches.includes(key) ? [`t${index}`] : []));
            for (const [key, list] of lists) expect([...asList(list)].sort()).toEqual(expected(key).sort());
            for (const one of lists.values()) for (const other of lists.values()) expectSameOrder(one, other);
            for (const conversationId of conversationIds) {
              const log = await store.readLog(aHead({ conversationId }).key, 0, 1_000);
              const count = 2 * turns.filter((now) => now.conversationId === conversationId).length;
              expect(log.map((entry) => entry.seq)).toEqual(Array.from({ length: count }, (_, i) => i + 1));
            }
            await dispose();
          }),
          { seed, numRuns: sized(12, 200) },
        );
      },
      sized(60_000, 1_200_000),
    );
  });
}

/** What a store says of its own accord must be true; it need not say it. */
function expectResult<Result extends AcceptResult | CommitResult>(actual: Result, expected: Result): void {
  const { alone, pending, ...required } = { alone: undefined, pending: undefined, ...expected };
  const { leased: _, ...said } = { leased: undefined, ...actual };
  expect(said).toMatchObject(required);
  expect({ alone, pending, ...required }).toMatchObject(said);
}

/** Does every step on the store and on the model, and compares the answers. */
class ModelWalk {
  private steps = 0;
  /** What was read of each record at earlier steps, with the version that the store gave for it. */
  private readonly seen = new Map<string, { record: ModelRecord; version: number }[]>();
  /** Keys of entries that were leased by their commit. */
  private readonly leased = new Set<string>();

  constructor(
    public store: TurnStore,
    private readonly model: TurnStoreModel,
  ) {}

  async accept(conversationId: string, idempotencyKey: number, echo: boolean): Promise<void> {
    this.steps += 1;
    const id = `m${this.steps}`;
    const { echo: logged, ...silent } = anAccept(id, {
      conversation: aHead({ conversationId, reference: this.steps }),
      idempotencyKey: `k${idempotencyKey}`,
    });
    const request = echo && logged ? { ...silent, echo: logged } : silent;
    expectResult(await this.store.accept(request), this.model.accept(request));
  }

  async commit(step: CommitStep, nowMs: number): Promise<void> {
    const { key: conversationKey } = aHead({ conversationId: step.conversationId });
    const turns = this.model.turnCount(conversationKey);
    if (turns === 0) return;
    this.steps += 1;
    const reads = await Promise.all(
      step.records.map(async ({ key, stale, change }) => {
        const now = await this.read(key, nowMs);
        const old = this.seen.get(key)?.at(-2);
        return { key, change: this.changeOf(change, nowMs), ...(stale && old ? old : now) };
      }),
    );
    const turn: Omit<ModelCommit, 'records'> = {
      conversationKey,
      ticket: (step.pick % turns) + 1,
      replies: Array.from({ length: step.replies }, (_, index) => anActivity(`r${this.steps}.${index}`)),
      outbox: step.outbox.map((key) => ({
        key: `o${key}`,
        kind: 'sms',
        payload: this.steps,
        notBeforeMs: 0,
      })),
    };
    const toStore = reads.map(({ key, change, version }) => ({ key, change, expectedVersion: version }));
    const toModel = reads.map(({ key, change, record }) => ({ key, change, seen: record }));
    const { leaseOutboxMs } = step;
    const known = new Map(this.model.waiting());
    const result = await this.store.commit(
      aCommit(turn.ticket, { ...turn, records: toStore, ...(leaseOutboxMs && { leaseOutboxMs }) }),
    );
    expectResult(result, this.model.commit({ ...turn, records: toModel }, nowMs));
    for (const { key, payload } of (result.status === 'committed' && result.leased) || []) {
      expect([leaseOutboxMs, known.has(key), payload]).toEqual([1_000, false, this.steps]);
      this.leased.add(key);
    }
  }

  async compareAll(nowMs: number): Promise<void> {
    for (const conversationId of conversationIds) {
      const { key } = aHead({ conversationId });
      const log = this.model.log(key);
      expect(await this.store.readLog(key, 0, 1_000)).toEqual(log);
      expect(await this.store.lastSeq(key)).toBe(log.length);
      expect((await this.store.getConversation(key))?.reference).toEqual(this.model.reference(key));
      expect((await this.store.nextPending(key))?.ticket).toBe(this.model.oldestPending(key));
    }
    for (const key of ['r0', 'r1', 'r2']) await this.read(key, nowMs);
    const due = await this.store.claimOutbox(0, 100, 1);
    const free = this.model.waiting().filter(([key]) => !this.leased.has(key));
    expect(due.map(({ key, payload }) => [key, payload])).toEqual(free);
  }

  /** Reads a record from both; one version must always mean one and the same write. */
  private async read(key: string, nowMs: number): Promise<{ record: ModelRecord; version: number }> {
    const { version, value } = await this.store.readRecord(key);
    const record = this.model.record(key, nowMs);
    expect(value).toEqual(record.value);
    expect(version === 0).toBe(record.stamp === 0);
    const seen = this.seen.get(key) ?? [];
    for (const earlier of seen)
      expect(earlier.version === version).toBe(earlier.record.stamp === record.stamp);
    if (seen.at(-1)?.version !== version) this.seen.set(key, [...seen, { record, version }]);
    return { record, version };
  }

  private changeOf(change: CommitStep['records'][number]['change'], nowMs: number): RecordWrite['change'] {
    if (change === 'delete') return 'delete';
    if (change === 'check') return 'checkOnly';
    const value = { by: this.steps };
    return change === 'expire' ? { value, expiresAtMs: nowMs + 40 } : { value };
  }
}

/** Runs one turn that adds its id to some records, again and again until nobody was faster. */
async function runAppending(
  store: TurnStore,
  id: string,
  { conversationId, touches }: { conversationId: string; touches: readonly string[] },
): Promise<void> {
  const ticket = ticketOf(await store.accept(anAccept(id, { conversationId })));
  for (;;) {
    const records = await Promise.all(
      touches.map(async (key) => {
        const { version, value } = await store.readRecord(key);
        return { key, expectedVersion: version, change: { value: [...asList(value), id] } };
      }),
    );
    const { key: conversationKey } = aHead({ conversationId });
    const result = await store.commit(
      aCommit(ticket, { conversationKey, records, replies: [anActivity(`reply to ${id}`)] }),
    );
    if (result.status === 'committed') return;
    expect(result.status).toBe('conflict');
  }
}

function asList(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/** Turns that wrote both lists must stand in both in one order: else no serial order explains them. */
function expectSameOrder(one: JsonValue, other: JsonValue): void {
  const first = asList(one);
  const second = asList(other);
  expect(first.filter((id) => second.includes(id))).toEqual(second.filter((id) => first.includes(id)));
}
