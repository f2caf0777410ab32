import { SealedTokens } from '../../../services/sealing/sealedToken';
import { MovableClock, minuteMs } from '../identity/identityDesk';

const secret = Buffer.alloc(32, 1);

describe('a sealed token', () => {
  it('opens until its time, for its own use', async () => {
    const clock = new MovableClock();
    const tokens = new SealedTokens(secret, 'a/v1', clock, 500);
    const token = await tokens.seal({ of: '나' }, clock.now() + minuteMs);
    expect(token).toMatch(/^[\w.-]+$/);
    expect(Buffer.from(token.split('.')[3] ?? '', 'base64url').toString()).not.toContain('나');
    expect(await tokens.open(token)).toMatchObject({ of: '나' });
    expect(await new SealedTokens(secret, 'b/v1', clock, 500).open(token)).toBeUndefined();
    expect(await new SealedTokens(secret, 'a/v1', clock, token.length - 1).open(token)).toBeUndefined();
    expect(await new SealedTokens(secret, 'a/v1', clock, token.length).open(token)).toMatchObject({
      of: '나',
    });
    clock.move(minuteMs);
    expect(await tokens.open(token)).toBeUndefined();
  });

  it.each(['', 'x', 'a.b.c', 'a.b.c.d.e', '한글'])('is not %p', async (token) => {
    expect(await new SealedTokens(secret, 'a/v1', new MovableClock(), 500).open(token)).toBeUndefined();
  });

  it('does not hide a clock that fails', async () => {
    const tokens = new SealedTokens(secret, 'a/v1', new MovableClock(), 500);
    const token = await tokens.seal({}, Date.UTC(2100, 0));
    const broken = {
      now: () => {
        throw new Error('no clock');
      },
    };
    await expect(new SealedTokens(secret, 'a/v1', broken, 500).open(token)).rejects.toThrow('no clock');
  });
});
