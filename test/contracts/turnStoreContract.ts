import { describeActivityLog } from './turnStoreActivityLog';
import { describeClaims } from './turnStoreClaims';
import { describeCommit } from './turnStoreCommit';
import { describeErasing } from './turnStoreErasing';
import { aHead, anAccept, HandSetClock, type OpenFixture, type TurnStoreFixture } from './turnStoreFixture';
import { describeInbox } from './turnStoreInbox';
import { describeJournal } from './turnStoreJournal';
import { describeOutbox } from './turnStoreOutbox';
import { describeProperties } from './turnStoreProperties';
import { describeRecordLists } from './turnStoreRecordLists';
import { describeRecords } from './turnStoreRecords';
import { describeSweep } from './turnStoreSweep';

/** Opens a fixture that is disposed of after the test. */
export type OpenStore = (options?: {
  queueLimit?: number;
}) => Promise<TurnStoreFixture & { clock: HandSetClock }>;

/**
 * Everything the assistant relies on in a TurnStore, whatever keeps it.
 * @param openFixture gives a new, empty database at each call
 */
export function describeTurnStore(name: string, openFixture: OpenFixture): void {
  describe(`${name} turn store`, () => {
    const opened: TurnStoreFixture[] = [];
    const open: OpenStore = async (options = {}) => {
      const clock = new HandSetClock();
      const fixture = await openFixture({ clock, ...options });
      opened.push(fixture);
      return { ...fixture, clock };
    };
    afterEach(async () => {
      for (const fixture of opened.splice(0)) await fixture.dispose();
    });

    describeInbox(open);
    describeActivityLog(open);
    describeCommit(open);
    describeRecords(open);
    describeRecordLists(open);
    describeClaims(open);
    describeOutbox(open);
    describeJournal(open);
    describeErasing(open);
    describeSweep(open);
    describeProperties(open);

    it('proves that it writes and reads, also when asked twice at once', async () => {
      const { store } = await open();

      await expect(Promise.all([store.ping(1), store.ping(2), store.ping(3)])).resolves.toBeDefined();
    });

    it('finishes the writes it was given before it closes, and takes none afterwards', async () => {
      const { store, reopen } = await open();
      const accepted = store.accept(anAccept('m1'));
      await store.close();
      await expect(accepted).resolves.toMatchObject({ status: 'accepted' });

      const unavailable = { code: 'StoreUnavailable' };
      await expect(store.accept(anAccept('m2'))).rejects.toMatchObject(unavailable);
      await expect(store.readRecord('k')).rejects.toMatchObject(unavailable);
      await expect(store.ping(1)).rejects.toMatchObject(unavailable);
      const again = await reopen();
      expect((await again.readLog(aHead().key, 0, 10)).map((entry) => entry.activity.id)).toEqual(['m1']);
    });
  });
}
