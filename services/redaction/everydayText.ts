/** Hangul and Latin letters with their signs: no figure, no address, and nothing that has to be folded first. */
const lettersAndSigns = /^[\x20-\x2f\x3a-\x3f\x41-\x7e\uac00-\ud7a3]*$/;
/** Information that names one person everywhere has 88 characters; a token begins with one of these words. */
const longest = 80;
const tokenBegins = /bearer|eyj/i;
/** Four digits in words, wherever they stand: 공일공일, 하나 둘 셋 넷, "one two double three". */
const digitsInWords =
  /(?:(?:[공영령일이삼사오육륙칠팔구한둘셋넷빵]|하나|두울|세엣|네엣|다섯|여섯|일곱|여덟|여덜|아홉|제로|zero|one|two|three|four|five|six|seven|eight|nine|oh|o)(?:이?랑|하고|에)?[\s.,·_/|~-]*(?:(?:double|triple)[\s-]*)?){4}/i;

/**
 * Whether a text certainly holds nothing that `redact` would change, which is so of most that people ask. Saying no
 * costs only time: the detectors decide then.
 */
export function isEverydayText(text: string): boolean {
  return (
    text.length <= longest &&
    lettersAndSigns.test(text) &&
    !tokenBegins.test(text) &&
    !digitsInWords.test(text)
  );
}
