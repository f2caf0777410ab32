import type { JsonValue } from '../../../services/turn/turnStore';
import { aBinding, hourMs, IdentityDesk, lineIdOf, minuteMs } from './identityDesk';

const phone = '01012345678';

async function aSentCode() {
  const desk = new IdentityDesk();
  await desk.send(aBinding(), phone);
  const payload = desk.entries()[0]?.payload;
  if (typeof payload !== 'object' || payload === null) throw new Error('nothing is in the outbox');
  const messageWith = (change: { readonly [name: string]: JsonValue }) =>
    desk.service.smsOf({ ...payload, ...change });
  return { desk, messageWith };
}

describe('the message that an outbox entry becomes', () => {
  it('carries the code to the line until its time is over', async () => {
    const { desk, messageWith } = await aSentCode();
    const expiresAtMs = desk.clock.now() + 3 * minuteMs;
    const code = expect.stringMatching(/^\d{6}$/);
    expect(await messageWith({})).toEqual({ phoneNumber: phone, code, language: 'ko', expiresAtMs });
    expect(await messageWith({ language: 'en' })).toMatchObject({ language: 'en' });
    desk.clock.move(3 * minuteMs - 1);
    expect(await messageWith({})).toBeDefined();
    desk.clock.move(1);
    expect(await messageWith({})).toBeUndefined();
  });

  it.each([1, 12])('can be as short or long as %d digits', async (digits) => {
    const { messageWith } = await aSentCode();
    expect((await messageWith({ digits }))?.code).toHaveLength(digits);
  });

  it('is another one for another conversation', async () => {
    const { messageWith } = await aSentCode();
    const code = (await messageWith({}))?.code;
    for (const parts of [{ channelId: 'kakao' }, { conversationId: 'x' }, { userId: 'x' }])
      expect((await messageWith({ binding: { ...aBinding(parts) } }))?.code).not.toBe(code);
  });

  it.each<[string, { readonly [name: string]: JsonValue }]>([
    ['a field too many', { more: 1 }],
    ['no nonce', { challengeNonce: null }],
    ['no line', { lineId: null }],
    ['the line that stands for none', { lineId: ' '.repeat(64) }],
    ['a line that nobody has', { lineId: 'line--' }],
    ['no binding', { binding: null }],
    ['half a binding', { binding: { channelId: 'kakao', conversationId: 'c' } }],
    ['a binding with more in it', { binding: { ...aBinding(), more: 1 } }],
    ['no purpose', { purpose: null }],
    ['no digits', { digits: 0 }],
    ['too many digits', { digits: 13 }],
    ['half a digit', { digits: 6.5 }],
    ['half a millisecond', { expiresAtMs: 4e15 + 0.5 }],
    ['another language', { language: 'fr' }],
  ])('is none with %s', async (_, change) => {
    const { messageWith } = await aSentCode();
    expect(await messageWith(change)).toBeUndefined();
  });

  it('is none when the line may not be trusted any more, though it could still be reached', async () => {
    const { desk, messageWith } = await aSentCode();
    desk.lines.changed.set(phone, { simChangedAtMs: desk.clock.now() - hourMs });
    expect(await messageWith({})).toBeUndefined();
    desk.lines.changed.set(phone, { lineId: lineIdOf('01000000009') });
    expect(await messageWith({})).toBeUndefined();
    desk.lines.changed.clear();
    expect(await messageWith({})).toBeDefined();
    let asked = 0;
    desk.lines.phoneNumberOf = async () => {
      asked += 1;
      return asked === 1 ? phone : undefined;
    };
    expect(await messageWith({})).toBeUndefined();
  });
});
