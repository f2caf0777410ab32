import * as fc from 'fast-check';
import { createLog } from '../../bot/log';

function logging(level: 'info' | 'error' = 'info') {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  const redact = (text: string) => text.replace(/010-?\d{4}-?\d{4}|\b\d{6}\b/g, '[masked]');
  return { lines, log: createLog({ level, redact, stream }) };
}

describe('log', () => {
  it('writes one JSON object a line, with level and time', () => {
    const { lines, log } = logging();
    log.info({ conversation: 'directline/c1' }, 'turn failed');
    expect(JSON.parse(lines.join(''))).toMatchObject({
      level: 'info',
      conversation: 'directline/c1',
      msg: 'turn failed',
    });
    expect(Date.parse(JSON.parse(lines.join('')).time)).not.toBeNaN();
  });

  it('masks personal data wherever it hides', () => {
    const { lines, log } = logging();
    const phone = '010-0000-1001';
    log.warn({ deep: { list: [phone, { phone }] }, [phone]: 1, code: 123456 }, `sent to ${phone}`);
    log.error({ err: new Error(`no line ${phone}`, { cause: new Error(phone) }) }, 'failed');
    log.error(new Error(phone), phone);
    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toMatch(/010-0000-1001|123456/);
    expect(lines[1]).toContain('no line [masked]');
  });

  it('F32: keeps any text on one line, without terminal sequences', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { lines, log } = logging();
        log.info({ text: `${text}\r\n{"level":"fatal"}\u001b[2J\u009b2J\u202e` }, `${text}\n`);
        expect(lines).toHaveLength(1);
        expect(lines[0]?.trimEnd()).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        expect(JSON.parse(lines.join(''))).toMatchObject({ level: 'info' });
      }),
    );
  });

  it('leaves out what is below its level', () => {
    const { lines, log } = logging('error');
    log.info({}, 'not now');
    expect(lines).toEqual([]);
  });
});
