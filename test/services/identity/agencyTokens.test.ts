import { hkdfSync } from 'node:crypto';
import { EncryptJWT } from 'jose';
import { type AgencyLink, AgencyTokens } from '../../../services/identity/agencyTokens';
import { aBinding, MovableClock, minuteMs } from './identityDesk';

const secret = Buffer.alloc(32, 1);
/** The key as every node of every version has to derive it: a link outlives an update. */
const key = new Uint8Array(hkdfSync('sha256', secret, '', 'agency-link/v1', 32));
const link: AgencyLink = { ...aBinding(), kind: 'start', nonce: 'n', lineId: 'line-1', language: 'ko' };

function aServer() {
  const clock = new MovableClock();
  return { clock, tokens: new AgencyTokens(secret, clock) };
}

describe('a token of a link', () => {
  it('reads as it was issued, until its time', async () => {
    const { clock, tokens } = aServer();
    const token = await tokens.issue(link, clock.now() + 10 * minuteMs + 999);
    clock.move(10 * minuteMs - 1);
    expect(await tokens.read('start', token)).toMatchObject(link);
    clock.move(1);
    expect(await tokens.read('start', token)).toBeUndefined();
  });

  it.each(['start', 'return'] as const)('serves as %s alone where it was made for that', async (kind) => {
    const { clock, tokens } = aServer();
    const token = await tokens.issue({ ...link, kind, language: 'en' }, clock.now() + minuteMs);
    expect(await tokens.read(kind, token)).toMatchObject({ kind, language: 'en' });
    expect(await tokens.read(kind === 'start' ? 'return' : 'start', token)).toBeUndefined();
  });

  it('is read by another node and says nothing when a part is missing or odd', async () => {
    const { clock, tokens } = aServer();
    const sealed = (claims: Record<string, unknown>) =>
      new EncryptJWT(claims)
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setExpirationTime(Math.floor(clock.now() / 1_000) + 60)
        .encrypt(key);
    expect(await tokens.read('start', await sealed({ ...link }))).toMatchObject(link);
    for (const name of Object.keys(link)) {
      expect(await tokens.read('start', await sealed({ ...link, [name]: undefined }))).toBeUndefined();
      expect(await tokens.read('start', await sealed({ ...link, [name]: 7 }))).toBeUndefined();
    }
    expect(await tokens.read('start', await sealed({ ...link, language: 'fr' }))).toBeUndefined();
  });

  it('may be as long as 4,096 characters and no longer', async () => {
    const { clock, tokens } = aServer();
    const ofLength = async (characters: number) => {
      const token = await tokens.issue({ ...link, lineId: 'x'.repeat(characters) }, clock.now() + minuteMs);
      return { length: token.length, isRead: (await tokens.read('start', token)) !== undefined };
    };
    const read = await Promise.all(Array.from({ length: 16 }, (_, n) => ofLength(2_850 + n)));
    expect(read.filter(({ length }) => length <= 4_096).every(({ isRead }) => isRead)).toBe(true);
    expect(read.filter(({ length }) => length > 4_096).some(({ isRead }) => isRead)).toBe(false);
    expect(read.map(({ length }) => length)).toContain(4_096);
  });
});
