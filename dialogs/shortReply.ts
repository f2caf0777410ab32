import { exactTopic } from '../cards/topicSuggestions';
import type { Topic } from '../services/intent/intent';
import { parseChoice } from '../services/intent/requests/choice';
import {
  type Correction,
  othersThan,
  parseCorrection,
  resolveCorrection,
} from '../services/intent/requests/correction';
import { parseFollowUp } from '../services/intent/requests/followUp';
import { resolveFollowUp } from '../services/intent/requests/resolveFollowUp';
import type { Request, Subject } from '../services/intent/requests/subject';
import { stringsFor } from '../strings';
import { subjectOf } from './conversationMemory';
import type { DialogTurn } from './dialogTurn';

/** What a message means that lives on what was said before. */
export type ShortReply =
  | { readonly kind: 'request'; readonly request: Request }
  /** A number that no button has. */
  | { readonly kind: 'notOnList' }
  /** Not this, but not said what: the other ways. @see othersThan */
  | { readonly kind: 'others'; readonly topics: readonly Topic[] }
  /** The same, and what runs is not wanted either. */
  | { readonly kind: 'instead'; readonly request: Request };

/** A button's own words mean that button, whatever the recogniser has learnt. */
export function buttonTopic(text: string): Topic | undefined {
  return exactTopic(text, [stringsFor('ko'), stringsFor('en')]);
}

const anyWay: Subject = { topic: 'check_methods' };

/** Whether the check that waits, or the amount behind it, is what somebody does not want. */
function refusesAmount({ refused }: Correction, subject: Subject): boolean {
  const topic = refused.kind === 'it' ? subject.topic : refused.kind === 'topic' ? refused.topic : undefined;
  return topic === 'unpaid_balance';
}

/**
 * Reads a message against what the conversation was about: "두 번째 거", "아니 앱 말고", "그럼 홈페이지는요?". Undefined
 * when it stands for itself.
 * @param shown the buttons under the last reply
 * @param inDialog a step waits for an answer: then numbers are its own
 */
export function readShortReply(
  turn: DialogTurn,
  text: string,
  shown: readonly Topic[],
  inDialog: boolean,
): ShortReply | undefined {
  if (buttonTopic(text) !== undefined) return undefined;
  if (!inDialog && shown.length > 0) {
    const place = parseChoice(text);
    const topic = place === undefined ? undefined : shown.at(place > 0 ? place - 1 : place);
    if (topic !== undefined) return { kind: 'request', request: { kind: 'topic', topic } };
    if (place !== undefined) return { kind: 'notOnList' };
  }
  const subject = subjectOf(turn.memory, turn.nowMs);
  const correction = parseCorrection(text);
  if (correction !== undefined) {
    // "앱 말고" says by itself what is talked of; "그거 말고" does not.
    const about = subject ?? (correction.refused.kind === 'it' ? undefined : anyWay);
    if (about === undefined) return undefined;
    const request = resolveCorrection(correction, about);
    if (request === undefined) return { kind: 'others', topics: othersThan(correction, about) };
    return { kind: refusesAmount(correction, about) ? 'instead' : 'request', request };
  }
  if (subject === undefined) return undefined;
  const followUp = parseFollowUp(text);
  const request = followUp === undefined ? undefined : resolveFollowUp(followUp, subject);
  return request === undefined ? undefined : { kind: 'request', request };
}
