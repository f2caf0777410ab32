import type { IntentRecognizer, Topic } from '../intent';
import { actionTopics, faqTopics } from '../intent';

/** Longer messages tell a story; their clauses are rarely requests of their own. */
const longest = 100;
const mostBreaks = 5;
const shortestPart = 2;
/** What makes a clause ask or bid, rather than tell: "앱을 설치했습니다" is half of a story, no request. */
const asks =
  /얼마|어디|언제|어떻게|어케|왜|뭐(?!라)|무엇|몇|나요|까요?$|가요$|죠$|[은는을인]지|알려|보여|연결|바꿔|통화|싶|궁금|줘|주세요|방법|[는할보]\s?법|되나|돼요?$|있나|있어요?$|붙어|붙나|할게|할래|부탁|^(?:is|are|can|could|do|does|will|would|may|let|get)\b|\b(?:how|what|where|when|why|who|which|tell|show|connect|transfer|remind|want to|need to|like to)\b/iu;
/** "I paid, but it shows unpaid" is one thought. */
const goesOn = /^(?:but|because|since|so|근데|그런데|하지만|왜냐)/i;
const wanted: ReadonlySet<Topic> = new Set<Topic>([...faqTopics, ...actionTopics]);

/**
 * Where one request may end and the next begin. The Korean -고 is none in 말고, 싶다, 있다; "요금이랑" joins nouns.
 */
const breaks =
  /(?<=[가-힣]고)(?<!말고|않고|다고|라고)[\s,]+(?!싶|있|나서|는)|[?？!！\n]+\s*|[.,;]+\s+|\s+(?:그리고|그담에|그다음에?|또|또는|및|하고)\s+|(?<=[가-힣])(?:이랑|랑|하고)\s+|\s+(?:and\s+then|and\s+also|and|then|also|plus)\s+/giu;

/** One request of a message that holds several. */
export interface RequestPart {
  readonly text: string;
  readonly topic: Topic;
}

/**
 * The requests that a message holds, in order: two or three, each surely understood by itself and all
 * different. Empty when it is one request, or when a part is not sure: then the whole is read as it is.
 */
export function splitRequests(text: string, recognizer: IntentRecognizer): RequestPart[] {
  if (text.length > longest) return [];
  const cuts = [...text.matchAll(breaks)].slice(0, mostBreaks);
  if (cuts.length === 0) return [];
  const starts = [0, ...cuts.map((cut) => cut.index + cut[0].length)];
  const ends = [...cuts.map((cut) => cut.index), text.length];
  const known = new Map<string, RequestPart | undefined>();
  const part = (from: number, to: number): RequestPart | undefined => {
    const key = `${from}-${to}`;
    if (!known.has(key)) known.set(key, sureRequest(text.slice(starts[from], ends[to]).trim(), recognizer));
    return known.get(key);
  };
  // Reading is the dear part: a part that is no request ends a division before the next part is read.
  const read = (spans: readonly (readonly [number, number])[]): RequestPart[] | undefined => {
    const found: RequestPart[] = [];
    for (const [from, to] of spans) {
      const next = part(from, to);
      if (next === undefined || found.some(({ topic }) => topic === next.topic)) return undefined;
      found.push(next);
    }
    return found;
  };
  const last = cuts.length;
  for (let one = 0; one < last; one += 1) {
    for (let two = one + 1; two < last; two += 1) {
      const three = read([
        [0, one],
        [one + 1, two],
        [two + 1, last],
      ]);
      if (three !== undefined) return three;
    }
  }
  for (let one = 0; one < last; one += 1) {
    const two = read([
      [0, one],
      [one + 1, last],
    ]);
    if (two !== undefined) return two;
  }
  return [];
}

function sureRequest(text: string, recognizer: IntentRecognizer): RequestPart | undefined {
  if (text.replace(/[^\p{L}\p{N}]/gu, '').length < shortestPart) return undefined;
  if (!asks.test(text) || goesOn.test(text)) return undefined;
  const { decision, topic } = recognizer.recognize(text);
  return decision === 'sure' && wanted.has(topic) ? { text, topic } : undefined;
}
