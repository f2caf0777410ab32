import { createDecipheriv } from 'node:crypto';
import { openText, sealText } from '../../../services/sealing/sealedText';
import { repeatableRandomness } from '../identity/identityDesk';

const key = Buffer.alloc(32, 3);
const seal = (plain: string, boundTo?: string) => sealText(plain, key, repeatableRandomness('seal'), boundTo);

describe('a sealed text', () => {
  it.each(['', '내 번호는 010-1234-5678', 'x'.repeat(70_000)])('opens as it was (%#)', (plain) => {
    expect(openText(seal(plain), key)).toBe(plain);
    expect(openText(seal(plain, 'me'), key, 'me')).toBe(plain);
  });

  it('has the published form, which every version has to read', () => {
    const sealed = seal('안녕', 'me');
    expect(sealed[0]).toBe(1);
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13), { authTagLength: 16 });
    decipher.setAAD(Buffer.from('me')).setAuthTag(sealed.subarray(13, 29));
    expect(Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString()).toBe('안녕');
  });

  it('opens with its own key, for its own purpose, unchanged and whole', () => {
    const sealed = seal('안녕', 'me');
    expect(openText(sealed, Buffer.alloc(32, 4), 'me')).toBeUndefined();
    for (const other of [undefined, '', 'you']) expect(openText(sealed, key, other)).toBeUndefined();
    for (const [at] of sealed.entries()) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(sealed.readUInt8(at) ^ 1, at);
      expect(openText(changed, key, 'me')).toBeUndefined();
      expect(openText(sealed.subarray(0, at), key, 'me')).toBeUndefined();
    }
  });
});
