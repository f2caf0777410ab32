const longest = 100;

/** Anger and swearing, as typed. Not "다시발송", not "전화나 문자". */
const upset =
  /짜증|열\s?받|(?<!전)화\s?나|(?<!전)화가\s*나|빡\s?치|빡침|(?<!다)시발|씨발|ㅅㅂ|ㅆㅂ|ㅂㅅ|ㅄ|병신|개새|존나|ㅈㄴ|미친|지랄|꺼져|답답|어이\s?없|장난하|fuck|wtf|\bshit|bullshit|useless|stupid|idiot|ridiculous|annoy|terrible|pissed/i;

/** Whether somebody lets off steam. Answered with an apology and a way to a person, never with a lesson. */
export function soundsUpset(text: string): boolean {
  return text.length <= longest && upset.test(text);
}
