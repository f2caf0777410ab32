import { loadConfig } from '../../bot/config';

const all = {
  HANDOFF_PROVIDER: 'chatwoot',
  CHATWOOT_URL: 'https://chat.example.kr',
  CHATWOOT_INBOX_IDENTIFIER: 'api-inbox-identifier',
  CHATWOOT_WEBHOOK_SECRET: 'webhook-secret-of-the-inbox',
};

describe('the settings of Chatwoot', () => {
  it('count only when people sit there', () => {
    expect(loadConfig({}).chatwoot).toBeUndefined();
    expect(loadConfig({ ...all, HANDOFF_PROVIDER: 'desk' }).chatwoot).toBeUndefined();
    expect(loadConfig(all).chatwoot).toMatchObject({
      baseUrl: 'https://chat.example.kr',
      acceptOn: 'message',
      webhookPath: undefined,
    });
  });

  it.each(['CHATWOOT_URL', 'CHATWOOT_INBOX_IDENTIFIER', 'CHATWOOT_WEBHOOK_SECRET'])(
    'name %s when it is missing',
    (name) => {
      expect(() => loadConfig({ ...all, [name]: '' })).toThrow(name);
    },
  );

  it.each([
    ['CHATWOOT_URL', 'http://chat.example.kr'],
    ['CHATWOOT_URL', 'https://chat.example.kr/app'],
    ['CHATWOOT_INBOX_IDENTIFIER', '../../accounts'],
    ['CHATWOOT_WEBHOOK_PATH', 'guessable'],
    ['CHATWOOT_ACCEPT_ON', 'never'],
  ])('refuse a wrong %s without repeating it', (name, value) => {
    expect(() => loadConfig({ ...all, [name]: value })).toThrow(name);
    expect(() => loadConfig({ ...all, [name]: value })).not.toThrow(value);
  });
});
