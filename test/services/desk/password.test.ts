import { Passwords } from '../../../services/desk/password';
import { systemRandomness } from '../../../services/randomness';
import { cheapWork } from './deskFixture';

describe('passwords of the desk', () => {
  const passwords = new Passwords(systemRandomness);
  const quick = new Passwords(systemRandomness, cheapWork);

  it('knows the right password, in either Unicode form, and no other', async () => {
    const kept = await passwords.hash('비밀번호-열두글자-이상');
    expect(kept.cost).toBeGreaterThanOrEqual(2 ** 15);
    expect(await passwords.check('비밀번호-열두글자-이상'.normalize('NFD'), kept)).toBe('right');
    expect(await passwords.check('비밀번호-열두글자-이싱', kept)).toBe('wrong');
  });

  it('keeps the same password differently for two people', async () => {
    const [one, other] = [await quick.hash('correct horse'), await quick.hash('correct horse')];
    expect(one.salt).not.toBe(other.salt);
    expect(one.hash).not.toBe(other.hash);
  });

  it('reads a password that was kept with other parameters', async () => {
    // RFC 7914, section 12: scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1), the first 32 of 64 bytes.
    const kept = {
      algorithm: 'scrypt',
      cost: 16_384,
      blockSize: 8,
      parallel: 1,
      salt: Buffer.from('SodiumChloride').toString('base64url'),
      hash: Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex').toString(
        'base64url',
      ),
    } as const;
    expect(await passwords.check('pleaseletmein', kept)).toBe('right');
  });

  it('lets nobody in under a name that nobody has', async () => {
    expect(await passwords.check('', undefined)).toBe('wrong');
  });

  it('takes no more than it can carry', async () => {
    const checks = Array.from({ length: 60 }, () => quick.check('guess', undefined));
    const answers = await Promise.all(checks);
    expect(answers.filter((answer) => answer === 'busy').length).toBeGreaterThan(0);
    expect(await quick.check('guess', undefined)).toBe('wrong');
  });

  it('makes one-time passwords that are never the same', () => {
    const made = new Set(Array.from({ length: 1_000 }, () => passwords.oneTime()));
    expect(made.size).toBe(1_000);
    for (const password of made)
      expect(password).toMatch(/^[a-hj-km-np-tv-z2-9]{4}(?:-[a-hj-km-np-tv-z2-9]{4}){4}$/);
  });
});
