import type { ChannelId } from '../../faq/faq';
import type { Topic } from '../intent';
import { channelWords } from './channelWords';
import { meaningsOf, spelledText, vocabulary } from './spelling';
import { channelOfTopic, type Request, type Subject, topicOfChannel } from './subject';

/** What somebody names who corrects what they got. */
export type Named =
  | { readonly kind: 'channel'; readonly channel: ChannelId }
  | { readonly kind: 'topic'; readonly topic: Topic }
  /** A way to do it, whatever was talked of: 방법, "how". */
  | { readonly kind: 'way' }
  /** What was just answered: 그거, "that". */
  | { readonly kind: 'it' };

/** "아니 앱 말고": not this; "그거 말고 홈페이지": not this but that. */
export interface Correction {
  readonly refused: Named;
  readonly wanted?: Named | undefined;
}

const longest = 50;
const koreanContrast = /말고는?|말구|아니고|아니라|됐고/;
const englishNot =
  /^(?:no+[\s,]+|nope[\s,]+)?(?:i\s+(?:do\s+not|don'?t|didn'?t)\s+mean\s+|not\s+)(.+?)(?:\s*[,;.]\s*(?:but\s+)?|\s+but\s+)(.+)$/;
const englishNotAlone =
  /^(?:no+[\s,]+|nope[\s,]+)?(?:not|without|no(?=\s(?:app|website|internet|computer|phone|store|shop)[\s.!]*$)|i\s+(?:do\s+not|don'?t|didn'?t)\s+mean)\s+(.+)$/;
const englishInstead = /^(?:no[\s,]+)?(.+?)\s*,?\s+(?:instead of|rather than|not)\s+(.+)$/;

const words = vocabulary<Named | 'filler'>([
  ...channelWords.map(([channel, list]) => [{ kind: 'channel', channel }, list] as const),
  [
    { kind: 'topic', topic: 'unpaid_balance' },
    '금액 얼마 얼만지 얼마인지 요금 액수 잔액 amount theamount howmuch balance mybalance thebalance',
  ],
  [
    { kind: 'topic', topic: 'human_agent' },
    '상담원 상담사 사람 직원 상담원연결 상담 agent anagent person aperson human someone realperson arealperson',
  ],
  [{ kind: 'topic', topic: 'late_fee' }, '연체료 가산금 연체이자 latefee thelatefee fee'],
  [{ kind: 'topic', topic: 'suspension' }, '정지 이용정지 끊기는거 suspension thesuspension'],
  [{ kind: 'topic', topic: 'due_alerts' }, '알림 문자알림 납부일알림 alerts reminders duealerts'],
  [{ kind: 'topic', topic: 'identity_check' }, '본인확인 본인인증 인증 identitycheck'],
  [
    { kind: 'topic', topic: 'pay_methods' },
    '내는방법 내는법 납부방법 납부 납부하는법 내는거 내는곳 결제 결제방법 howtopay paying waystopay payment payingit',
  ],
  [
    { kind: 'topic', topic: 'check_methods' },
    '조회방법 조회 보는법 보는방법 확인방법 확인하는법 확인하는방법 howtocheck checking waystocheck',
  ],
  [{ kind: 'way' }, '방법 하는법 어떻게 how theway ways method'],
  [{ kind: 'it' }, '그거 그건 그것 그게 이거 이건 이것 저거 그방법 that this thatone thisone it'],
  [
    'filler',
    `아 아니 아니요 아뇨 아니야 그 저 제 제가 내 나는 저는 그냥 그럼 은 는 이 가 을 를 도 로 으로 에서 에 만 쪽 쪽으로 의 다른거 다른건 다른걸
     요 여 용 이요 이야 예요 이에요 알려줘 알려줘요 알려주세요 알려 줘 주세요 보여줘 보여줘요 보여주세요 볼게요 볼래요 볼래 할게요 할래요 할래 해줘 해주세요
     궁금해요 궁금하다고요 궁금 말이에요 말한거 말한건 물어본거 원해요 싶어요 하고싶어요 연결해줘 연결해주세요 연결 있어요 있나요 없어요 없나요 뭐 뭐있어요 뭐예요
     no nope the a an i im meant mean want wanted about on by via in with for please pls show me tell instead rather sorry asking askedabout to do just only my one else`,
  ],
]);

/**
 * What somebody refuses and wants who corrects the answer they got: "아니 앱 말고", "금액 말고 방법", "not that, the
 * website". Undefined for a message that says more: its contrast is the recogniser's to weigh.
 */
export function parseCorrection(text: string): Correction | undefined {
  if (text.length > longest) return undefined;
  const sides = sidesOf(text);
  if (sides === undefined) return undefined;
  const refused = namedIn(sides.refused);
  const wanted = sides.wanted === '' ? undefined : namedIn(sides.wanted);
  if (refused === undefined || refused === 'more' || wanted === 'more') return undefined;
  return { refused, wanted };
}

/** What to answer instead. Undefined: nothing certain, then the other ways are offered (`othersThan`). */
export function resolveCorrection({ wanted }: Correction, subject: Subject): Request | undefined {
  if (wanted === undefined || wanted.kind === 'it') return undefined;
  if (wanted.kind === 'topic') return { kind: 'topic', topic: wanted.topic };
  const paying = subject.topic === 'pay_methods';
  if (wanted.kind === 'channel')
    return paying
      ? { kind: 'aspect', topic: 'pay_methods', aspect: 'pay', channel: wanted.channel }
      : { kind: 'topic', topic: topicOfChannel(wanted.channel) };
  return { kind: 'topic', topic: aboutMoneyOwed.includes(subject.topic) ? 'pay_methods' : 'check_methods' };
}

const aboutMoneyOwed: readonly Topic[] = ['late_fee', 'suspension', 'overdue_help', 'pay_methods'];

/** The ways besides the one refused, to offer when nothing else was named. At most three. */
export function othersThan({ refused }: Correction, subject: Subject): Topic[] {
  const refusedTopic =
    refused.kind === 'channel'
      ? topicOfChannel(refused.channel)
      : refused.kind === 'topic'
        ? refused.topic
        : subject.topic;
  const siblings: readonly Topic[] =
    channelOfTopic(refusedTopic) === undefined
      ? ['check_methods', 'pay_methods', 'unpaid_balance', 'human_agent']
      : ['check_app', 'check_web', 'check_phone', 'check_store'];
  return siblings.filter((topic) => topic !== refusedTopic && topic !== subject.topic).slice(0, 3);
}

function sidesOf(text: string): { refused: string; wanted: string } | undefined {
  const korean = koreanContrast.exec(text);
  if (korean !== null)
    return { refused: text.slice(0, korean.index), wanted: text.slice(korean.index + korean[0].length) };
  const english = text.toLowerCase().trim();
  const both = englishNot.exec(english);
  if (both?.[1] !== undefined && both[2] !== undefined) return { refused: both[1], wanted: both[2] };
  const alone = englishNotAlone.exec(english);
  if (alone?.[1] !== undefined) return { refused: alone[1], wanted: '' };
  const instead = englishInstead.exec(english);
  if (instead?.[1] !== undefined && instead[2] !== undefined)
    return { refused: instead[2], wanted: instead[1] };
  return undefined;
}

/** The one thing named; undefined when only filler is there, 'more' when there is more than one thing or other content. */
function namedIn(part: string): Named | 'more' | undefined {
  const meanings = meaningsOf(spelledText(part), words);
  if (meanings === undefined) return 'more';
  const named = meanings.filter((meaning) => meaning !== 'filler');
  const [only] = named;
  return named.length > 1 ? 'more' : only;
}
