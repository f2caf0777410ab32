import { findOneTimeCodes, parseOneTimeCode } from '../services/intent/entities/oneTimeCode';

const longest = 60;

const again =
  /다시\s*(받|보내|발송|요청|해|주)|재\s*(전송|발송|요청)|새\s*(번호|인증)|resend|send (it |me )?(again|another|a new)|(new|another) code/i;
/** What has not come. "전화를 안 받아요" is about something else. */
const missing =
  /(안|못)\s*(왔|와|옴)|(문자|인증|번호|코드|메시지).{0,8}(안|못)\s*(오|받|떠|뜨)|(didn'?t|did not|never|haven'?t|not) (get|got|receive|arrive|come|coming)|no (text|code|sms)|still (nothing|waiting|no\b)|nothing (came|arrived|yet)|where('?s| is) (the|my) (code|text)/i;
/** "인증번호가 틀렸대요" is about the code. */
const wrongNumber =
  /(?<!(인증|확인)\s?)번호\s*(를|을|가|이)?\s*(바꾸|바꿀|바꿔|변경|잘못|틀리|틀렸|틀린)|change (the |my )?(phone )?number|wrong number/i;
const otherLine = /다른\s*(휴대폰\s*|전화\s*)?번호|(other|another|different) (phone )?number/i;
const why = /^(아니\s*)?(근데\s*)?왜(요|죠)?[\s?!.~]*$|왜.{0,12}번호|번호.{0,8}(왜|꼭)|^(but )?why[\s?!.]*$/i;
/** What Koreans put behind a number they pass on: "123456인데요", "123456원". */
const tail = /\s*(?:인데요?|이?래요|이?라고\s*(?:왔|나왔|해)[가-힣]*|맞[나죠아]요?|원)[\s.!?~]*$/;

/** "다시 보내 주세요", "안 왔어요": wants another code. */
export function asksToResend(text: string): boolean {
  return text.length <= longest && (again.test(text) || missing.test(text));
}

/** "번호 바꾸기", "wrong number": wants to give another phone number than the one given. */
export function asksForOtherNumber(text: string): boolean {
  return text.length <= longest && (wrongNumber.test(text) || otherLine.test(text));
}

/** "다른 번호도 볼래요": wants to see the bill of another line. */
export function asksForOtherLine(text: string): boolean {
  return text.length <= longest && otherLine.test(text);
}

/** "왜요?", "번호를 꼭 적어야 해요?" */
export function asksWhy(text: string): boolean {
  return text.length <= longest && why.test(text);
}

/**
 * The code in what somebody typed who was asked for one: alone, with a tail, or the only one in a sentence.
 * Undefined when there is none, or more than one.
 */
export function codeIn(text: string): string | undefined {
  const alone = parseOneTimeCode(text) ?? parseOneTimeCode(text.replace(tail, ''));
  if (alone !== undefined) return alone;
  const codes = new Set(findOneTimeCodes(text).map(({ value }) => String(value)));
  const [code] = codes;
  return codes.size === 1 ? code : undefined;
}
