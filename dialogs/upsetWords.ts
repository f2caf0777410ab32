const longest = 100;

/** Anger and swearing, as typed. Not "다시발송", not "전화나 문자". */
const upset =
  /짜증|열\s?받|(?<!전)화\s?나|(?<!전)화가\s*나|빡\s?치|빡침|(?<!다)시발|씨발|씨바|ㅅㅂ|ㅆㅂ|ㅂㅅ|ㅄ|병신|개새|개같|존나|ㅈㄴ|ㅈ같|좆|미친|지랄|꺼져|닥쳐|답답|복잡하[네다]|복잡해\s?(?:요|ㅠ|ㅜ|$)|무슨\s?(?:말|소리)인지|이해가?\s?(?:안|못)|(?:쉽게|알아듣게)\s?(?:말|설명|좀)|바보|멍청|사기꾼|한심|쓸모\s?없|어이\s?없|장난하|s?shi?bal\b|i don'?t understand|i do not understand|i'?m confused|makes no sense|fuck|wtf|\bshit|bullshit|useless|too complicated|so confusing|stupid|idiot|ridiculous|annoy|terrible|pissed/i;
/** Worn out by trouble. "요금 때문에 죽겠네" is a way of speaking. */
const wornOut =
  /너무\s?힘들|많이\s?힘들|힘들어\s?(?:요|ㅠ|ㅜ|$)|사는\s?게\s?힘|살기\s?힘들|막막|울고\s?싶|눈물|우울|절망|어떻게\s?살|i(?:'m| am) (?:so |really |very )?(?:desperate|depressed|overwhelmed)|can'?t take (?:it|this) any\s?more|i feel hopeless/i;

/** Without one, weariness is all that is said. */
const aboutBill =
  /요금|미납|연체|납부|정지|청구|고지서|통신비|폰비|얼마|어떻게|어디|[?？]|bill|pay|fee|charge|owe|how|where/i;

/** How somebody feels who lets it out instead of asking. */
export type Mood = 'upset' | 'wornOut';

/**
 * What somebody lets out. Answered with a kind word and a way to a person, never with a lesson.
 * @param asksSomething whether the message is a question that was surely understood: then that is answered
 */
export function moodOf(text: string, asksSomething: boolean): Mood | undefined {
  if (text.length > longest) return undefined;
  if (upset.test(text)) return asksSomething ? undefined : 'upset';
  // The recogniser hears "막막하네요" as a question about paying.
  return wornOut.test(text) && !(asksSomething && aboutBill.test(text)) ? 'wornOut' : undefined;
}
