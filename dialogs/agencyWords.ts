const longest = 60;

const finished =
  /^(네\s*|예\s*)?(이제\s*|방금\s*)?(본인\s*)?(인증|확인)?\s*(을|를|은)?\s*(다\s*)?(했어|했습니|끝났|끝냈|마쳤|완료|됐어|되었|하고\s*왔)|(i(\s+have|'ve)?\s+)?(finished|done|verified|completed)\b/i;
const unfinished = /안\s*(했|됐|끝)|못\s*(했|끝)|not\s+(yet|done|finished)|아직/i;
const again =
  /(링크|주소|버튼|화면|창).{0,8}(새로|다시|안\s*(열|떠|돼|되|와|왔)|없)|다시\s*(할|해|받|보내|인증|시도)|new link|link again|(try|send|start).{0,12}again|(link|page|button).{0,12}(not|n't)/i;
const cannot =
  /(pass|패스|앱|인증서).{0,8}(없|몰라|못)|(인증|이거).{0,6}(못|할\s*줄)|안\s*할|하기\s*싫|don'?t have|can(no|')t\s+(do|verify)/i;

/** "다 했어요", "인증 끝났어요", "done". */
export function saysFinished(text: string): boolean {
  return text.length <= longest && finished.test(text.trim()) && !unfinished.test(text);
}

/** "링크 새로 받기", "화면이 안 열려요". */
export function asksForNewLink(text: string): boolean {
  return text.length <= longest && again.test(text);
}

/** "PASS 앱이 없어요", "안 할래요". */
export function cannotVerify(text: string): boolean {
  return text.length <= longest && cannot.test(text);
}
