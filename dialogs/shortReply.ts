import { exactTopic } from '../cards/topicSuggestions';
import type { Topic } from '../services/intent/intent';
import { asksOfBalance } from '../services/intent/requests/aboutBalance';
import { parseChoice } from '../services/intent/requests/choice';
import {
  type Correction,
  othersThan,
  parseCorrection,
  resolveCorrection,
} from '../services/intent/requests/correction';
import { parseFollowUp } from '../services/intent/requests/followUp';
import { resolveFollowUp } from '../services/intent/requests/resolveFollowUp';
import { channelOfTopic, type Request, type Subject } from '../services/intent/requests/subject';
import { stringsFor } from '../strings';
import { subjectOf } from './conversationMemory';
import type { DialogTurn } from './dialogTurn';
import { asksToRepeat } from './smallWords';

/** What a message means that lives on what was said before. */
export type ShortReply =
  | { readonly kind: 'request'; readonly request: Request }
  /** What the balance is made of. */
  | { readonly kind: 'items' }
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

const moreWords = /자세|detail/i;
/** "다른 방법은 없어요?" */
const otherWays =
  /^(?:그럼\s*|또\s*|혹시\s*)*(?:다른|딴)\s*(?:방법|수단|거|건|데|곳|길)[은는도이]?\s*(?:요|없[가-힣\s]*|있[가-힣\s]*|뭐[가-힣\s]*|알려[가-힣\s]*)?[\s.?!~]*$|^(?:is there |are there )?any ?other (?:way|ways|option|options)[\s.?!]*$/i;

function requestFor(topic: Topic): ShortReply {
  return { kind: 'request', request: { kind: 'topic', topic } };
}

function sameAgain({ topic, aspect, channel }: Subject): ShortReply {
  if (aspect === undefined) return requestFor(topic);
  return { kind: 'request', request: { kind: 'aspect', topic, aspect, channel } };
}

function waysBesides(subject: Subject): ShortReply | undefined {
  if (subject.topic === 'pay_methods')
    return { kind: 'others', topics: ['check_store', 'check_app', 'human_agent'] };
  const ofChannel = channelOfTopic(subject.topic) !== undefined;
  return ofChannel ? { kind: 'others', topics: othersThan({ refused: { kind: 'it' } }, subject) } : undefined;
}

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
  if (asksToRepeat(text)) return sameAgain(subject);
  const ofBalance = asksOfBalance(text);
  if (ofBalance !== undefined && subject.topic === 'unpaid_balance' && !inDialog)
    return ofBalance === 'items' ? { kind: 'items' } : requestFor('unpaid_balance');
  if (ofBalance === 'items' && moreWords.test(text)) return requestFor(subject.topic);
  if (otherWays.test(text)) return waysBesides(subject);
  const followUp = parseFollowUp(text);
  const request = followUp === undefined ? undefined : resolveFollowUp(followUp, subject);
  return request === undefined ? undefined : { kind: 'request', request };
}
