import { createCallbackSink } from '../../../bot/kakao/callbackSink';
import { UnseenAnswers } from '../../../bot/kakao/unseenAnswers';
import { isCallbackUrl } from '../../../channels/kakao/callback';
import { sundayAfternoon } from '../../assistant';
import { kakaoViolations, visibleKakaoText } from '../../cards/kakaoLimits';
import { botUserKey, CallbackStandIn, KakaoHost, payload } from './kakaoHost';

describe('an answer that takes longer than KakaoTalk waits', () => {
  const kakao = new CallbackStandIn();
  let kakaoUrl = '';
  let host: KakaoHost;
  beforeAll(async () => {
    kakaoUrl = await kakao.listen();
  });
  afterAll(() => kakao.close());
  beforeEach(async () => {
    host = await KakaoHost.start({ answerWithinMs: 250 });
    kakao.taken.length = 0;
    kakao.calls = 0;
  });
  afterEach(() => host.close());

  const asked = { utterance: '연체료가 붙나요?' };
  const callback = (token: string) => `${kakaoUrl}/v1/bots/b/callback/${token}`;
  const delivered = async () => {
    await host.finished();
    await host.test.delivered();
    await host.test.assistant.outbox.settled();
  };

  it('comes to the callback address, once, within its limits', async () => {
    host.gate.close();
    const first = await host.post(payload('fallbackBlock', { ...asked, callbackUrl: callback('one') }));
    expect(first.json).toEqual({
      version: '2.0',
      useCallback: true,
      data: { text: expect.stringMatching(/확인/) },
    });
    host.gate.open();
    await delivered();
    expect(kakao.taken.map(({ url }) => url)).toEqual(['/v1/bots/b/callback/one']);
    const { useCallback, ...response } = Object(kakao.taken[0]?.json);
    expect(useCallback).toBe(false);
    expect(kakaoViolations(response)).toEqual([]);
    expect(visibleKakaoText(response)).toMatch(/연체/);
    expect(await host.say('고마워요')).not.toMatch(/연체료/);
    expect(kakao.calls).toBe(1);
  });

  it('comes once too when the request is sent twice', async () => {
    host.gate.close();
    const twice = payload('fallbackBlock', { ...asked, callbackUrl: callback('twice') });
    await Promise.all([host.post(twice), host.post(twice)]);
    host.gate.open();
    await delivered();
    expect(kakao.calls).toBe(1);
  });

  it('needs no callback when it is ready in time', async () => {
    const { text } = await host.post(payload('fallbackBlock', { ...asked, callbackUrl: callback('unused') }));
    expect(text).toMatch(/연체/);
    await delivered();
    expect(kakao.calls).toBe(0);
  });

  it('is tried again while the address lives, and told with the next answer when Kakao refused it', async () => {
    kakao.results.push({ status: 503, body: {} }, { status: 200, body: { taskId: 't', status: 'FAIL' } });
    host.gate.close();
    await host.post(payload('fallbackBlock', { ...asked, callbackUrl: callback('refused') }));
    host.gate.open();
    await delivered();
    expect(kakao.calls).toBe(1);
    host.test.nowMs += 2_000;
    await delivered();
    expect(kakao.calls).toBe(2);
    host.test.nowMs += 2_000;
    await delivered();
    expect(kakao.calls).toBe(2);
    const next = await host.say('고마워요');
    expect(next).toMatch(/연체/);
    expect(await host.say('네')).not.toMatch(/연체료/);
  });

  it('is not posted after its minute', async () => {
    host.gate.close();
    await host.post(payload('fallbackBlock', { ...asked, callbackUrl: callback('old') }));
    host.test.nowMs += 70_000;
    host.gate.open();
    await delivered();
    expect(kakao.calls).toBe(0);
    expect(await host.say('고마워요')).toMatch(/연체/);
  });

  it('is picked up by a button where there is no callback', async () => {
    host.gate.close();
    const waiting = await host.post(payload('fallbackBlock', asked));
    expect(waiting.text).toMatch(/결과 보기/);
    const extra: object = buttonOf(waiting.json);
    expect(await host.say('결과 보기', { extra })).toMatch(/결과 보기/);
    host.gate.open();
    expect(await host.say('결과 보기', { extra })).toMatch(/연체/);
    expect(await host.test.store.lastSeq(`kakao/${botUserKey}`)).toBe(2);
  });

  it('is picked up by the words alone too, and while the customer waits', async () => {
    const patient = await KakaoHost.start({ answerWithinMs: 500 });
    patient.gate.close();
    await patient.say('연체료가 붙나요?');
    const { intake } = patient.test.assistant;
    const subscribe = intake.subscribe.bind(intake);
    jest.spyOn(intake, 'subscribe').mockImplementation((...listening) => {
      setImmediate(() => patient.gate.open());
      return subscribe(...listening);
    });
    expect(await patient.say('결과 보기')).toMatch(/연체/);
    await patient.close();
  });

  it('is told with the next answer when nobody picked it up, and then no more', async () => {
    host.gate.close();
    await host.say('연체료가 붙나요?');
    host.gate.open();
    await host.finished();
    const next = await host.say('고마워요');
    expect(next).toMatch(/연체/);
    expect(await host.say('네')).not.toMatch(/연체료/);
  });

  it('is not there when nothing was asked', async () => {
    expect(await host.say('결과 보기')).toMatch(/새로 나온 결과가 없어요/);
    expect(await host.say('결과 보기', { extra: { action: 'kakao.result', turn: 'made-up' } })).toMatch(
      /없어요/,
    );
  });

  it('follows no redirect of the callback address', async () => {
    const elsewhere = new CallbackStandIn();
    const location = `${await elsewhere.listen()}/v1/bots/b/callback/elsewhere`;
    kakao.results.push({ status: 307, body: {}, location });
    host.gate.close();
    await host.post(payload('fallbackBlock', { ...asked, callbackUrl: callback('moved') }));
    host.gate.open();
    await delivered();
    expect(kakao.calls).toBe(1);
    expect(elsewhere.calls).toBe(0);
    await elsewhere.close();
  });

  it('belongs to who asked: another customer picks up nothing', async () => {
    host.gate.close();
    const { json } = await host.post(payload('fallbackBlock', asked));
    host.gate.open();
    await host.finished();
    const userId = `${botUserKey.slice(0, -4)}beef`;
    expect(await host.say('결과 보기', { extra: buttonOf(json), userId })).toMatch(/새로 나온 결과가 없어요/);
  });

  it('may be picked up twice, and says the same', async () => {
    host.gate.close();
    const { json } = await host.post(payload('fallbackBlock', asked));
    host.gate.open();
    await host.finished();
    const first = await host.say('결과 보기', { extra: buttonOf(json) });
    expect(first).toMatch(/연체/);
    expect(await host.say('결과 보기', { extra: buttonOf(json) })).toBe(first);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://evil.example/v1/bots/b/callback/t',
    'file:///etc/passwd',
  ])('never goes to %s', async (callbackUrl) => {
    host.gate.close();
    const { text, json } = await host.post(payload('fallbackBlock', { ...asked, callbackUrl }));
    expect(json.useCallback).toBeUndefined();
    expect(text).toMatch(/결과 보기/);
  });
});

describe('the callback address', () => {
  it.each([
    ['https://bot-api.kakao.com/v1/bots/5e1b/callback/token', true],
    ['https://bot-api.kakao.com/v1/bots/5e1b!/callback/token', true],
    ['http://bot-api.kakao.com/v1/bots/5e1b/callback/token', false],
    ['https://bot-api.kakao.com:8443/v1/bots/5e1b/callback/token', false],
    ['https://bot-api.kakao.com.evil.example/v1/bots/5e1b/callback/token', false],
    ['https://user@bot-api.kakao.com/v1/bots/5e1b/callback/token', false],
    ['https://bot-api.kakao.com/v2/user/me', false],
    ['https://127.0.0.1/v1/bots/5e1b/callback/token', false],
    ['http://127.0.0.1/v1/bots/5e1b/callback/token', false],
    ['https://[::1]/v1/bots/5e1b/callback/token', false],
    ['https://[::ffff:169.254.169.254]/v1/bots/5e1b/callback/token', false],
    ['https://bot-api.kakao.com@evil.example/v1/bots/5e1b/callback/token', false],
    ['https://evil.example\\@bot-api.kakao.com/v1/bots/5e1b/callback/token', false],
    ['https://bot-api.kakao.com./v1/bots/5e1b/callback/token', false],
    ['https://bot-api.kakao.com/v1/bots/5e1b/callback/../../../../v2/user/me', false],
    ['https://bot-api.kakao.com/v1/bots/5e1b/callback/%2e%2e/%2e%2e/%2e%2e/v2/user', false],
    ['https://bot-api.kakao.com/v1/bots/5e1b/callback/token#elsewhere', false],
    ['not an address', false],
  ])('%s: %s', (url, allowed) => {
    expect(isCallbackUrl(url, false)).toBe(allowed);
  });

  it('is checked again before anything is posted', async () => {
    const store = { lastSeq: async () => 0, readLog: async () => [] };
    const clock = { now: () => sundayAfternoon };
    const sink = createCallbackSink({ unseen: new UnseenAnswers(store), clock, allowLoopback: false });
    const url = 'http://127.0.0.1:9/v1/bots/b/callback/t';
    const payload = { conversationKey: 'kakao/u', activityId: 'a', url, expiresAtMs: sundayAfternoon + 1 };
    await expect(sink(payload, 'k')).rejects.toMatchObject({ code: 'DeliveryRefused' });
  });
});

function buttonOf(response: object): object {
  const extra = JSON.stringify(response).match(/"extra":(\{[^}]*\})/)?.[1] ?? '{}';
  return JSON.parse(extra);
}
