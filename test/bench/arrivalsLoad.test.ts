import { talkAsTheyCome } from '../../bench/arrivalsLoad';
import type { Conversation, Heard, Peer } from '../../bench/conversation';

/** A bot that answers when it is told to, or at once. */
class Bot implements Peer {
  readonly name = 'bot';
  readonly pid = 0;
  opened = 0;
  ended = 0;
  readonly said: string[] = [];
  talkingNow = 0;
  mostAtOnce = 0;
  answer: () => Promise<Heard> = async () => ({ latencyMs: 1, words: '' });

  async open(): Promise<Conversation> {
    this.opened += 1;
    return {
      say: async (text) => {
        this.said.push(text);
        this.talkingNow += 1;
        this.mostAtOnce = Math.max(this.mostAtOnce, this.talkingNow);
        try {
          return await this.answer();
        } finally {
          this.talkingNow -= 1;
        }
      },
      end: () => {
        this.ended += 1;
      },
    };
  }
}

const load = { perSecond: 2_000, seconds: 0.05, conversations: 4, texts: ['가', '나'], seed: 3 };

describe('an open load', () => {
  it('says everything that was planned, in turn, and leaves no conversation behind', async () => {
    const bot = new Bot();
    const { turns, p50Ms, p99Ms, longestMs } = await talkAsTheyCome(bot, load);

    expect(turns).toBe(bot.said.length);
    expect(turns).toBeGreaterThan(50);
    expect(bot.said.slice(0, 4)).toEqual(['나', '가', '나', '가']);
    expect([bot.opened, bot.ended]).toEqual([4, 4]);
    expect(p50Ms).toBeGreaterThanOrEqual(1);
    expect(longestMs).toBeGreaterThanOrEqual(p99Ms);
  });

  it('lets nobody say two things at once, and counts the wait for a bot that is slow', async () => {
    const bot = new Bot();
    const letGo: (() => void)[] = [];
    bot.answer = () => new Promise((resolve) => letGo.push(() => resolve({ latencyMs: 0, words: '' })));
    const talked = talkAsTheyCome(bot, load);
    let over = false;
    const done = talked.finally(() => {
      over = true;
    });
    while (!over) {
      await new Promise((resolve) => setImmediate(resolve));
      // Answers come only once all four are waiting for one, or everybody else has had theirs.
      if (letGo.length === 4 || bot.said.length > 60) letGo.shift()?.();
    }
    const { longestMs } = await done;

    expect(bot.mostAtOnce).toBe(4);
    // The answers themselves took no time.
    expect(longestMs).toBeGreaterThan(0);
  });

  it('changes customers after so many turns', async () => {
    const bot = new Bot();
    const { turns } = await talkAsTheyCome(bot, { ...load, turnsEach: 5 });

    expect(bot.opened).toBeGreaterThanOrEqual(4 + Math.floor(turns / 5) - 4);
    expect(bot.ended).toBe(bot.opened);
  });

  it('fails when a turn gets no answer', async () => {
    const bot = new Bot();
    bot.answer = () => Promise.reject(new Error('gone'));

    await expect(talkAsTheyCome(bot, load)).rejects.toThrow('gone');
    expect(bot.ended).toBe(bot.opened);
  });
});
