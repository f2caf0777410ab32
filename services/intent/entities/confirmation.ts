import type { IModel, ModelResult } from '@microsoft/recognizers-text';
import { ChoiceRecognizer } from '@microsoft/recognizers-text-choice';
import type { Entity } from '../intent';

const culture = 'ko-kr';

/** A confirmation is short; a longer message says something else. */
const longestConfirmation = 30;

const yes =
  `네 넵 넹 넴 네엡 네네 네에 넵넵 예 예예 그렇게 그렇게요 그리해줘 그리해주세요 맞어 맞아여 마자 마자요 동의해여 넹넹 웅웅 그러자 그러죠 그러시죠 좋죠 좋지 ㅇㅋㄷㅋ 네그래요 옙 얍 응 응응 웅 엉 ㅇㅇ ㅇ ㅇㅋ ㅇㅋㅇㅋ ㅇㅇㅋ 그래 그래요 그럼요 그러세요 그렇게해주세요
 그렇게해줘 그렇습니다 그렇죠 맞아 맞아요 맞습니다 맞음 맞네요 맞고요 좋아 좋아요 좋습니다 좋네요 조아요 오케이 오키 오케 오키도키 콜 당연하죠
 당연히 당연하지 물론 물론이죠 물론입니다 할게요 할게 할래요 할래 합니다 할께요 해줘 해줘요 해주세요 해주십시오 보내줘 보내주세요 보내줘요
 부탁해 부탁해요 부탁드려요 부탁드립니다 부탁합니다 진행해주세요 진행해줘 진행할게요 알겠어 알겠어요 알겠습니다 알겠음 알았어 알았어요 알았습니다 동의 동의해요 동의합니다 확인 ㄱ ㄱㄱ 고고
 y yes yess yeah yea yep yup ya ok okay okey k sure correct right exactly please plz do it yesplease goahead ofcourse
 soundsgood thatsright thatscorrect absolutely definitely itis thatsfine fine good alright`.split(/\s+/);
/** Openers that mean yes only when nothing else is said: "어 아니요" is a no. */
const hesitations = ['어', '어어', '음', '아', 'uh', 'um', 'well', 'oh'];
const no =
  `아니 아니용 아뇨아뇨 아닝 놉놉 ㄴㄴㄴ 안돼 안돼요 안됩니다 동의하지않아요 동의안해요 괜찮지않아요 그만둘게요 안그래요 안보내도돼요 안해도돼요 안맞아요 안좋아요 별로요 별로 싫은데요 싫은데 노땡큐 아니요 아니오 아뇨 아녀 아니여 아니에요 아니예요 아닙니다 아님 아닌데 아닌데요 아니야 안이요 ㄴㄴ ㄴ 노 노노 놉 싫어 싫어요 싫습니다
 안해 안해요 안할래 안할래요 안합니다 안할게요 안할게 안할거예요 됐어 됐어요 됐습니다 됬어요 됬어 괜찮아 괜찮아요 괜찮습니다 필요없어 필요없어요 필요없습니다
 하지마 하지마세요 하지말아주세요 보내지마 보내지마세요 틀려요 틀렸어요 틀립니다 나중에 나중에할게요 다음에 다음에할게요 다음에요
 n no noo nope nah nay nothanks nothankyou notnow dont donot wrong incorrect not later notreally noway`.split(
    /\s+/,
  );
const fillers = [
  '요',
  '그거',
  '그걸로',
  '이거',
  '이걸로',
  '제가',
  '저',
  '그럼',
  '그냥',
  '감사합니다',
  '고마워요',
  'thanks',
  'thankyou',
  'it',
  'is',
  'that',
  'thats',
];

type Meaning = 'yes' | 'no' | 'hesitation' | 'filler';

const meanings = new Map<string, Meaning>([
  ...fillers.map((term): [string, Meaning] => [term, 'filler']),
  ...hesitations.map((term): [string, Meaning] => [term, 'hesitation']),
  ...yes.map((term): [string, Meaning] => [term, 'yes']),
  ...no.map((term): [string, Meaning] => [term, 'no']),
]);
const longestTerm = Math.max(...[...meanings.keys()].map((term) => term.length));

const gestures = /^(?:[👌👍🙆⭕✅]|[👎🙅❌]|[\u{1f3fb}-\u{1f3ff}]|\u{200d}|\u{fe0f}|♀|♂|\s)+$/u;
const refusal = /[👎🙅❌]/u;
const consent = /[👌👍🙆⭕✅]/u;
const notSpoken = /[^\p{L}]+/gu;
const laughter = /[ㅋㅎㅠㅜ]+$/u;

/**
 * Yes or no in a message that says nothing more: 네, 넵, ㅇㅇ, "네 맞아요", 아니요, ㄴㄴ, 됐어요, "no thanks".
 * Undefined when it says more, says both, or says neither.
 */
export function parseConfirmation(text: string): 'yes' | 'no' | undefined {
  if (text.length > longestConfirmation) return undefined;
  if (gestures.test(text)) return confirmationOf(refusal.test(text), consent.test(text));
  const message = text.normalize('NFC').toLowerCase().replace(notSpoken, '').replace(laughter, '');
  const said = meaningsOf(message);
  if (message === '어' || message === '어어') return 'yes';
  return confirmationOf(said.has('no'), said.has('yes'));
}

function confirmationOf(no: boolean, yes: boolean): 'yes' | 'no' | undefined {
  if (no === yes) return undefined;
  return no ? 'no' : 'yes';
}

/** What the terms say that spell the whole message; empty when they do not. Longest terms first. */
function meaningsOf(message: string): Set<Meaning> {
  const said = new Set<Meaning>();
  for (let at = 0; at < message.length; ) {
    let length = Math.min(longestTerm, message.length - at);
    while (length > 0 && !meanings.has(message.slice(at, at + length))) length -= 1;
    const meaning = meanings.get(message.slice(at, at + length));
    if (meaning === undefined) return new Set();
    said.add(meaning);
    at += length;
  }
  return said;
}

/** Yes and no, Korean and English, as recognizers-text knows models: `end` inclusive, `value` true or false. */
class KoreanBooleanModel implements IModel {
  readonly modelTypeName = 'boolean';

  parse(query: string): ModelResult[] {
    const value = parseConfirmation(query);
    if (value === undefined) return [];
    const start = query.length - query.trimStart().length;
    const text = query.trim().replace(/[!?.~\s]+$/, '');
    const end = start + text.length - 1;
    return [
      { text, start, end, typeName: this.modelTypeName, resolution: { value: value === 'yes', score: 1 } },
    ];
  }
}

const recognizer = new ChoiceRecognizer(culture);
recognizer.registerModel('BooleanModel', culture, () => new KoreanBooleanModel());

/** The confirmation that the whole message is, if it is one. */
export function findConfirmation(text: string): Entity[] {
  if (text.length > longestConfirmation) return [];
  return recognizer
    .getBooleanModel(culture, false)
    .parse(text)
    .map(({ text: said, start, end, resolution }) => ({
      type: 'confirmation',
      text: said,
      start,
      end: end + 1,
      value: resolution.value === true ? 'yes' : 'no',
    }));
}
