import { inspect } from 'node:util';
import { ConfigurationError } from '../../../services/errors';
import { AgencyPerson, HolderDigests } from '../../../services/identity/agencyPerson';

const digests = new HolderDigests(Buffer.alloc(32, 3));

describe('the holder digest', () => {
  it('needs a key of 32 bytes', () => {
    for (const length of [0, 31, 33]) {
      expect(() => new HolderDigests(Buffer.alloc(length))).toThrow(ConfigurationError);
      expect(() => new HolderDigests(Buffer.alloc(length))).toThrow(
        'the holder digest key must be 32 bytes long',
      );
    }
  });

  it('is what the carrier computes with the same key', () => {
    // printf '["holder/v1","ci-of-somebody"]' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0303…03 -binary
    expect(digests.digestOf('ci-of-somebody')).toBe('zJ5g0VGM3skbbXQe2XkhuYxfTJ_w5P4ullquDah1POE');
  });
});

describe('a person whom the agency saw', () => {
  const person = new AgencyPerson({ ci: 'ci-of-somebody', birthDate: '1958-03-01' });

  it('is the holder only by the very same digest', () => {
    const own = digests.digestOf('ci-of-somebody');
    expect(person.isHolder(digests, own)).toBe(true);
    expect(person.isHolder(digests, digests.digestOf('ci-of-another'))).toBe(false);
    for (const other of ['', own.slice(1), `${own}=`]) expect(person.isHolder(digests, other)).toBe(false);
    expect(person.isHolder(new HolderDigests(Buffer.alloc(32, 4)), own)).toBe(false);
  });

  it('is "[person]" wherever somebody prints or stores it', () => {
    expect(JSON.stringify({ person })).toBe('{"person":"[person]"}');
    expect(`${Object(person)}`).toBe('[person]');
    expect(inspect({ person })).toBe('{ person: [person] }');
  });

  const under14 = (birthDate: string, seoul: string) =>
    new AgencyPerson({ ci: 'x', birthDate }).isUnder14(Date.parse(`${seoul}+09:00`));

  it('is fourteen from the first minute of that day in Seoul', () => {
    expect(under14('2012-11-23', '2026-11-22T23:59:59.999')).toBe(true);
    expect(under14('2012-11-23', '2026-11-23T00:00:00')).toBe(false);
    expect(under14('2012-02-29', '2026-02-28T12:00:00')).toBe(true);
    expect(under14('2012-02-29', '2026-03-01T00:00:00')).toBe(false);
    expect(under14('1958-03-01', '2026-11-22T12:00:00')).toBe(false);
    expect(under14('0900-01-01', '2026-11-22T12:00:00')).toBe(false);
  });
});
