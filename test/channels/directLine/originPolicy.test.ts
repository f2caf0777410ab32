import { OriginPolicy } from '../../../channels/directLine/originPolicy';

const policyAt = (publicUrl: string, ...allowed: string[]) => new OriginPolicy(() => publicUrl, allowed);

describe('origins', () => {
  it.each([
    ['ws://127.0.0.1:3978', 'http://127.0.0.1:3978', true],
    ['ws://127.0.0.1:3978', 'http://localhost:3978', true],
    ['ws://127.0.0.1:3978', 'http://[::1]:3978', true],
    ['ws://127.0.0.1:3978', 'https://127.0.0.1:3978', false],
    ['ws://127.0.0.1:3978', 'http://127.0.0.1:3979', false],
    ['ws://127.0.0.1:3978', 'http://127.0.0.1.evil.example:3978', false],
    ['wss://bot.example.com/', 'https://bot.example.com', true],
    ['wss://bot.example.com/', 'https://BOT.example.com:443', true],
    ['https://bot.example.com', 'https://bot.example.com', true],
    ['wss://bot.example.com', 'http://localhost', false],
    ['wss://bot.example.com', 'https://evil.example', false],
    ['wss://bot.example.com', 'https://bot.example.com@evil.example', false],
    ['wss://bot.example.com', 'null', false],
    ['wss://bot.example.com', '', false],
  ])('at %s, %s is our own: %s', (publicUrl, origin, own) => {
    expect(policyAt(publicUrl).allows(origin)).toBe(own);
  });

  it('are allowed by exact match of a listed one; a wildcard lists nothing', () => {
    const policy = policyAt(
      'wss://bot.example.com',
      'https://help.example.com/',
      '*',
      'https://*.example.org',
    );

    expect(policy.allows('https://help.example.com')).toBe(true);
    expect(policy.allows('https://other.example.com')).toBe(false);
    expect(policy.allows('https://a.example.org')).toBe(false);
    expect(policy.allows('*')).toBe(false);
  });

  it('give a page on localhost a socket on localhost, and nobody a socket elsewhere', () => {
    const loopback = policyAt('http://127.0.0.1:3978');

    expect(loopback.streamBase('localhost:3978')).toBe('ws://localhost:3978');
    expect(loopback.streamBase('evil.example:3978')).toBe('ws://127.0.0.1:3978');
    expect(loopback.streamBase(undefined)).toBe('ws://127.0.0.1:3978');
    expect(policyAt('wss://bot.example.com/kt/').streamBase('evil.example')).toBe('wss://bot.example.com/kt');
  });
});
