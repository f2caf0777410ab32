/** Questions that an article answers, in the words of `data/intents.json`' topics. */
export const questions: readonly string[] = [
  '미납요금은 어디서 확인해요?',
  '앱에서 미납요금은 어떻게 봐요?',
  '홈페이지에서 미납요금은 어떻게 봐요?',
  '요금이 연체되면 어떻게 돼요?',
  '요금을 안 내면 정지되나요?',
  '요금을 냈는데 왜 아직 미납으로 나와요?',
  '본인 확인은 왜 하나요?',
  '미납요금은 어떻게 내요?',
];

/**
 * Those that are answered with one message. A channel behind the Bot Connector is not told which of its messages a reply
 * belongs to: whoever asks the next question at the first reply would take what is left over for its answer, and soon
 * have several questions under way.
 */
export const plainQuestions = questions.filter((question) => !question.includes('요금을 냈는데'));
