const longest = 20;
const polite = '(?:할게요?|할래요?|하겠습니다|해\\s?(?:줘|주세요)?요?|합시다|하자|둘게요?|둘래요?|요)?';
const stop = new RegExp(
  `^(?:아니\\s?)?(?:이제\\s|그냥\\s)?(?:취소|그만|중단|멈춰\\s?(?:줘|주세요)?|관둘게요?|관둘래요?|나가기|처음으로)\\s?${polite}$|^(?:please )?(?:cancel|stop|quit|exit|never ?mind|forget it|start over)(?: (?:it|this|please))?$`,
  'i',
);

/** "취소", "그만할게요", "cancel": a message that only says to stop. */
export function asksToStop(text: string): boolean {
  return (
    text.length <= longest &&
    stop.test(
      text
        .normalize('NFC')
        .trim()
        .replace(/[\s.!~ㅠㅜ]+$/u, ''),
    )
  );
}
