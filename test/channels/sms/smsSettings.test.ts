import { loadConfig } from '../../../bot/config';
import { ConfigurationError } from '../../../services/errors';

const solapi = {
  SMS_PROVIDER: 'solapi',
  SOLAPI_API_KEY: 'NCSAYU7YDBXYORXC',
  SOLAPI_API_SECRET: 'FLLTVLAPPWQBGHBBPHDRKXLPKX2LYVJY',
  SOLAPI_SENDER: '02-1234-5678',
};
const webhook = {
  SMS_PROVIDER: 'webhook',
  SMS_WEBHOOK_URL: 'https://sms.example.kr/send',
  SMS_WEBHOOK_SECRET: 'a-secret-of-thirty-two-characters',
};

function complaintAbout(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
}

describe('settings of the SMS provider', () => {
  it('are read for SOLAPI', () => {
    expect(loadConfig(solapi).sms).toEqual({
      provider: 'solapi',
      apiKey: solapi.SOLAPI_API_KEY,
      apiSecret: solapi.SOLAPI_API_SECRET,
      sender: '0212345678',
    });
  });

  it('are read for a gateway of the carrier', () => {
    const { SMS_WEBHOOK_URL: url, SMS_WEBHOOK_SECRET: secret } = webhook;
    expect(loadConfig(webhook).sms).toEqual({ provider: 'webhook', url, secret });
    const local = { ...webhook, SMS_WEBHOOK_URL: 'http://127.0.0.1:8080/sms' };
    expect(loadConfig(local).sms).toMatchObject({ url: 'http://127.0.0.1:8080/sms' });
  });

  it.each([
    [
      { SMS_PROVIDER: 'solapi' },
      'SMS_PROVIDER solapi needs SOLAPI_API_KEY, SOLAPI_API_SECRET, SOLAPI_SENDER.',
    ],
    [{ ...solapi, SOLAPI_SENDER: '' }, 'SMS_PROVIDER solapi needs SOLAPI_SENDER.'],
    [{ ...webhook, SMS_WEBHOOK_SECRET: '' }, 'SMS_PROVIDER webhook needs SMS_WEBHOOK_SECRET.'],
    [{ ...solapi, SMS_PROVIDER: '' }, /^SMS_PROVIDER is demo, but SOLAPI_API_KEY, .* belongs to solapi\.$/],
    [{ ...webhook, ...solapi }, /^SMS_PROVIDER is solapi, but SMS_WEBHOOK_URL, .* belongs to webhook\.$/],
    [{ ...webhook, SMS_WEBHOOK_URL: 'http://sms.example.kr/send' }, /^SMS_WEBHOOK_URL .*\.$/],
    [{ ...webhook, SMS_WEBHOOK_URL: 'https://user:pw@sms.example.kr' }, /^SMS_WEBHOOK_URL .*\.$/],
    [{ ...webhook, SMS_WEBHOOK_URL: 'sms.example.kr' }, /^SMS_WEBHOOK_URL .*\.$/],
    [{ ...webhook, SMS_WEBHOOK_SECRET: 'too-short' }, /^SMS_WEBHOOK_SECRET .*\.$/],
    [{ ...solapi, SOLAPI_SENDER: 'KT' }, /^SOLAPI_SENDER .*\.$/],
    [{ ...solapi, SOLAPI_API_KEY: 'a b' }, /^SOLAPI_API_KEY .*\.$/],
  ])('%j is refused in one sentence', (env, complaint) => {
    expect(complaintAbout(env)).toMatch(complaint);
  });

  it('never repeat a wrong secret', () => {
    const wrong = { ...solapi, ...webhook, SOLAPI_API_SECRET: 'hunter 2', SMS_WEBHOOK_SECRET: 'hunter 2' };
    expect(complaintAbout(wrong)).not.toContain('hunter 2');
  });
});
