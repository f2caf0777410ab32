import * as fc from 'fast-check';
import { createSealer } from '../../bot/sealer';
import { StoreUnavailableError } from '../../services/errors';
import { systemRandomness } from '../../services/randomness';

describe('sealer', () => {
  const sealer = createSealer(systemRandomness.bytes(32), systemRandomness);

  it('opens what it sealed, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        expect(sealer.open(sealer.seal(plain))).toBe(plain);
      }),
    );
  });

  it('shows nothing of the message, and never the same bytes twice', () => {
    const sealed = sealer.seal('인증번호 123456');
    expect(sealed.toString('utf8')).not.toContain('123456');
    expect(sealed.equals(sealer.seal('인증번호 123456'))).toBe(false);
  });

  it('refuses a message of which any single byte was changed', () => {
    const sealed = sealer.seal('42,300원');
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => sealer.open(changed)).toThrow(StoreUnavailableError);
    }
  });

  it('refuses a torn message and one sealed with another key', () => {
    const sealed = sealer.seal('42,300원');
    const other = createSealer(systemRandomness.bytes(32), systemRandomness);
    expect(() => other.open(sealed)).toThrow(StoreUnavailableError);
    expect(() => sealer.open(sealed.subarray(0, 20))).toThrow(StoreUnavailableError);
    expect(() => sealer.open(Buffer.alloc(0))).toThrow(StoreUnavailableError);
  });
});
