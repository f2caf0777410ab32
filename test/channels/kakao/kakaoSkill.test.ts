import { StoreUnavailableError } from '../../../services/errors';
import { botUserKey, KakaoHost, payload, secret } from './kakaoHost';

const owing = '010-0000-1001';

describe('the KakaoTalk skill server', () => {
  let host: KakaoHost;
  beforeAll(async () => {
    host = await KakaoHost.start();
  });
  afterAll(() => host.close());
  let users = 0;
  const somebody = () => {
    users += 1;
    return `${botUserKey.slice(0, -4)}${String(users).padStart(4, 'f')}`;
  };

  it.each(['fallbackBlock', 'oldCapture', 'testWindow', 'slotFilling', 'callbackBlock'])(
    'answers the recorded request %s',
    async (file) => {
      const { status, text } = await host.post(payload(file));
      expect(status).toBe(200);
      expect(text).toMatch(/연체/);
    },
  );

  it('tells a verified customer what they owe, and asks nobody for a field', async () => {
    const userId = somebody();
    expect(await host.say('이번 달 미납 요금 알려줘\n', { userId })).toMatch(/휴대폰 번호를 적어/);
    expect(await host.say(owing, { userId })).toMatch(/인증번호 6자리/);
    const answer = await host.say(`${await host.codeSentTo(owing)}\n`, { userId });
    expect(answer).toContain('77,300원');
    expect(answer).toContain('114');
    const sms = await host.test.smsTo('01000001001');
    expect(sms).not.toContain('@');
  });

  it('sends the words of a button as they stand, and its value when KakaoTalk gives it back', async () => {
    for (const extra of [undefined, { action: 'billItems.show' }]) {
      const userId = somebody();
      await host.say('내 미납요금이 얼마예요?', { userId });
      await host.say(owing, { userId });
      await host.say(await host.codeSentTo(owing), { userId });
      const changes = extra === undefined ? { userId } : { userId, extra };
      expect(await host.say('내역 자세히 보기', changes)).toMatch(/본인 인증/);
      host.test.nowMs += 3_600_000;
    }
  });

  it.each([
    ['decomposed letters', '연체료가 붙나요?'.normalize('NFD')],
    ['emoji', '연체료가 붙나요? 😭🙏'],
    ['a line break at the end', '연체료가 붙나요?\r\n'],
    ['full-width signs', '연체료가　붙나요？'],
    ['no gaps', '연체료가붙나요'],
    ['a voice transcript', '어 저기 연체료가 붙나요'],
  ])('understands %s', async (_name, utterance) => {
    expect(await host.say(utterance, { userId: somebody() })).toMatch(/연체/);
  });

  it('takes a number and a code in full-width digits, and as they are read out', async () => {
    const userId = somebody();
    await host.say('내 미납요금이 얼마예요?', { userId });
    await host.say('０１０－００００－１００３', { userId });
    const code = await host.codeSentTo('010-0000-1003');
    const fullWidth = [...code].map((digit) => String.fromCodePoint(Number(digit) + 0xff10)).join('');
    expect(await host.say(fullWidth, { userId })).toContain('31,000원');
  });

  it.each([
    '(이모티콘)',
    '(사진)',
    'http://dn-m.talk.kakao.com/talkm/abc/def/i_1.jpg',
    'https://talk.kakaocdn.net/dna/x/y/img.png?credential=z',
  ])('asks for words instead of %s', async (utterance) => {
    expect(await host.say(utterance, { userId: somebody() })).toMatch(/글로 적어/);
  });

  it.each(['🙂', '', ' \n '])('has an answer to %j', async (utterance) => {
    expect((await host.say(utterance, { userId: somebody() })).length).toBeGreaterThan(5);
  });

  it('has an answer to a huge utterance', async () => {
    expect((await host.say('요금 '.repeat(30_000), { userId: somebody() })).length).toBeGreaterThan(5);
  });

  it('answers the same words, sent twice at once, once', async () => {
    const userId = somebody();
    const [first, second] = await Promise.all([
      host.say('연체료가 붙나요?', { userId }),
      host.say('연체료가 붙나요?', { userId }),
    ]);
    expect(second).toBe(first);
    expect(await host.test.store.lastSeq(`kakao/${userId}`)).toBe(2);
    host.test.nowMs += 10_000;
    await host.say('연체료가 붙나요?', { userId });
    expect(await host.test.store.lastSeq(`kakao/${userId}`)).toBe(4);
  });

  it('sends one code for a number that came twice', async () => {
    const userId = somebody();
    await host.say('내 미납요금이 얼마예요?', { userId });
    await Promise.all([host.say('010-0000-1002', { userId }), host.say('010-0000-1002', { userId })]);
    await host.test.delivered();
    expect(host.test.assistant.handset.messagesOf('01000001002')).toHaveLength(1);
  });

  it.each([
    ['a wrong secret', { 'X-Kakao-Skill-Secret': 'wrong' }],
    ['no secret', {}],
    ['a wrong bearer', { Authorization: 'Bearer wrong' }],
    ['an empty secret', { 'X-Kakao-Skill-Secret': '' }],
    ['a long secret', { 'X-Kakao-Skill-Secret': secret.repeat(200) }],
    [
      'a wrong secret beside the right bearer',
      { 'X-Kakao-Skill-Secret': 'x', Authorization: `Bearer ${secret}` },
    ],
  ])('refuses %s with a fixed body', async (_name, headers: Record<string, string>) => {
    const { status, json } = await host.post(payload('fallbackBlock'), headers);
    expect(status).toBe(403);
    expect(json).toEqual({ error: { code: 'Forbidden', message: 'This is not allowed.' } });
  });

  it('takes the secret as a bearer too', async () => {
    const { status } = await host.post(payload('fallbackBlock'), { Authorization: `Bearer ${secret}` });
    expect(status).toBe(200);
  });

  it.each([
    ['no user', (json: ReturnType<typeof payload>) => delete json.userRequest.user],
    ['a user without id', (json: ReturnType<typeof payload>) => delete json.userRequest.user.id],
    ['an empty user id', (json: ReturnType<typeof payload>) => (json.userRequest.user.id = '')],
    ['a user id that climbs', (json: ReturnType<typeof payload>) => (json.userRequest.user.id = '../x')],
    ['no utterance', (json: ReturnType<typeof payload>) => delete json.userRequest.utterance],
    ['no request', (json: ReturnType<typeof payload>) => delete json.userRequest],
  ])('refuses %s', async (_name, damage) => {
    const json = payload('fallbackBlock');
    damage(json);
    const { status, json: answer } = await host.post(json);
    expect(status).toBe(400);
    expect(answer.error?.code).toBe('BadArgument');
  });

  it.each(['{', '[]', '"text"', 'null'])('refuses %s', async (body) => {
    expect((await host.post(body)).status).toBe(400);
  });

  it('needs neither block nor bot nor action, and ignores what it does not know', async () => {
    const { userRequest } = payload('fallbackBlock', { userId: somebody() });
    const bare = {
      user: { id: userRequest.user.id },
      utterance: userRequest.utterance,
      callbackUrl: 5,
      lang: {},
    };
    expect((await host.post({ userRequest: bare, action: 7, future: [1] })).text).toMatch(/연체/);
  });

  it.each<object>([
    { action: 'unknown.verb' },
    { action: 5 },
    { action: 'stepUp.code', code: '123456' },
    { __proto__: null, constructor: 'x' },
    { deep: { deep: { deep: { deep: { deep: { deep: { deep: { deep: { deep: 1 } } } } } } } } },
  ])('has an answer to a button of nobody: %j', async (extra) => {
    expect((await host.say('아무 말', { userId: somebody(), extra })).length).toBeGreaterThan(5);
  });

  it('speaks English with whom KakaoTalk says is English', async () => {
    const json = payload('fallbackBlock', { utterance: 'Is there a late fee?', userId: somebody() });
    json.userRequest.lang = 'en';
    expect((await host.post(json)).text).toMatch(/late/i);
  });

  it('keeps nothing of the user but the key, and no code', async () => {
    const userId = somebody();
    await host.say('내 미납요금이 얼마예요?', { userId });
    await host.say('010-0000-1006', { userId });
    const code = await host.codeSentTo('010-0000-1006');
    await host.say(code, { userId });
    const kept = JSON.stringify(await host.test.store.readLog(`kakao/${userId}`, 0, 100));
    const logged = JSON.stringify(host.test.logged);
    for (const secretText of [code, 'plusfriend-key-of-user', '0000-1006']) {
      expect(logged).not.toContain(secretText);
      if (secretText !== '0000-1006') expect(kept).not.toContain(secretText);
    }
    expect(kept).not.toContain('010-0000-1006');
  });

  it('never lets a level travel to another channel, whatever the ids say', async () => {
    const userId = somebody();
    await host.say('내 미납요금이 얼마예요?', { userId });
    await host.say(owing, { userId });
    expect(await host.say(await host.codeSentTo(owing), { userId })).toContain('77,300원');
    const web = host.test.customer({ channelId: 'directline', userId, conversationId: userId });
    expect((await web.say('내 미납요금이 얼마예요?')).join()).not.toContain('77,300원');
    await web.say(owing);
    expect((await web.say(await host.codeSentTo(owing))).join()).toContain('77,300원');
    await web.say('로그아웃');
    expect(await host.say('내 미납요금이 얼마예요?', { userId })).toContain('77,300원');
  });
});

describe('a skill server in trouble', () => {
  it('says so in words when the store does not take the message', async () => {
    const host = await KakaoHost.start();
    const submit = jest
      .spyOn(host.test.assistant.intake, 'submit')
      .mockRejectedValue(new StoreUnavailableError('disk full'));
    expect(await host.say('연체료가 붙나요?')).toMatch(/죄송/);
    submit.mockRestore();
    await host.close();
  });

  it('has words too when the store never answers', async () => {
    const host = await KakaoHost.start({ answerWithinMs: 20 });
    const submit = jest
      .spyOn(host.test.assistant.intake, 'submit')
      .mockReturnValue(new Promise(() => undefined));
    expect(await host.say('연체료가 붙나요?')).toMatch(/죄송/);
    submit.mockRestore();
    await host.close();
  });

  it('without a secret answers this machine alone', async () => {
    const host = await KakaoHost.start({ secret: undefined });
    expect((await host.post(payload('fallbackBlock'), {})).status).toBe(200);
    const response = await host.underName('kakao.example.kr');
    expect(response).toBe(403);
    await host.close();
  });
});
