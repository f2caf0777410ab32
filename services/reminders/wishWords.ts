/** Words that say what somebody wants to be reminded of. Korean first; a message has at most 200 characters of it. */

const tell = '(?:알려|말해|말씀해|얘기|이야기|연락|알림|알람|문자|톡|메시지|불러|찔러|깨워|귀띔|챙겨|안내)';

/** "결제가 반영되면 알려줘", "냈는데 처리되면 알려줘" */
export const settledWords = new RegExp(
  `(?:냈|납부했|결제했|입금했|송금했|이체했)[^.?!]{0,10}(?:반영|확인|처리|정리)\\s?(?:이\\s?|가\\s?)?(?:되면|돼면|되는\\s?대로)[^?]{0,16}${tell}|(?:결제|납부|입금|송금|이체|낸\\s?(?:거|것|돈|요금)|돈|요금)[^.?!]{0,10}(?:반영|확인|처리|완료|정리)\\s?(?:이\\s?|가\\s?)?(?:되|돼|끝나)[^.?!]{0,6}(?:면|때|거든|대로)[^?]{0,16}${tell}|반영\\s?(?:되|돼)[^.?!]{0,4}(?:면|때|대로)[^?]{0,16}${tell}|(?:tell|let|notify|remind|ping|message)\\b[^?]{0,30}\\b(?:when|once|as soon as)\\b[^?]{0,20}\\b(?:pay(?:ment)?|paid|it)\\b[^?]{0,16}\\b(?:shows?|settled?|settles|clears?|cleared|goes through|gone through|posted|booked|processed)`,
  'i',
);

/** "조회가 다시 되면 알려줘" */
export const serviceBackWords = new RegExp(
  `(?:조회|시스템|전산|서비스|장애|오류|점검|다시)[^.?!]{0,10}(?:되면|돼면|될\\s?때|풀리면|끝나면|복구되면|살아나면|나아지면|돌아오면|가능해지면)[^?]{0,16}${tell}|(?:tell|let|notify|remind|ping|message)\\b[^?]{0,30}\\b(?:when|once|as soon as)\\b[^?]{0,24}\\b(?:is back|back up|works? again|working again|available|up again|answers again)`,
  'i',
);

const dueDate =
  '(?:납부\\s?(?:일|기한|마감)|납기(?:일)?|마감(?:일)?|기한|결제일|출금일|빠져\\s?나가(?:는\\s?날|기)|(?:출금|납부|결제|인출)\\s?(?:되|하)기|(?:요금|돈)\\s?(?:나가|내)기|(?:요금\\s?)?(?:내는|낼|내야\\s?(?:하는|할|되는))\\s?날|말릴|due\\s?(?:date|day)|deadline)';
const span =
  '(?<days>\\d{1,2}|하루|이틀|사흘|나흘|닷새|엿새|이레|여드레|아흐레|열흘|보름|일주일|[한두]\\s?주|(?<![몇며])(?:일|이|삼|사|오|육|칠|팔|구|십))\\s?(?<unit>일|주일?)?\\s?(?:쯤\\s?)?(?:전|저네|앞)';

/** "납부일 이틀 전", "기한 전날" */
export const dueSoonWords = new RegExp(
  `${dueDate}[^.?!]{0,12}?(?:${span}|(?<eve>전날|전\\s?날|하루전)|(?<before>전에|직전|전|미리|되기\\s?전))|연체\\s?(?:가\\s?)?되기\\s?전`,
  'i',
);
/** Without the due date's name, once reminders are talked of: "전날 알려줘", "하루 전". */
export const bareBeforeWords = new RegExp(`^\\s*(?:그\\s?)?(?:${span}|(?<eve>전날))`, 'i');
export const dueSoonEnglish =
  /\b(?:(?<count>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|fourteen) (?<unit>days?|weeks?|months?)|(?<eve>the day)) (?:before|ahead of|prior to|in advance)\b|\bbefore (?:the |my |it'?s? |it is |payment )*(?:due|deadline|date|payment)|\bahead of (?:the |my )?(?:due|deadline)/i;

/** "납부일 당일", "요금 내는 날 알려줘" */
export const dueTodayWords = new RegExp(
  `${dueDate}\\s?(?:에|날|당일|아침|오전|오후|저녁|(?:안\\s?)?(?:까먹|잊|놓치)|이\\s?되면|되면|되믄|마다|$)|(?:납부|마감)\\s?당일|\\bon (?:(?:the|my) )?(?:due (?:date|day)|day it is due|final day|deadline)|\\bwhen (?:(?:it|my bill|the bill|payment)(?: is|'s|s)? )?due\\b`,
  'i',
);

/** "기한 지나면 알려줘", "연체되면 말해줘" */
export const overdueWords = new RegExp(
  `(?:${dueDate}[^.?!]{0,6}(?:(?:지나|넘|놓치)[가-힣]{0,4}(?:면|을\\s?때|거든)|(?:지나|넘)도록?[^.?!]{0,8}(?:안|못)\\s?(?:냈|낸|내|한|했)[가-힣]{0,4}면)|연체\\s?(?:가\\s?)?(?:되|돼)[가-힣]{0,2}(?:면|을\\s?때)|미납\\s?(?:이\\s?)?(?:되|생기)[가-힣]{0,2}면)[^?]{0,16}${tell}|(?:tell|let|notify|remind|ping|message)\\b[^?]{0,30}\\b(?:if|when|once)\\b[^?]{0,20}\\b(?:overdue|past due|late|miss(?:ed)?)\\b`,
  'i',
);

/** "매달 10일", "월급날(10일)마다", "every month on the 10th" */
export const monthlyWords =
  /매월|매달|다달이|달마다|월마다|(?:일|날)\s?\)?\s?마다|\bevery month\b|\beach month\b|\bmonthly\b|\bevery (?:pay\s?day|\d{1,2}(?:st|nd|rd|th))/i;
export const monthlyDay =
  /(?<!\d)(?<day>3[01]|[12]\d|0?[1-9])\s?일|(?<word>말일|월말|마지막\s?날|end of (?:each|every|the) month|last day|final day)|(?<spoken>이십[일이삼사오육칠팔구]?|십[일이삼사오육칠팔구]?|삼십일?|[일이삼사오육칠팔구])\s?일(?=[\s마에날,)]|$)|\b(?:the )?(?<nth>3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b/i;

/** More often than this assistant reminds: "매주", "매일", "10분마다", "every week". */
export const tooOftenWords =
  /매일|(?<![가-힣])날마다|매주|격주|주마다|(?:일|이|한|두|\d)\s?주(?:일)?에\s?(?:한|1|두|2)\s?번|(?:분|시간|주|주일)\s?마다|[월화수목금토일]요일\s?마다|하루에\s?(?:한|1|두|2)\s?번|\bevery (?:other )?(?:day|week|hour|minute|morning|evening|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|\b(?:daily|weekly|hourly|biweekly)\b/i;

/** A day that no calendar has, whatever the year: "2월 30일", "11월 31일", "feb 30". */
export const noSuchDay =
  /(?<!\d)0?2\s?월\s?3[01]\s?일|(?<!\d)(?:0?[469]|11)\s?월\s?31\s?일|(?<!\d)\d{1,2}\s?월\s?(?:3[2-9]|[4-9]\d)\s?일|\bfeb(?:ruary)? (?:the )?3[01]\b|\b(?:apr(?:il)?|june?|sept?(?:ember)?|nov(?:ember)?) (?:the )?31\b|(?<!\d)(?:1[3-9]|[2-9]\d)\s?월\s?\d{1,2}\s?일|(?<![\d/])0?2\/3[01](?![\d/])|(?<![\d/])(?:0?[469]|11)\/31(?![\d/])/i;

/** "한 시간 뒤", "30분 있다가", "in two hours" */
export const soonWords =
  /(?:(?<hours>\d{1,2}|한|두|세|네|다섯|여섯)\s?시간(?<half>\s?반)?|(?<minutes>\d{1,3}|삼십|십|이십)\s?분)\s?(?:뒤|후|있다가?|이따)|\bin (?:(?<enHours>\d{1,2}|an?|one|two|three|four|five|six) hours?|(?<enMinutes>\d{1,3}|thirty|ten|twenty) min(?:ute)?s?)\b/i;

/** A wish to be told, whatever of. */
export const wishToBeTold = new RegExp(
  `${tell}[^?]{0,8}(?:줘|주|달라|걸|맞춰|설정|부탁|해|예약|등록|바[라랍]|요청|드려)|\\b(?:remind|ping|nudge|notify|poke|nag) me\\b|\\b(?:tell|message|write to|write) me\\b|\\blet me know\\b|\\breminder\\b`,
  'i',
);
/** Asks for a fact now, and not to be told later. */
export const asksNow =
  /얼마|뭐|무엇|무슨|어떻게|어디|왜|방법|내역|금액은|되나|인가요|\b(?:how|what|where|why|which|much)\b/i;
/** Asks what something means or whether it is so, and not to be told of it when it happens: "연체되면 어떻게 되는지 알려줘". */
export const asksToExplain = new RegExp(
  `(?:어떻게|어떡|뭐|뭘|뭔|무엇|무슨|어떤|얼마|왜|어디|누가|언제)[^.?!]{0,14}(?:지|나|까)[^.?!]{0,4}${tell}|(?:는|은|인|일|을|할|될|낼|던|야)\\s?지\\s?(?:를|좀|도|만)?\\s?${tell}|\\bwhat happens\\b`,
  'i',
);
