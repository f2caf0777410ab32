import fc from 'fast-check';
import type { RecordWrite, TurnStore } from '../../services/turn/turnStore';
import type { OpenStore } from './turnStoreContract';
import { aCommit, aHead, anAccept, oddTexts, putRecord, ticketOf } from './turnStoreFixture';

const absent = { version: 0, value: undefined };

/** Tries one write in a turn of its own. */
async function attempt(store: TurnStore, write: RecordWrite) {
  attempts += 1;
  const ticket = ticketOf(await store.accept(anAccept(`attempt ${attempts}`)));
  const { status } = await store.commit(aCommit(ticket, { records: [write] }));
  if (status === 'conflict') await store.commit(aCommit(ticket));
  return status;
}
let attempts = 0;

export function describeRecords(open: OpenStore): void {
  describe('records', () => {
    it('start absent and count their versions up', async () => {
      const { store } = await open();
      expect(await store.readRecord('k')).toEqual(absent);

      await putRecord(store, 'k', 'one');
      await putRecord(store, 'k', 'two');
      expect(await store.readRecord('k')).toEqual({ version: 2, value: 'two' });
    });

    it('are kept apart and given back unchanged, whatever key and value hold', async () => {
      const { store, reopen } = await open();
      for (const odd of oddTexts) await putRecord(store, odd, { [odd]: odd });

      const again = await reopen();

      for (const odd of oddTexts) expect((await again.readRecord(odd)).value).toEqual({ [odd]: odd });
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary', maxLength: 40 }),
          fc.jsonValue({ stringUnit: 'binary' }),
          async (key, json) => {
            const value = JSON.parse(JSON.stringify(json));
            await putRecord(again, key, value);
            expect((await again.readRecord(key)).value).toEqual(value);
          },
        ),
        { numRuns: 100 },
      );
    });

    it('never have one version twice, so a late turn cannot write over a record made anew', async () => {
      const { store, reopen } = await open();
      const first = await putRecord(store, 'k', 'first');
      await putRecord(store, 'k', undefined);
      expect(await store.readRecord('k')).toEqual(absent);
      const again = await reopen();
      const second = await putRecord(again, 'k', 'second');

      expect(second).toBeGreaterThan(first);
      const late = { key: 'k', expectedVersion: first, change: { value: 'late' } };
      expect(await attempt(again, late)).toBe('conflict');
      expect((await again.readRecord('k')).value).toBe('second');
    });

    it('can be deleted while absent, and not by a turn that read something else', async () => {
      const { store } = await open();
      expect(await attempt(store, { key: 'k', expectedVersion: 0, change: 'delete' })).toBe('committed');

      const version = await putRecord(store, 'k', 'value');
      expect(await attempt(store, { key: 'k', expectedVersion: 0, change: 'delete' })).toBe('conflict');
      expect(await attempt(store, { key: 'k', expectedVersion: version + 1, change: 'delete' })).toBe(
        'conflict',
      );
      expect(await attempt(store, { key: 'k', expectedVersion: version, change: 'delete' })).toBe(
        'committed',
      );
      expect(await store.readRecord('k')).toEqual(absent);
    });

    it('are absent from the moment they expire', async () => {
      const { store, clock, reopen } = await open();
      const version = await putRecord(store, 'k', 'value', clock.now() + 1_000);
      clock.advance(999);
      expect(await store.readRecord('k')).toEqual({ version, value: 'value' });

      clock.advance(1);
      expect(await store.readRecord('k')).toEqual(absent);
      expect(await (await reopen()).readRecord('k')).toEqual(absent);
    });

    it('conflict with a turn that read them alive and commits after they expired', async () => {
      const { store, clock } = await open();
      const version = await putRecord(store, 'proof', 'verified', clock.now() + 1_000);
      clock.advance(1_000);

      for (const change of ['checkOnly', 'delete', { value: 'renewed' }] as const) {
        expect(await attempt(store, { key: 'proof', expectedVersion: version, change })).toBe('conflict');
      }
      expect(await store.readRecord('proof')).toEqual(absent);
    });

    it('can be relied on as absent, and written again, once expired', async () => {
      const { store, clock } = await open();
      const old = await putRecord(store, 'k', 'old', clock.now() + 1_000);
      clock.advance(1_000);

      expect(await attempt(store, { key: 'k', expectedVersion: 0, change: 'checkOnly' })).toBe('committed');
      const write = { key: 'k', expectedVersion: 0, change: { value: 'new' } };
      expect(await attempt(store, write)).toBe('committed');
      expect(await attempt(store, write)).toBe('conflict');

      const fresh = await store.readRecord('k');
      expect(fresh.value).toBe('new');
      expect(fresh.version).toBeGreaterThan(old);
      clock.advance(1e9);
      expect(await store.readRecord('k')).toEqual(fresh);
    });

    it('let one of two turns win that both found them expired', async () => {
      const { store, clock } = await open();
      await putRecord(store, 'k', 'old', clock.now() + 1_000);
      clock.advance(5_000);

      const results = await Promise.all(
        ['one', 'two'].map((value) =>
          attempt(store, {
            key: 'k',
            expectedVersion: 0,
            change: { value, expiresAtMs: clock.now() + 1_000 },
          }),
        ),
      );

      expect(results.sort()).toEqual(['committed', 'conflict']);
    });

    it('do not meet a late turn under an old version after expiry, sweep and a new start', async () => {
      const { store, clock, holds } = await open();
      const old = await putRecord(store, 'k', 'old words', clock.now() + 1_000);
      clock.advance(1_000);
      await store.sweep({ nowMs: clock.now(), keysBeforeMs: 0, conversationsBeforeMs: 0 });
      expect(await holds('old words')).toBe(false);
      const fresh = await putRecord(store, 'k', 'new words');

      expect(fresh).toBeGreaterThan(old);
      const late = { key: 'k', expectedVersion: old, change: { value: 'late' } };
      expect(await attempt(store, late)).toBe('conflict');
    });

    it('belong to no conversation: one turn may change what another reads', async () => {
      const { store } = await open();
      await store.accept(anAccept('m1', { conversationId: 'c2' }));
      await store.commit(
        aCommit(1, {
          conversationKey: aHead({ conversationId: 'c2' }).key,
          records: [{ key: 'line limits', expectedVersion: 0, change: { value: 3 } }],
        }),
      );

      const write = { key: 'line limits', expectedVersion: 0, change: { value: 1 } };
      expect(await attempt(store, write)).toBe('conflict');
    });
  });
}
