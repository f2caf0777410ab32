import { eraseSecondHalf, mayEndWithFirstHalf } from '../services/redaction/splitResidentNumber';
import type { InboundActivity } from '../services/turn/inboundActivity';
import type { TurnStore } from '../services/turn/turnStore';

/** Two messages longer apart than this do not make one number. */
const mostApartMs = 10 * 60_000;
/** Bot replies that may stand between the customer's two messages. */
const entriesBack = 12;

/**
 * Erases a resident registration number that came in two messages: six digits, then seven. The message before is known
 * from the activity log alone, where its digits are hidden. Reads the log only when a message begins with such digits.
 * @param cleaned without whole resident numbers
 */
export async function eraseSplitResidentNumber(
  store: Pick<TurnStore, 'lastSeq' | 'readLog'>,
  conversationKey: string,
  cleaned: { readonly activity: InboundActivity; readonly erased: boolean },
  nowMs: number,
): Promise<{ readonly activity: InboundActivity; readonly erased: boolean }> {
  const { activity } = cleaned;
  const half = eraseSecondHalf(activity.text ?? '');
  if (!half.erased) return cleaned;
  const lastSeq = await store.lastSeq(conversationKey);
  const entries = await store.readLog(conversationKey, Math.max(0, lastSeq - entriesBack), entriesBack);
  const before = entries.map((entry) => Object(entry.activity)).findLast(({ from }) => from?.role === 'user');
  const apartMs = nowMs - Date.parse(String(before?.timestamp));
  if (!(apartMs <= mostApartMs) || !mayEndWithFirstHalf(String(before?.text ?? ''))) return cleaned;
  return { activity: { ...activity, text: half.text }, erased: true };
}
