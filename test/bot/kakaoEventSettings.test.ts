import { loadConfig } from '../../bot/config';

const all = {
  KAKAO_SKILL_SECRET: 'a-secret-of-the-skill',
  KAKAO_EVENT_BOT_ID: '620cea77ca92880f0b4e73c8',
  KAKAO_EVENT_REST_KEY: 'a-rest-key-of-the-app',
  KAKAO_EVENT_NAME: 'bill_reminder',
};

describe('the settings of KakaoTalk events', () => {
  it('are off by default, and all three or none', () => {
    expect(loadConfig({}).kakaoEvents).toBeUndefined();
    expect(loadConfig(all).kakaoEvents).toEqual({
      botId: '620cea77ca92880f0b4e73c8',
      restKey: 'a-rest-key-of-the-app',
      eventName: 'bill_reminder',
    });
  });

  it.each(['KAKAO_EVENT_BOT_ID', 'KAKAO_EVENT_REST_KEY', 'KAKAO_EVENT_NAME', 'KAKAO_SKILL_SECRET'])(
    'name %s when it is missing',
    (name) => {
      expect(() => loadConfig({ ...all, [name]: '' })).toThrow(name);
    },
  );

  it.each([
    ['KAKAO_EVENT_BOT_ID', '../../v1'],
    ['KAKAO_EVENT_NAME', 'two words'],
    ['KAKAO_EVENT_REST_KEY', 'short'],
  ])('refuse a wrong %s without repeating it', (name, value) => {
    expect(() => loadConfig({ ...all, [name]: value })).toThrow(name);
    expect(() => loadConfig({ ...all, [name]: value })).not.toThrow(value);
  });
});
