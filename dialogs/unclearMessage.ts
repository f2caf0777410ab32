/** Without one there is nothing to read: emoji, "ㅋㅋ", "?". */
const syllableOrDigit = /[가-힣\p{Nd}]|(?![ㄱ-ㆎ])\p{L}/u;
const onlyNumber = /^[\d\s()+.,_-]+(?:원|won)?[.?!\s]*$/i;

/** Why a message says nothing that could be understood: there are no words in it, or a number alone. */
export function wordsMissing(text: string): 'wordless' | 'onlyNumber' | undefined {
  if (!syllableOrDigit.test(text)) return 'wordless';
  return onlyNumber.test(text) ? 'onlyNumber' : undefined;
}
