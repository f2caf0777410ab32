import { spelledText } from './spelling';

const ordinals: readonly (readonly [number, RegExp])[] = [
  [
    1,
    /^(?:첫|첫번|첫째|첫번째|일번|하나|1|1번|1번째|맨위|맨위에|제일위|one|first|1st|number1|numberone|no1|option1|optionone)$/,
  ],
  [2, /^(?:두번|둘째|두번째|이번|둘|2|2번|2번째|two|second|2nd|number2|numbertwo|no2|option2|optiontwo)$/],
  [
    3,
    /^(?:세번|셋째|세번째|삼번|셋|3|3번|3번째|three|third|3rd|number3|numberthree|no3|option3|optionthree)$/,
  ],
  [4, /^(?:네번|넷째|네번째|사번|넷|4|4번|4번째|four|fourth|4th|number4|numberfour|no4|option4|optionfour)$/],
  [-1, /^(?:마지막|맨끝|맨아래|맨밑|제일아래|last|thelast)$/],
];
const tail =
  /(?:에?(?:거|꺼|것|걸|게|버튼)?(?:로|으로|를|을|이|가|도|는|은)?)(?:할게요?|할래요?|해줘요?|해주세요|볼게요|볼래요?|보여줘요?|보여주세요|알려줘요?|알려주세요|주세요|이요|요|이에요|예요|입니다|선택|골라줘)?$/;
const longest = 25;
/** "9번" picks a place too, even where there is none. */
const anyPlace = /^([1-9]|1\d|20)(?:번|번째)?$/;

/**
 * Which of the buttons a number or ordinal picks: "2번", "첫 번째 거요", "the second one". From 1; -1 is the last.
 * Undefined for anything else, a longer number included.
 */
export function parseChoice(text: string): number | undefined {
  if (text.length > longest) return undefined;
  const spelled = spelledText(text);
  const bare = spelled
    .replace(/^(?:ill take|illtake|thanks|the|그럼|음|저는|전)/, '')
    .replace(/(?:one|please|pls)+$/, '');
  for (const candidate of [spelled, spelled.replace(tail, ''), bare]) {
    const named = ordinals.find(([, word]) => word.test(candidate));
    if (named !== undefined) return named[0];
    const place = anyPlace.exec(candidate)?.[1];
    if (place !== undefined) return Number(place);
  }
  return undefined;
}
