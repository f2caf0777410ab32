import { KakaoHost } from './kakaoHost';

const owing = '010-0000-1001';

describe('a KakaoTalk customer at the identity agency', () => {
  let host: KakaoHost;
  beforeEach(async () => {
    host = await KakaoHost.start();
    await host.say('내 미납요금이 얼마예요?');
    await host.say(owing);
    await host.say(await host.codeSentTo(owing));
  });
  afterEach(() => host.close());

  /** Passes at the agency and comes back, as its pages tell the conversation. */
  const passAndReturn = async (link: string) => {
    const { agency, intake } = host.test.assistant;
    const token = new URL(link).searchParams.get('t') ?? '';
    const find = (key: string) => host.test.store.readRecord(key);
    const found = await agency?.verification.open('start', token, find);
    if (agency?.demo === undefined || found?.challenge === undefined) throw new Error('the link is dead');
    await agency.verification.begin(found.link, found.challenge);
    agency.demo.play(found.challenge.verificationId, found.challenge.lineId, 'holder');
    const { channelId, conversationId, userId, nonce } = found.link;
    await intake.submit({
      channelId,
      conversationId,
      userId,
      activity: {
        type: 'event',
        name: 'identity/returned',
        id: `identity-returned-${nonce}`,
        value: { action: 'agency.returned' },
        from: { id: userId },
        conversation: { id: conversationId },
      },
      echo: false,
      delivery: 'log',
    });
    await host.finished();
  };
  const linkIn = (text: string) => text.match(/http\S+\/identity\/start\?t=\S+/)?.[0] ?? '';

  it('opens the link by a web button and sees the items when they say that they have finished', async () => {
    const link = linkIn(await host.say('내역 자세히 보기'));
    await passAndReturn(link);
    expect(await host.say('확인했어요', { extra: { action: 'agency.check' } })).toMatch(
      /\d월분 휴대폰 요금 내역/,
    );
  });

  it('is told with the next answer what was said when they came back, and only once', async () => {
    const link = linkIn(await host.say('내역 자세히 보기'));
    await passAndReturn(link);
    expect(await host.say('고마워요')).toMatch(/\d월분 휴대폰 요금 내역/);
    expect(await host.say('고마워요 정말')).not.toMatch(/\d월분 휴대폰 요금 내역/);
  });

  it('gets the items of another bill by the words of its button alone', async () => {
    const link = linkIn(await host.say('내역 자세히 보기'));
    await passAndReturn(link);
    const items = await host.say('확인했어요');
    const label = items.match(/\d+월분 휴대폰 내역/)?.[0] ?? '';
    expect(label).not.toBe('');
    expect(await host.say(label)).toContain(label.replace(' 내역', ' 요금 내역'));
  });
});
