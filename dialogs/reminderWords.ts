import { findOrdinals } from '../services/intent/entities/ordinal';
import { stringsFor } from '../strings';

const longest = 40;
/** The MyKT app's own notices are not ours to stop. */
const notOurs = /앱|알림톡|광고|푸시|마이케이티|KT|\bapps?\b|\bpush\b/i;
const stop =
  /(?:이제\s?)?그만\s?(?:좀\s?)?(?:알려|말해|보내|연락)|알림(?:은|을|이|들|도)?\s?(?:이제\s?|모두\s?|전부\s?|다\s?|좀\s?|그만\s?)*(?:꺼|끄|끌|끊|취소|중지|해지|해제|그만|삭제|지워|없애|안\s?받|받지\s?않|필요\s?없|싫)|(?:더\s?이상|이제)\s?[^.?!]{0,8}(?:알려\s?주지|보내지|알리지|말하지)\s?마|알려\s?주지\s?(?:마|말|않)|\bstop (?:reminding|telling me|the reminders?|my reminders?|all reminders?|reminders?)|\b(?:turn|switch) (?:off|them off)? ?(?:the |my |all )?reminders?|\b(?:cancel|delete|remove|no more) (?:the |my |all |this |that )?(?:my )?reminders?|\bdon'?t remind me\b/i;
/** The opposite of stopping, or a question about it. */
const keeps =
  /(?:끄|끊|취소하|중지하|해지하|해제하|삭제하|지우|없애|그만두|그만\s?보내|그만\s?알려\s?주)지\s?(?:마|말|않|안)|(?:끄|끊|취소하|해지하)는\s?(?:법|방법)|꺼졌|꺼지|꺼져|(?:꺼도|끄면|취소하면)\s?(?:되|돼|어떻게|어떤)|(?:그대로|계속)\s?(?:둬|두|놔|놓|보내|알려|해)|\b(?:do not|don'?t|never|please don'?t) (?:stop|cancel|delete|remove|turn off)|\bkeep (?:on )?(?:the |my |all )?remind/i;
/** What mailings are stopped with: it works while there is something to stop. */
const optOut =
  /^(?:이제\s?)?(?:무료\s?)?(?:수신\s?거부|구독\s?(?:취소|해지)|그만\s?(?:받을래|받을게|받고\s?싶)[가-힣]*|(?:더는|더\s?이상|이제)\s?(?:안\s?받[가-힣]*|보내지\s?(?:마|말)[가-힣]*))[\s.!]*$|^(?:please |pls )?(?:unsubscribe|opt ?out|stop (?:sending|messaging|texting|msg|notifying|these|all)\b.{0,24}|no more (?:messages|texts|notifications))[\s.!]*$|^(?:\d{1,2}\s?번(?:째)?\s?(?:거|것)?(?:은|는|만|을|이?랑|하고|과|와|,)?\s?){1,5}(?:꺼|끄|지워|빼)/i;
const list =
  /알림\s?(?:목록|리스트|뭐|몇|보여|좀\s?보여|확인)|(?:부탁|설정|예약|등록|맞춰)\s?(?:한|해\s?둔|하신|해\s?놓은|둔|놓은)\s?알림|내\s?알림(?:\s?보|이|은|$)|\b(?:show|list|see|view)\b.{0,12}\breminders?\b|\b(?:what|which) reminders\b|^my reminders$/i;
const change =
  /알림(?:을|은|시간을?|시각을?|날짜를?|좀)?.{0,24}(?:바꿔|바꾸|바꿀|변경|옮겨|옮기|미뤄|미루|당겨|수정|고쳐)|\b(?:change|move|reschedule|edit|postpone)\b.{0,16}\breminders?\b/i;
const place = /(?<!\d)(\d{1,2})\s?번|\b(?:reminder|number|no\.?|#)\s?(\d{1,2})\b/i;

/** What a message does to reminders that were agreed to before. `place` counts from 1. */
export type ReminderCommand = {
  readonly kind: 'stop' | 'list' | 'change';
  readonly place?: number;
  /** Means something else where nothing was agreed to. */
  readonly onlyIfAny?: true;
};

/** "알림 끄지 마", "don't stop reminding me". */
export function asksToKeep(text: string): boolean {
  return text.length <= longest && /알림|알려|보내|remind/i.test(text) && keeps.test(text.normalize('NFC'));
}

/** Just after a reminder: everything that sounds as if it was not wanted. */
export function wantsNoMore(text: string): boolean {
  const said = text.normalize('NFC').trim();
  return said.length <= longest && !keeps.test(said) && bareStop.test(said);
}
const bareStop =
  /^(?:아니\s?)?(?:(?:이제|됐어|됐고|됐으니까?|좀|제발|그냥|아)[,\s]*)*(?:그만(?:해|하세요|하자|좀|요|둬|두세요|할래|할게|해라|하라고)?|안\s?받을[가-힣]*|필요\s?없[가-힣]*|보내지\s?마[가-힣]*|꺼\s?(?:줘|주세요|라)?|귀찮[가-힣]*|수신\s?거부|싫어(?:요)?)(?:[,\s]*(?:요|좀|해|줘|제발))*[\s.!~ㅠㅜ]*$|^(?:please |pls |ok(?:ay)?,? |just )*(?:stop|unsubscribe|enough|no more|stop it|stop this|quit it|go away)(?: please| pls| now| it)*[\s.!]*$/i;

/** "그만 알려줘", "1번 알림 꺼줘", "알림 목록", "알림을 저녁 7시로 바꿔줘"; undefined for everything else. */
export function readReminderCommand(text: string): ReminderCommand | undefined {
  const said = text.normalize('NFC').trim();
  for (const { reminders } of [stringsFor('ko'), stringsFor('en')]) {
    if (said === reminders.offers.list.text || said === reminders.offers.list.label) return { kind: 'list' };
    if (said === reminders.offers.change.text || said === reminders.offers.change.label)
      return { kind: 'change' };
    if (said === reminders.offers.stopAll.text || said === reminders.offers.stopAll.label)
      return { kind: 'stop' };
  }
  if (said.length > longest || notOurs.test(said)) return undefined;
  const named = placeIn(said);
  const at = named === undefined ? {} : { place: named };
  if (change.test(said)) return { kind: 'change', ...at };
  if (keeps.test(said)) return undefined;
  if (stop.test(said)) return { kind: 'stop', ...at };
  if (optOut.test(said)) return { kind: 'stop', onlyIfAny: true, ...at };
  return list.test(said) ? { kind: 'list' } : undefined;
}

/** All that are named: '1번이랑 3번 알림 꺼줘', 'stop reminders 1 and 3'. @returns each once, none where one alone is meant */
export function placesIn(text: string): number[] {
  const counted = [...text.matchAll(/(?<!\d)(\d{1,2})\s?번/g)].map(([, number]) => Number(number));
  const [, english = ''] = /\breminders? ((?:\d{1,2}(?:,? and |, ?| ?& ?)?){2,})/i.exec(text) ?? [];
  const listed = [...english.matchAll(/\d{1,2}/g)].map(([number]) => Number(number));
  const places = [...new Set([...counted, ...listed])];
  return places.length > 1 ? places : [];
}

/** Which of a numbered list is meant: '2번', '두 번째 거', 'number 2', a bare '2'. */
export function placeIn(text: string): number | undefined {
  const alone = /^\s*(\d{1,2})\s*$/.exec(text)?.[1];
  const numbered = place.exec(text);
  const found = alone ?? numbered?.[1] ?? numbered?.[2];
  if (found !== undefined) return Number(found);
  const [ordinal] = findOrdinals(text);
  return typeof ordinal?.value === 'number' && ordinal.value > 0 ? ordinal.value : undefined;
}
