import type { Line } from '../../../services/identity/lineDirectory';
import { UsableLines } from '../../../services/identity/usableLines';
import { AnyLineDirectory, hourMs, lineIdOf, MovableClock } from './identityDesk';

const phone = '01012345678';

function lookUp(change: Partial<Line> = {}) {
  const clock = new MovableClock();
  const lines = new AnyLineDirectory();
  lines.changed.set(phone, change);
  return { clock, lines, usable: new UsableLines(lines, clock, 72 * hourMs) };
}

describe('a line that may prove who is asking', () => {
  it('is mobile, active and has had its SIM for three days', async () => {
    const { usable } = lookUp();
    expect((await usable.find(phone))?.lineId).toBe(lineIdOf(phone));
    const { clock } = lookUp();
    const changed = (msAgo: number) => lookUp({ simChangedAtMs: clock.now() - msAgo }).usable.find(phone);
    expect(await changed(72 * hourMs)).toBeDefined();
    expect(await changed(72 * hourMs - 1)).toBeUndefined();
    expect(await lookUp({ status: 'suspended' }).usable.find(phone)).toBeUndefined();
    const nobodys = lookUp();
    nobodys.lines.unknown.add(phone);
    expect(await nobodys.usable.find(phone)).toBeUndefined();
  });

  it.each(['0212345678', '01112345678', '0101234567', '021012345678', '010123456789', 'x01012345678'])(
    'is none at %s, also where the line system knows it',
    async (number) => {
      const { usable, lines } = lookUp();
      lines.findByPhoneNumber = async () => ({ lineId: 'l', billingAccountIds: [], status: 'active' });
      expect(await usable.find(number)).toBeUndefined();
      expect(await usable.find(phone)).toBeDefined();
    },
  );

  it('is found again by its id while the number is still its own', async () => {
    const { usable, lines } = lookUp();
    expect((await usable.findAgain(lineIdOf(phone)))?.lineId).toBe(lineIdOf(phone));
    lines.changed.set(phone, { lineId: 'line-of-somebody-else' });
    expect(await usable.findAgain(lineIdOf(phone))).toBeUndefined();
  });

  it('is asked for with the same questions when there was none', async () => {
    const { usable, lines } = lookUp();
    const asked: string[] = [];
    lines.phoneNumberOf = async (lineId) => {
      asked.push(`phoneNumberOf ${lineId}`);
      return undefined;
    };
    lines.findByPhoneNumber = async (number) => {
      asked.push(`findByPhoneNumber ${number}`);
      return undefined;
    };
    expect(await usable.findAgain(null)).toBeUndefined();
    expect(asked).toEqual(['phoneNumberOf ', 'findByPhoneNumber ']);
  });
});
