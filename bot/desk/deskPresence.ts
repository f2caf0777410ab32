import type { Clock } from '../../services/clock';
import { changeRecord, type DeskStore } from '../../services/desk/deskStore';

const prefix = 'deskPresence/';
const lifeMs = 60_000;
const mostPeople = 1_000;

/** Who has the desk open, on whichever node: records that are renewed while they have. */
export class DeskPresence {
  constructor(
    private readonly store: Pick<DeskStore, 'readRecord' | 'writeRecords' | 'listRecords'>,
    private readonly clock: Clock,
  ) {}

  /** To be called at least every 30 s for everybody who is there. */
  async note(names: Iterable<string>): Promise<void> {
    const nowMs = this.clock.now();
    for (const name of new Set(names)) {
      await changeRecord(this.store, `${prefix}${name}`, nowMs, () => ({
        result: undefined,
        change: { value: { name, atMs: nowMs }, expiresAtMs: nowMs + lifeMs },
      }));
    }
  }

  async online(): Promise<ReadonlySet<string>> {
    const listed = await this.store.listRecords(prefix, undefined, mostPeople);
    return new Set(listed.map(({ key }) => key.slice(prefix.length)));
  }
}
