const longest = 300;

/** Somebody who may not want to live, as typed. */
const danger =
  /죽고\s?싶|죽어\s?버리(?:고|고\s?싶|ㄹ|려)|죽어\s?버릴|뒤지고\s?싶|뒈지고\s?싶|죽을래|죽을\s?거(?:야|예요|에요)|살고\s?싶지\s?(?:않|가\s?않)|살기\s?싫|살기가\s?싫|자살(?!골|률)|목숨을?\s?끊|스스로\s?목숨|극단적(?:인)?\s?선택|생을\s?마감|뛰어내리|목\s?매|세상을?\s?(?:떠나|뜨)고\s?싶|사라지고\s?싶|자해|유서(?!\s?깊)|kill(?:ing)? my\s?self|suicid|want(?:ed)? to die|wanna die|end (?:my|it) (?:life|all)|end my life|don'?t want to (?:live|be alive)|no reason to live|hurt(?:ing)? myself|better off dead/i;
/** The way one talks of a nuisance, or of a telephone. */
const sayings =
  /죽을\s?(?:것|거)\s?같(?:이|은데)?\s?(?:배|더|추|졸|심심)|(?:앱|폰|핸드폰|휴대폰|데이터|인터넷|와이파이|화면)[이가은는]?\s?(?:자꾸\s?)?죽/;

/**
 * Whether somebody's life may be in danger. "요금 때문에 죽겠네" is everyday exaggeration and is none; a wish to
 * die is taken at its word, whatever stands around it.
 */
export function soundsInDanger(text: string): boolean {
  const read = text.slice(0, longest).normalize('NFC');
  return danger.test(read) && !sayings.test(read);
}
