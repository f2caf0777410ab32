import type { Dialog } from 'botbuilder-dialogs';
import { KoreanConfirmPrompt } from '../../../dialogs/prompts/koreanConfirmPrompt';
import { OneTimeCodePrompt } from '../../../dialogs/prompts/oneTimeCodePrompt';
import { PhoneNumberPrompt } from '../../../dialogs/prompts/phoneNumberPrompt';
import { SeoulDatePrompt } from '../../../dialogs/prompts/seoulDatePrompt';
import { WonAmountPrompt } from '../../../dialogs/prompts/wonAmountPrompt';
import { PromptTalk, promptClock } from './promptTalk';

const parts = { clock: promptClock };
const prompts: Record<string, () => Dialog> = {
  confirm: () => new KoreanConfirmPrompt('it', parts),
  amount: () => new WonAmountPrompt('it', parts),
  date: () => new SeoulDatePrompt('it', parts),
  phone: () => new PhoneNumberPrompt('it', parts),
  code: () => new OneTimeCodePrompt('it', parts),
};

async function asked(prompt: Dialog, locale: string, validations?: object): Promise<PromptTalk> {
  const talk = new PromptTalk(prompt, locale, validations === undefined ? {} : { validations });
  expect(await talk.say('안녕')).toHaveLength(1);
  return talk;
}

describe.each(Object.entries(prompts))('the %s prompt', (_name, make) => {
  it.each(['ko-KR', 'en-US'])('asks, and asks again, in the language of %s', async (locale) => {
    const talk = new PromptTalk(make(), locale);
    const sentences = [...(await talk.say('안녕')), ...(await talk.say('@@'))];

    expect(sentences).toHaveLength(2);
    for (const sentence of sentences) {
      if (locale === 'ko-KR') expect(sentence).toMatch(/요[.?]$/);
      else expect(sentence).toMatch(/^[ -~]+$/);
    }
  });

  it('gives up after three answers that it cannot use, and says so once', async () => {
    const talk = await asked(make(), 'ko-KR');

    expect(await talk.say('글쎄 그게')).toHaveLength(1);
    expect(await talk.say('')).toHaveLength(1);
    expect(talk.waits).toBe(true);
    expect(await talk.say('음 몰라')).toEqual([
      '괜찮아요, 이건 나중에 해도 돼요. 다른 걸 물어보셔도 좋아요.',
    ]);
    expect(talk.result).toBeUndefined();
  });

  it.each(['취소', '그만', '그만할게요', '취소해 주세요', 'cancel', 'Never mind'])(
    'ends at "%s"',
    async (text) => {
      const talk = await asked(make(), 'ko-KR');

      expect(await talk.say(text)).toEqual(['네, 여기서 멈출게요.']);
      expect(talk.result).toBeUndefined();
      expect(talk.waits).toBe(false);
    },
  );

  it("uses the caller's own sentences", async () => {
    const talk = new PromptTalk(make(), 'ko-KR', { prompt: '무엇을요?', retryPrompt: '다시요.' });

    expect(await talk.say('안녕')).toEqual(['무엇을요?']);
    expect(await talk.say('글쎄')).toEqual(['다시요.']);
  });
});

describe('the confirm prompt', () => {
  it.each<[string, string, boolean]>([
    ['ko-KR', '네', true],
    ['ko-KR', '응', true],
    ['ko-KR', 'ㅇㅇ', true],
    ['ko-KR', '맞아요!', true],
    ['ko-KR', '아니요', false],
    ['ko-KR', 'ㄴㄴ', false],
    ['ko-KR', '됐어요', false],
    ['en-US', 'yes please', true],
    ['en-US', 'no thanks', false],
    ['en-US', '네', true],
    ['ko-KR', '👌', true],
  ])('in %s takes "%s" for %s', async (locale, text, value) => {
    const talk = await asked(new KoreanConfirmPrompt('it', parts), locale);
    await talk.say(text);
    expect(talk.result).toBe(value);
  });

  it('offers both as buttons, again after an unclear answer', async () => {
    const talk = await asked(new KoreanConfirmPrompt('it', parts), 'ko-KR');
    expect(talk.lastSuggestions).toEqual(['네', '아니요']);
    await talk.say('글쎄요 음');
    expect(talk.lastSuggestions).toEqual(['네', '아니요']);
  });
});

describe('the amount prompt', () => {
  it.each<[string, string, number]>([
    ['ko-KR', '3만5천원', 35_000],
    ['ko-KR', '3만5천이요', 35_000],
    ['ko-KR', '삼만오천', 35_000],
    ['ko-KR', '35000', 35_000],
    ['ko-KR', '３５，０００', 35_000],
    ['ko-KR', '3만원만 낼게요', 30_000],
    ['en-US', 'KRW 35,000', 35_000],
    ['en-US', 'thirty five thousand', 35_000],
  ])('in %s reads "%s" as %d', async (locale, text, won) => {
    const talk = await asked(new WonAmountPrompt('it', parts), locale);
    await talk.say(text);
    expect(talk.result).toBe(won);
  });

  it('keeps to the limits of its caller and takes one amount only', async () => {
    const talk = await asked(new WonAmountPrompt('it', parts), 'ko-KR', { leastWon: 1_000, mostWon: 35_000 });

    expect(await talk.say('500원')).toEqual(['1,000원 이상으로 적어 주세요.']);
    expect(await talk.say('4만원')).toEqual(['35,000원까지 적을 수 있어요. 다시 적어 주세요.']);
    await talk.say('35,000원');
    expect(talk.result).toBe(35_000);

    const other = await asked(new WonAmountPrompt('it', parts), 'ko-KR');
    expect(await other.say('3만원이나 5만원')).toEqual(['금액이 여러 개예요. 하나만 적어 주세요.']);
  });

  it.each(['010-0000-1001', '11월 25일', '-5000', '영원히'])('reads no amount in "%s"', async (text) => {
    const talk = await asked(new WonAmountPrompt('it', parts), 'ko-KR');
    await talk.say(text);
    expect(talk.waits).toBe(true);
  });
});

describe('the date prompt', () => {
  it.each<[string, string, string]>([
    ['ko-KR', '11월 25일', '2026-11-25'],
    ['ko-KR', '내일이요', '2026-11-23'],
    ['ko-KR', '다음 주 금요일', '2026-11-27'],
    ['ko-KR', '다음 달 5일에요', '2026-12-05'],
    ['ko-KR', '2026-12-01', '2026-12-01'],
    ['en-US', 'next Friday', '2026-11-27'],
    ['en-US', 'tomorrow', '2026-11-23'],
    ['en-US', 'December 5, 2026', '2026-12-05'],
  ])('in %s reads "%s" as %s', async (locale, text, day) => {
    const talk = await asked(new SeoulDatePrompt('it', parts), locale, { need: 'future' });
    await talk.say(text);
    expect(talk.result).toBe(day);
  });

  it.each<[string, string, string, string, string]>([
    ['ko-KR', '25일', '11월 25일 말씀이세요?', '네', '2026-11-25'],
    ['ko-KR', '20일', '12월 20일 말씀이세요?', 'ㅇㅇ', '2026-12-20'],
    ['ko-KR', '금요일', '11월 27일 말씀이세요?', '응 맞아', '2026-11-27'],
    ['ko-KR', '10월 25일', '2027년 10월 25일 말씀이세요?', '네', '2027-10-25'],
    ['ko-KR', '다음 주말', '11월 28일 말씀이세요?', '네', '2026-11-28'],
    ['en-US', 'the 25th', 'Do you mean 25 Nov?', 'yes', '2026-11-25'],
  ])('in %s asks back about "%s"', async (locale, text, sentence, yes, day) => {
    const talk = await asked(new SeoulDatePrompt('it', parts), locale, { need: 'future' });

    expect(await talk.say(text)).toEqual([sentence]);
    expect(talk.lastSuggestions).toHaveLength(2);
    expect(talk.waits).toBe(true);
    await talk.say(yes);
    expect(talk.result).toBe(day);
  });

  it('takes a no, and another date, to what it asked back', async () => {
    const talk = await asked(new SeoulDatePrompt('it', parts), 'ko-KR', { need: 'future' });
    await talk.say('25일');
    expect(await talk.say('아니요')).toEqual([
      "그럼 몇 월 며칠인지 알려 주세요. '11월 25일'처럼 적으면 돼요.",
    ]);
    await talk.say('12월 25일');
    expect(talk.result).toBe('2026-12-25');

    const other = await asked(new SeoulDatePrompt('it', parts), 'ko-KR', { need: 'future' });
    await other.say('25일');
    await other.say('아니 12월 25일이요');
    expect(other.result).toBe('2026-12-25');
  });

  it('never asks back without end', async () => {
    const talk = await asked(new SeoulDatePrompt('it', parts), 'ko-KR', { need: 'future' });
    for (const text of ['25일', '26일', '27일', '28일']) await talk.say(text);
    expect(talk.result).toBeUndefined();
    expect(talk.waits).toBe(false);
  });

  it('refuses a past day where a future one is needed, and the reverse', async () => {
    const future = await asked(new SeoulDatePrompt('it', parts), 'ko-KR', { need: 'future' });
    expect(await future.say('2026년 11월 20일')).toEqual([
      '11월 20일은 벌써 지났어요. 오늘이나 그 뒤의 날짜로 적어 주세요.',
    ]);
    expect(await future.say('어제')).toHaveLength(1);
    await future.say('오늘');
    expect(future.result).toBe('2026-11-22');

    const past = await asked(new SeoulDatePrompt('it', parts), 'en-US', { need: 'past' });
    expect(await past.say('tomorrow')).toEqual([
      "23 Nov has not come yet. Please write today's date or an earlier one.",
    ]);
  });

  it('asks for the day of a month, and for one date only', async () => {
    const talk = await asked(new SeoulDatePrompt('it', parts), 'ko-KR');
    expect(await talk.say('다음 달이요')).toEqual(['12월 며칠인지도 알려 주세요.']);
    expect(await talk.say('12월 3일이나 12월 5일')).toEqual(['날짜가 여러 개예요. 하나만 적어 주세요.']);
  });
});

describe('the phone prompt', () => {
  it.each([
    '010-0000-1001',
    '공일공 0000 1001',
    '+82 10 0000 1001',
    'O10 OOOO 1OO1',
    '제 번호는 01000001001이에요',
  ])('reads "%s"', async (text) => {
    const talk = await asked(new PhoneNumberPrompt('it', parts), 'ko-KR');
    await talk.say(text);
    expect(talk.result).toBe('01000001001');
  });

  it('takes one number only, and keeps none', async () => {
    const talk = await asked(new PhoneNumberPrompt('it', parts), 'ko-KR');
    expect(await talk.say('010-0000-1001, 010-0000-1002')).toEqual([
      '번호가 여러 개예요. 하나만 적어 주세요.',
    ]);
    expect(await talk.kept()).not.toMatch(/100[12]/);
    await talk.say('010-0000-1002');
    expect(talk.result).toBe('01000001002');
    expect(await talk.kept()).not.toMatch(/100[12]/);
  });
});

describe('the code prompt', () => {
  it.each(['012345', '012 345', '공일이삼사오요', '012345인데요', 'my code is 012345'])(
    'reads "%s"',
    async (text) => {
      const talk = await asked(new OneTimeCodePrompt('it', parts), 'ko-KR');
      await talk.say(text);
      expect(talk.result).toBe('012345');
      expect(await talk.kept()).not.toContain('012345');
    },
  );
});
