import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import Database from 'libsql';
import { createLog } from '../../bot/log';
import { redact } from '../../services/redaction/redaction';
import { TestAssistant } from '../assistant';
import { disguise, residentNumber, typedResidentNumber } from '../services/redaction/typedNumbers';
import { sized } from '../size';
import { aFolder } from '../store/embeddedFixture';

const seed = Number(process.env.TEST_SEED ?? 20261122);
const question = '내 미납요금이 얼마예요?';

/** An assistant whose store is a file, to be looked through afterwards. */
class WatchedAssistant {
  private readonly folder = aFolder();
  private readonly file = path.join(this.folder.path, 'assistant.db');
  readonly test = new TestAssistant({ file: this.file });

  /** Every cell of every table, and the files themselves, as one text without what people put between digits. */
  everything(): string {
    const db = new Database(this.file);
    const tables = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all([]);
    const cells = tables.flatMap((table) => db.prepare(`SELECT * FROM "${table}"`).raw().all([]));
    const names = new Set(tables);
    for (const needed of ['inbox', 'outbox', 'activity_log', 'record', 'journal'])
      expect(names).toContain(needed);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const lines: string[] = [];
    const log = createLog({ level: 'debug', redact, stream: { write: (line) => void lines.push(line) } });
    for (const { facts, message } of this.test.logged) log.info(facts, message);
    const texts = [JSON.stringify(cells), readFileSync(this.file, 'utf8'), lines.join('')];
    return texts
      .join('\n')
      .normalize('NFKC')
      .replace(/[\s\-–—−.·ー/]/g, '');
  }

  async close(): Promise<void> {
    await this.test.stop();
    this.folder.remove();
  }
}

let watched: WatchedAssistant;
beforeEach(() => {
  watched = new WatchedAssistant();
});
afterEach(() => watched.close());

const spokenForms = (digits: string) => [
  digits,
  digits.replace(/\d/g, (digit) => '공일이삼사오육칠팔구'.charAt(Number(digit))),
];

describe('T21: a resident registration number that a customer types', () => {
  const variants = sized(2_000, 20_000);

  it(`is nowhere, in ${variants.toLocaleString('en')} spellings (seed ${seed})`, async () => {
    const typed = fc.sample(typedResidentNumber, { seed, numRuns: variants });
    // A hundred messages each, at once: they share the disk's flushes.
    const conversations = Array.from({ length: variants / 100 }, (_, at) =>
      typed.slice(at * 100, (at + 1) * 100),
    );
    const talks = conversations.map(async (messages) => {
      const customer = watched.test.customer();
      for (const [index, { typed: text }] of messages.entries()) {
        // Every tenth comes where a number is awaited.
        if (index % 10 === 0) await customer.say(question);
        const answers = await customer.say(text);
        // "rrn:" before it makes the customer an English speaker.
        expect(answers.join(' ')).toMatch(
          /저장하지 않고 바로 지웠어요|did not store it and erased it at once/,
        );
      }
    });
    await Promise.all(talks);
    await watched.test.delivered();
    const stored = watched.everything();
    expect(stored).toContain('주민번호삭제됨');
    const longRuns = [...new Set(stored.match(/\d{13,}|[공일이삼사오육칠팔구]{13,}/g))].join(' ');
    for (const { plain } of typed) {
      for (const form of spokenForms(plain)) expect(longRuns.includes(form)).toBe(false);
    }
  }, 600_000);

  const split = sized(200, 2_000);

  it(`is nowhere, in ${split.toLocaleString('en')} spellings over two messages (seed ${seed})`, async () => {
    const typed = fc.sample(fc.tuple(residentNumber, disguise), { seed, numRuns: split });
    const talks = typed.map(async ([{ front, back }, as]) => {
      const customer = watched.test.customer();
      await customer.say(`주민번호는 ${as(front)}`);
      const answers = await customer.say(as(back));
      expect(answers.join(' ')).toContain('저장하지 않고 바로 지웠어요');
    });
    await Promise.all(talks);
    await watched.test.delivered();
    // Ids and times are left out: seven digits may stand in one by chance.
    const said = watched.everything().match(/"text":"[^"]*"|\\"text\\":\\"[^"]*\\"/g) ?? [];
    expect(said.length).toBeGreaterThan(split);
    for (const [{ front, back }] of typed) {
      for (const half of [front, back].flatMap(spokenForms)) {
        expect(said.filter((text) => text.includes(half))).toEqual([]);
      }
    }
  }, 600_000);

  it('over two messages is not made of a number from long ago, nor of an amount', async () => {
    const customer = watched.test.customer();
    await customer.say('900101');
    expect((await customer.say('1234567원이 나왔어요')).join(' ')).not.toContain('지웠어요');
    await customer.say('900101');
    watched.test.nowMs += 11 * 60_000;
    expect((await customer.say('1234567')).join(' ')).not.toContain('지웠어요');
    expect(await customer.log()).not.toMatch(/900101|1234567"/);
  });

  it('over two messages is known after somebody else spoke elsewhere', async () => {
    const customer = watched.test.customer();
    await customer.say('제 번호는 900101 -');
    await watched.test.customer().say('안녕하세요');
    expect((await customer.say('-1234567')).join(' ')).toContain('저장하지 않고 바로 지웠어요');
  });
});

describe('T22: personal data where nobody types it', () => {
  it('is nowhere, in names, ids, keys, numbers, file names and what a channel adds', async () => {
    const customer = watched.test.customer();
    const [phone, other, resident] = ['010-4321-8765', '010-5432-9876', '900101-1234567'];
    await customer.say(question);
    await customer.send({
      type: 'message',
      text: '안녕하세요',
      id: resident,
      from: { id: customer.userId, name: `홍길동 ${phone}` },
      recipient: { id: 'bot', name: other },
      attachmentNames: [`${phone}.jpg`],
      channelData: {
        clientActivityID: resident,
        [phone]: 'key',
        [resident]: { number: 9001011234567, text: other },
      },
      value: { billNo: phone, [other]: Number(resident.replace('-', '')) },
    });
    const saved = await customer.press({ action: 'billItems.show', billNo: phone });
    expect(saved.join()).toContain('휴대폰 번호를 적어 주세요');
    await customer.press({ action: 'billItems.show', billNo: `hong ${other} hong@example.co.kr` });
    await watched.test.delivered();
    const stored = watched.everything();
    for (const digits of [phone, other, resident].map((typed) => typed.replaceAll('-', '')))
      expect(stored).not.toContain(digits);
    expect(stored).not.toContain('hong@example');
  });

  it('does not make two messages one because both had an id that may not be kept', async () => {
    const customer = watched.test.customer();
    const channelData = { clientActivityID: '900101-1234567' };
    const first = await customer.submit({ type: 'message', text: '안녕하세요', channelData });
    const second = await customer.submit({ type: 'message', text: '고마워요', channelData });
    expect([first.duplicate, second.duplicate]).toEqual([false, false]);
    await second.replies();
  });
});

describe('T22: personal data in logs', () => {
  it('is masked in facts, keys, messages, errors and their causes', () => {
    const lines: string[] = [];
    const log = createLog({ level: 'debug', redact, stream: { write: (line) => void lines.push(line) } });
    const personal = [
      '010-0000-1001',
      '900101-1234567',
      '482915',
      'hong@example.co.kr',
      '1234-5678-9012-3456',
      'Bearer abcdefgh.12345678',
      `${'aB3+'.repeat(21)}aB==`,
    ];
    for (const value of personal) {
      log.info({ value, [value]: 1, deep: [{ value }] }, `said ${value}`);
      log.error({ err: new Error(value, { cause: new Error(value) }) }, value);
      log.warn(new Error(value), value);
    }
    const written = lines.join('');
    for (const value of personal) expect(written).not.toContain(value);
    expect(written).not.toContain('abcdefgh.12345678');
    expect(lines).toHaveLength(3 * personal.length);
  });
});

describe('T23: codes in a transcript that an agent reads', () => {
  it('are hidden in every spelling, right or wrong', async () => {
    const customer = watched.test.customer();
    await customer.say(question);
    await customer.say('010-0000-1001');
    const code = await watched.test.codeSentTo('01000001001');
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    await customer.say(wrong.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)));
    await customer.say(`${wrong.slice(0, 3)}-${wrong.slice(3)}`);
    expect((await customer.say(`${code.slice(0, 3)} ${code.slice(3)}`)).join(' ')).toContain('35,000원');
    const transcript = (await customer.log()).normalize('NFKC').replace(/[ -]/g, '');
    expect(transcript).toContain('******');
    expect(transcript).not.toContain(code);
    expect(transcript).not.toContain(wrong);
    expect(transcript).not.toContain('01000001001');
    expect(watched.everything()).not.toContain(`"${code}"`);
  });
});
