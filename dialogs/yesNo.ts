import { startOverReply, whichOneReply } from '../cards/mannersReplies';
import type { Topic } from '../services/intent/intent';
import { type DialogTurn, wordsOf } from './dialogTurn';
import { askNext, choose } from './nearTie';
import type { TextAction } from './textReader';
import { noteChoice } from './unansweredNote';

/** What stood under the last reply. */
export interface Offers {
  /** What a bare yes can mean. */
  readonly offered: readonly Topic[];
  /** Its quick replies, in order. */
  readonly shown: readonly Topic[];
}

/** "네 감사합니다" and "네 알겠습니다" end a talk rather than agree to something. */
const thanksWords = /감사|고마|고맙|thank/i;
const understoodWords = /알겠|알았|understood|got it/i;
/** Wants nothing more, where a plain no only wants something else. */
const enoughWords = /됐|됬|괜찮|필요\s*없|나중|다음에|no thank|later/i;

/** A bare yes or no: to what was offered, to the step that waits, or to nothing. */
export async function readYesNo(
  turn: DialogTurn,
  text: string,
  said: 'yes' | 'no',
  { offered }: Offers,
  inDialog: boolean,
): Promise<TextAction> {
  const { memory } = turn;
  const { s, locale } = wordsOf(turn);
  const [only] = offered;
  if (said === 'yes' && only !== undefined && offered.length === 1) {
    memory.failures = 0;
    if (choose(memory, only)) await noteChoice(turn, 'picked', only);
    memory.asked = undefined;
    return { kind: 'request', request: { kind: 'topic', topic: only }, instead: false };
  }
  if (inDialog) return { kind: 'toStep' };
  if (said === 'no' && memory.asked !== undefined) {
    await noteChoice(turn, 'rejected');
    const next = enoughWords.test(text) ? undefined : askNext(turn);
    memory.asked = next === undefined ? undefined : memory.asked;
    if (next !== undefined) return { kind: 'say', reply: next, reprompt: false };
  }
  memory.failures = 0;
  if (said === 'yes' && thanksWords.test(text))
    return { kind: 'request', request: { kind: 'topic', topic: 'thanks' }, instead: false };
  if (said === 'no' || understoodWords.test(text))
    return { kind: 'say', reply: startOverReply(s.manners.noNeed, s, locale), reprompt: false };
  if (offered.length > 0) memory.offered = [...offered];
  return { kind: 'say', reply: whichOneReply(offered, s, locale), reprompt: false };
}
