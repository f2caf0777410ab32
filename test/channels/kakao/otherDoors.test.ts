import { anActivity, runningBot } from '../../bot/connector/connectorFixture';
import { CallbackStandIn, KakaoHost } from './kakaoHost';

describe('other doors to KakaoTalk', () => {
  it('the Bot Connector cannot speak for a KakaoTalk customer', async () => {
    const bot = await runningBot();
    expect((await bot.post(anActivity({ channelId: 'kakao' }))).status).toBe(403);
    expect(bot.intake.turns).toEqual([]);
    await bot.close();
  });

  it('an event of another channel makes nobody post to a callback address', async () => {
    const kakao = new CallbackStandIn();
    const url = await kakao.listen();
    const host = await KakaoHost.start();
    const details = {
      activityId: 'a',
      url: `${url}/v1/bots/b/callback/t`,
      expiresAtMs: host.test.nowMs + 9_999,
    };
    const callback = Buffer.from(JSON.stringify(details)).toString('base64url');
    const web = host.test.customer({ channelId: 'directline' });
    await web.send({ type: 'event', name: 'kakao/handOver', value: { callback } });
    await host.test.delivered();
    await host.test.assistant.outbox.settled();
    expect(kakao.calls).toBe(0);
    await host.close();
    await kakao.close();
  });

  it('a bot that is called by its name in a group reads the question without the name', async () => {
    const bot = await runningBot();
    const mention = (id: string, text: string) => ({ type: 'mention', mentioned: { id, name: 'x' }, text });
    await bot.post(
      anActivity({
        text: '<at>요금길잡이</at> 연체료가 붙나요? <at>김고객</at>',
        conversation: { id: 'group', isGroup: true },
        entities: [
          mention('bot-1', '<at>요금길잡이</at>'),
          mention('user-2', '<at>김고객</at>'),
          { type: 'clientInfo' },
        ],
      }),
    );
    expect(bot.intake.turns[0]?.activity.text).toBe('연체료가 붙나요? <at>김고객</at>');
    expect(bot.intake.turns[0]?.activity.conversation.isGroup).toBe(true);
    await bot.close();
  });

  it('a group in Teams gets answers to questions, but nobody’s balance', async () => {
    const host = await KakaoHost.start();
    const group = host.test.customer({ channelId: 'msteams', isGroup: true });
    expect((await group.say('연체료가 붙나요?')).join()).toMatch(/연체/);
    expect((await group.say('내 미납요금이 얼마예요?')).join()).toMatch(/여러 사람이 있는 대화/);
    await host.close();
  });
});
