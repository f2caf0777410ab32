const again =
  /다시\s*(받|보내|발송|요청|해|주)|재\s*(전송|발송|요청)|문자.*(안|못)|(안|못)\s*(와|왔|옴|오|받)|새\s*(번호|인증)|resend|send (it |me )?(again|another|a new)|new code|(didn'?t|did not|never) (get|receive|arrive)|no (text|code|sms)/i;
const other =
  /번호\s*(를\s*)?(바꾸|변경|잘못|틀리|틀렸)|다른\s*번호|other number|different number|change (the |my )?(phone )?number|wrong number/i;

/** "다시 보내 주세요", "안 왔어요": wants another code. */
export function asksToResend(text: string): boolean {
  return text.length <= 60 && again.test(text);
}

/** "번호 바꾸기", "wrong number": wants to give another phone number. */
export function asksForOtherNumber(text: string): boolean {
  return text.length <= 60 && other.test(text);
}
