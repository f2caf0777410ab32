import type { TmfLine } from '../../../services/billing/tmf/tmfLines';
import { LineSystemUnavailableError } from '../../../services/errors';
import { TmfLineDirectory } from '../../../services/identity/tmfLineDirectory';
import { MovableClock } from './identityDesk';

const phone = '01012345678';
const line: TmfLine = {
  lineId: 'line-1',
  phoneNumber: phone,
  status: 'active',
  simChangedAtMs: 5,
  holderDigest: 'digest-1',
  customerId: 'customer-1',
  billingAccountId: 'account-1',
};

/** A line system with one line; how it works over HTTP is tested in test/tmf/. */
function aDirectory(change: Partial<TmfLine> = {}, simChangeUnknown: 'refuse' | 'allow' = 'refuse') {
  const clock = new MovableClock();
  const known = { ...line, ...change };
  const deadline = new AbortController().signal;
  const asked = async (isKnown: boolean, signal: AbortSignal) => {
    if (signal !== deadline) throw new Error('asked without the deadline');
    return isKnown ? known : undefined;
  };
  const lines = {
    deadline: () => deadline,
    byPhoneNumber: (number: string, signal: AbortSignal) => asked(number === phone, signal),
    byId: (lineId: string, signal: AbortSignal) => asked(lineId === 'line-1', signal),
  };
  return { clock, directory: new TmfLineDirectory(lines, { simChangeUnknown }, clock) };
}

describe('the carrier’s lines', () => {
  it('are told as the product inventory has them', async () => {
    const { directory } = aDirectory();
    expect(await directory.findByPhoneNumber(phone)).toEqual({
      lineId: 'line-1',
      status: 'active',
      billingAccountIds: ['account-1'],
      simChangedAtMs: 5,
    });
    expect(await directory.phoneNumberOf('line-1')).toBe(phone);
    expect(await directory.maskedNumberOf('line-1')).toBe('010-****-5678');
    expect(await directory.holderDigestOf('line-1')).toBe('digest-1');
  });

  it('are none where it has none', async () => {
    const { directory } = aDirectory();
    expect(await directory.findByPhoneNumber('01000000000')).toBeUndefined();
    expect(await directory.phoneNumberOf('x')).toBeUndefined();
    expect(await directory.maskedNumberOf('x')).toBeUndefined();
    expect(await directory.holderDigestOf('x')).toBeUndefined();
  });

  it('may have no account, and a SIM whose change nobody knows', async () => {
    const found = ({ directory }: ReturnType<typeof aDirectory>) => directory.findByPhoneNumber(phone);
    const bare = { billingAccountId: undefined, simChangedAtMs: 'unknown' } as const;
    const refusing = aDirectory(bare);
    const common = { lineId: 'line-1', status: 'active', billingAccountIds: [] };
    expect(await found(refusing)).toStrictEqual({ ...common, simChangedAtMs: refusing.clock.now() });
    const allowed = await found(aDirectory(bare, 'allow'));
    expect(allowed).toStrictEqual(common);
    expect(await found(aDirectory({}, 'allow'))).toMatchObject({ simChangedAtMs: 5 });
  });

  it('are an error when they cannot be looked up, with its cause and without the number', async () => {
    const cause = new Error('HTTP 500');
    const broken = {
      deadline: () => AbortSignal.abort(),
      byPhoneNumber: () => Promise.reject(cause),
      byId: () => Promise.reject(cause),
    };
    const directory = new TmfLineDirectory(broken, { simChangeUnknown: 'refuse' }, new MovableClock());
    const questions = [
      directory.findByPhoneNumber(phone),
      directory.phoneNumberOf('line-1'),
      directory.maskedNumberOf('line-1'),
      directory.holderDigestOf('line-1'),
    ];
    for (const question of questions) {
      const error: unknown = await question.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(LineSystemUnavailableError);
      expect(error).toMatchObject({ message: 'the line look-up failed', cause });
    }
  });
});
