const longest = 30;

const open = '(?:아|그럼|그러면|근데|저기|음)?\\s*';
const close = '[\\s.?!~ㅠㅜㅋ]*$';
/** What a bill is made of. */
const items = new RegExp(
  `^${open}(?:더\\s*|좀\\s*)*(?:자세히|자세하게|자세한\\s*(?:거|것|내용|내역)?|상세(?:히|하게|\\s*내역|\\s*내용)?|세부\\s*(?:내역|항목)|청구\\s*내역|항목별(?:로)?|내역)(?:은|는|을|이|도)?\\s*(?:좀\\s*)?(?:요|알려\\s*줘요?|알려\\s*주세요|보여\\s*줘요?|보여\\s*주세요|볼래요?|볼게요?|보고\\s*싶어요?|뭐\\s*(?:야|예요|에요)|뭔데요?)?${close}|^(?:(?:show|tell|give)\\s+me\\s+)?(?:more\\s+|the\\s+)*(?:details?|breakdown|items)(?:\\s+please)?${close}`,
  'i',
);
/** When it is due; one of the services on it; whether that is really so. */
const again = new RegExp(
  `^${open}(?:이거|그거|이건|그건|이\\s*돈)?\\s*(?:(?:언제|며칠|몇\\s*일)\\s*까지\\s*(?:내|납부|예요|에요|이에요|인가|야|죠)?[가-힣\\s]*|(?:납부\\s*)?(?:기한|마감|납부일)[은는이]?\\s*(?:언제)?[가-힣\\s]*)${close}` +
    `|^${open}(?:인터넷|tv|티비|티브이|집\\s*전화|모바일|휴대폰|핸드폰)\\s*(?:요금|거|꺼|것)?[은는도이]?\\s*(?:요|얼마[가-힣]*|얼만[가-힣]*)?${close}` +
    `|^${open}(?:진짜|정말|확실히?|레알)(?:로)?\\s*(?:요|없어요?|없나요?|없는\\s*거[가-힣\\s]*|맞아요?|맞나요?|이게\\s*다[가-힣]*|그게\\s*다[가-힣]*)?${close}` +
    `|^(?:when is (?:it|this|that) due|by when(?: do i (?:have to )?pay)?|(?:what(?:'s| is) the )?due date|(?:and )?(?:the |my )?(?:internet|tv|mobile)(?: bill| one)?|really|are you sure|is that all)${close}`,
  'i',
);

/**
 * What a short message asks of the balance that was talked of: what it is made of, or to see it again, for there
 * stand the due dates and the services. Undefined for a message that stands for itself.
 */
export function asksOfBalance(text: string): 'items' | 'again' | undefined {
  const read = text.trim();
  if (read.length > longest) return undefined;
  if (items.test(read)) return 'items';
  return again.test(read) ? 'again' : undefined;
}
