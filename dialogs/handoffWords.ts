import { stringsFor } from '../strings';
import type { CustomerMessage } from './customerMessage';
import { asksToStop } from './prompts/stopWords';

const longest = 40;

/** "상담 종료", "이제 그만할게요", "end chat": the talk with the person is over. A bare "취소" may answer the agent. */
const end =
  /^(?:이제\s*|그만\s*)?(?:상담|연결|채팅|대화)(?:은|을|를)?\s*(?:이제\s*)?(?:종료|그만|끝|마칠|마치|중단|나가)[가-힣\s]*$|^(?:이제\s*|아니\s*|그냥\s*)?(?:그만)\s*(?:할게요?|할래요?|하겠습니다|해\s?주세요|요)?$|^(?:please\s+)?(?:end|stop|leave|close|quit)(?:\s+(?:the|this))?\s+(?:chat|conversation|call|talk)$/i;
/** While waiting: the person is not wanted any more. */
const giveUp =
  /상담원?\s*(?:연결)?\s*(?:은|을)?\s*(?:취소|필요\s*없|안\s*해|안\s*할|됐어)|연결\s*(?:은|을)?\s*(?:취소|그만|안\s*해|필요\s*없)|안\s*기다릴|(?:그만|못)\s*기다리|기다리기\s*싫|됐어요?$|^됐습니다$|stop waiting|(?:no|not|n'?t)\s+(?:need|want)\s+(?:an?\s+)?(?:agent|person|human)|cancel (?:the )?(?:agent|request|handoff)/i;
const howLong =
  /얼마나\s*(?:더\s*)?(?:기다|걸리|남)|몇\s*(?:분|명|번째|시간)|언제\s*(?:쯤\s*)?(?:연결|와|오|되|돼|나와|답)|아직\s*(?:도\s*)?(?:멀|안\s*왔|이에요|인가요)|왜\s*(?:이렇게\s*)?(?:안\s*와|늦|오래)|제\s*차례|대기\s*(?:순|시간|인원|번호)|how (?:long|much longer|many)|when will|what(?:'s| is) my (?:place|position)|my turn|still (?:waiting|there)/i;

function bare(text: string): string {
  return text
    .normalize('NFC')
    .trim()
    .replace(/[\s.!~?ㅠㅜ]+$/u, '');
}

/** Wants to end the talk with a person. */
export function asksToEndTalk(text: string): boolean {
  return text.length <= longest && (isButton(text, ({ end: button }) => [button]) || end.test(bare(text)));
}

/** Does not want to wait any longer. */
export function asksToStopWaiting(text: string): boolean {
  if (text.length > longest) return false;
  return (
    isButton(text, ({ cancel }) => [cancel]) ||
    asksToStop(text) ||
    asksToEndTalk(text) ||
    giveUp.test(bare(text))
  );
}

/** "얼마나 기다려야 해요?" */
export function asksHowLong(text: string): boolean {
  return (
    text.length <= longest && (isButton(text, ({ howLong: button }) => [button]) || howLong.test(bare(text)))
  );
}

/** Points as typed under the question for them: "5", "4점이요", "3 stars". */
export function starsIn(text: string): number | undefined {
  const found = /^([1-5])\s*(?:점|점이요|점이에요|점\s*(?:줄게요|드릴게요)|points?|stars?)?$/i.exec(
    bare(text),
  );
  return found === null ? undefined : Number(found[1]);
}

/** What a button of ours about people wants; the label typed does the same. */
export function handoffRequestOf(message: CustomerMessage): 'start' | 'callback' | 'drop' | undefined {
  if (message.kind === 'action') {
    if (message.action === 'handoff.start') return 'start';
    return message.action === 'handoff.callback' ? 'callback' : undefined;
  }
  if (message.kind !== 'text') return undefined;
  const { text } = message;
  const isOne = (of: (t: Sentences) => readonly string[]) =>
    [stringsFor('ko'), stringsFor('en')].some(({ handoff }) => of(handoff).includes(text.trim()));
  if (isOne(({ connect, again }) => [connect, again])) return 'start';
  if (isOne(({ callback }) => [callback])) return 'callback';
  return isButton(text, ({ callbackDrop }) => [callbackDrop]) ? 'drop' : undefined;
}

type Sentences = ReturnType<typeof stringsFor>['handoff'];

function isButton(
  text: string,
  of: (t: Sentences) => readonly { readonly label: string; readonly text: string }[],
): boolean {
  const said = text.trim();
  return [stringsFor('ko'), stringsFor('en')].some(({ handoff }) =>
    of(handoff).some((button) => said === button.label || said === button.text),
  );
}
