const longest = 25;

const wait =
  /^(?:아|어|네|저|음|근데)*\s*(?:잠깐|잠시)(?:만|만요|만\s?기다려[가-힣\s]*|\s?기다려[가-힣\s]*|요)?[\s.!~ㅠㅜ]*$|^(?:좀\s*)?기다려\s*(?:줘요?|주세요|봐요?|보세요)?[\s.!~]*$|^(?:please |ok |wait,? )*(?:wait|hold on|hang on|(?:just )?(?:a|one) (?:sec|second|moment|minute))(?: please)?[\s.!~]*$/i;
const sorry =
  /^(?:아|네|정말|너무|진짜)*\s*(?:미안|죄송|쏘리)(?:해요?|합니다|하네요|하지만|한데요?|스러워요?)?(?:\s*(?:괜찮|됐|아니에요|제가)[가-힣]*)?[\s.!~ㅠㅜ]*$|^(?:i'?m |so |oh )*sorry[\s.!~]*$/i;
const look =
  /^(?:네\s*|그럼\s*|좀\s*|한번\s*)*(?:확인|조회|찾아|봐|살펴)(?:\s?(?:좀|한번))?\s?(?:해|봐)?\s?(?:줘요?|주세요|줄래요?|주실래요?|주십시오|부탁[가-힣]*)[\s.!~?]*$|^(?:please )?(?:check|look)(?: it| that)?(?: please)?[\s.!]*$/i;

const again =
  /^(?:아까|방금)\s*(?:뭐라[가-힣]*|뭐였[가-힣]*|한\s*말)(?:\s*(?:했[가-힣]*|다시[가-힣\s]*))?[\s.?!~]*$|^(?:뭐라고|뭐라구)(?:요|했[가-힣]*)?[\s.?!~]*$|^(?:한\s*번\s*)?(?:더|다시)(?:\s*한\s*번)?\s*(?:말|얘기|설명|알려)[가-힣\s]*[\s.?!~]*$|^(?:please )?(?:say (?:it|that) again|repeat(?: that| it)?|what did you say)(?: please)?[\s.?!]*$/i;

/** "다시 말해 줘", "뭐라고요?": wants to hear the last answer once more. */
export function asksToRepeat(text: string): boolean {
  return text.length <= longest && again.test(text.trim());
}

/** "아 잠깐만요", "one moment": needs time, and stops nothing. */
export function asksToWait(text: string): boolean {
  return text.length <= longest && wait.test(text.trim());
}

/** "미안해요 괜찮아요": is sorry, and asks nothing. */
export function apologises(text: string): boolean {
  return text.length <= longest && sorry.test(text.trim());
}

/** "확인해 주세요" after an offer to look something up. */
export function asksToLook(text: string): boolean {
  return text.length <= longest && look.test(text.trim());
}
