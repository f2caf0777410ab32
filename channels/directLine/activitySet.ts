import { activityJson } from '../../services/turn/activityJson';
import type { LoggedActivity } from '../../services/turn/turnStore';
import type { DirectLineStore } from './directLineDeps';
import { formatWatermark } from './watermark';

/** Activities in one set; a client with more to read gets the next set after it. */
const mostActivities = 100;
/** A set is no larger, unless it is one activity alone: a client that does not read costs no more than two of them. */
const mostBytes = 512 * 1024;
/** One activity may have a quarter of a megabyte, and most clients are behind by a few: more are not read at once. */
const readAtOnce = 10;

/** Direct Line's ActivitySet: a part of a conversation's log, in log order, no larger than one answer may be. */
export class ActivitySet {
  private readonly texts: string[] = [];
  private bytes = 0;
  private full = false;

  /** @param lastSeq the `seq` that the client has */
  constructor(private lastSeq: number) {}

  /** What comes after a place in the log, as much as one set holds. @throws StoreUnavailableError */
  static async read(
    store: Pick<DirectLineStore, 'readLog'>,
    conversationKey: string,
    after: number,
  ): Promise<ActivitySet> {
    const set = new ActivitySet(after);
    for (let more = true; more && !set.full; ) {
      const entries = await store.readLog(conversationKey, set.lastSeq, readAtOnce);
      set.add(entries);
      more = entries.length === readAtOnce;
    }
    return set;
  }

  /** Takes the first of these, as many as there is room for. @param entries what comes next in the log */
  add(entries: readonly LoggedActivity[]): void {
    for (const { seq, activity } of entries) {
      const text = activityJson(activity);
      this.bytes += Buffer.byteLength(text);
      this.full ||= this.texts.length > 0 && this.bytes > mostBytes;
      if (this.full) return;
      this.texts.push(text);
      this.lastSeq = seq;
      this.full = this.texts.length === mostActivities;
    }
  }

  get isEmpty(): boolean {
    return this.texts.length === 0;
  }

  /** Whether the log may hold more than this. */
  get isFull(): boolean {
    return this.full;
  }

  /** The `seq` of the last activity in it; what the client has had, when it is empty. */
  get reached(): number {
    return this.lastSeq;
  }

  /** As bytes: a socket counts letters of text that waits, and keeps Korean ones in two bytes each. */
  toBytes(): Buffer {
    const watermark = JSON.stringify(formatWatermark(this.lastSeq));
    return Buffer.from(`{"activities":[${this.texts.join()}],"watermark":${watermark}}`);
  }
}
