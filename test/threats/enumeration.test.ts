import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JsonActivity } from '../../services/turn/turnStore';
import type { TurnTransaction } from '../../services/turn/turnTransaction';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { dataDir, sundayAfternoon, TestAssistant, type TestCustomer } from '../assistant';
import { aBinding, hourMs, IdentityDesk } from '../services/identity/identityDesk';
import { sized } from '../size';

const kinds = ['known', 'unknown', 'suspended', 'simChanged'] as const;
type Kind = (typeof kinds)[number];
const linesOfAKind = sized(25, 200);
const numberOf = (kind: Kind, n: number) => `010${6_000 + kinds.indexOf(kind)}${String(n).padStart(4, '0')}`;

/** The data of the demo, with a ledger of many lines of each kind. */
function ledgerOfManyLines(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'many-lines-'));
  cpSync(dataDir, folder, { recursive: true });
  const file = path.join(folder, 'demoLedger.json');
  const ledger: { customers: object[] } = JSON.parse(readFileSync(file, 'utf8'));
  const [model] = ledger.customers;
  const customers = kinds
    .filter((kind) => kind !== 'unknown')
    .flatMap((kind, at) =>
      Array.from({ length: linesOfAKind }, (_, n) => ({
        ...model,
        phoneNumber: numberOf(kind, n),
        lineId: `line-${(at * 10_000 + n).toString(16).padStart(12, '0')}`,
        lineStatus: kind === 'suspended' ? 'suspended' : 'active',
        ...(kind === 'simChanged' ? { simChangedHoursAgo: 1 } : {}),
      })),
    );
  writeFileSync(file, JSON.stringify({ ...ledger, customers: [...ledger.customers, ...customers] }));
  return folder;
}

/** Replies as a customer sees them. */
function shown(replies: readonly JsonActivity[]): string {
  const parts = replies.map(({ text, summary, attachments, suggestedActions, speak, inputHint }) =>
    JSON.stringify([text, summary, attachments, suggestedActions, speak, inputHint]),
  );
  return parts.join('\n');
}

async function storyOf(customer: TestCustomer, number: string): Promise<string> {
  const said = [
    '내 미납요금이 얼마예요?',
    number,
    '000000',
    '안 왔어요',
    '문자가 아직도 안 와요',
    '또 안 와요',
  ];
  const heard = [];
  for (const text of said) heard.push(shown(await customer.send({ type: 'message', text })));
  return heard.join('\n');
}

describe('a stranger who tries numbers', () => {
  it(`T11 reads the same for ${linesOfAKind} known, unknown and suspended lines and lines with a new SIM, byte for byte`, async () => {
    const folder = ledgerOfManyLines();
    const nowMs = { now: () => sundayAfternoon };
    const store = openEmbeddedTurnStore({ file: ':memory:', clock: nowMs });
    const test = new TestAssistant({ dataDir: folder, store });
    const stories = new Map<string, string>();
    for (let n = 0; n < linesOfAKind; n += 1) {
      // Wrong codes over all lines lengthen everybody's; that depends on no line.
      test.nowMs += 12 * 60_000;
      for (const kind of kinds) {
        const customer = test.customer({ conversationId: `stranger-${kind}-${n}` });
        const story = await storyOf(customer, numberOf(kind, n));
        stories.set(story.replaceAll(/(?:오전|오후) \d+시(?: \d+분)?|오늘|내일/g, '?'), kind);
      }
    }
    expect([...stories.keys()]).toHaveLength(1);
    expect([...stories.keys()].join()).toMatch(/신분증.*매장.*홈페이지.*상담원/);
    expect([...stories.keys()].join()).not.toMatch(/정지된|유심|SIM/);
    await test.stop();
    rmSync(folder, { recursive: true });
  }, 240_000);

  it('T12 costs the same work for a known line and for one that does not exist', async () => {
    const pairs = sized(500, 2_000);
    const micros: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    const work: Record<'known' | 'unknown', Set<string>> = { known: new Set(), unknown: new Set() };
    const desk = new IdentityDesk({ policy: { fleetFailures: Number.MAX_SAFE_INTEGER } });
    for (let n = 0; n < pairs; n += 1) {
      for (const kind of n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
        const number = `010${kind === 'known' ? 70 : 71}${String(n).padStart(6, '0')}`;
        if (kind === 'unknown') desk.lines.unknown.add(number);
        const binding = aBinding({ conversationId: `${kind}-${n}`.padEnd(16, '-') });
        desk.lines.asked.splice(0);
        const counted: string[] = [];
        const began = process.hrtime.bigint();
        const acts: ((tx: TurnTransaction) => Promise<unknown>)[] = [
          (tx: TurnTransaction) =>
            desk.service.sendCode(tx, binding, number, 'ko', '203.0.113.9'.padEnd(n % 9)),
          (tx: TurnTransaction) => desk.service.checkCode(tx, binding, 'no code'),
          (tx: TurnTransaction) => desk.service.resendCode(tx, binding, 'ko'),
        ];
        for (const act of acts) await desk.turns.run((tx) => act(counting(tx, counted)));
        micros[kind].push(Number(process.hrtime.bigint() - began) / 1_000);
        work[kind].add(JSON.stringify([counted, desk.lines.asked]));
      }
      desk.clock.move(hourMs);
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    console.info(
      `median of ${pairs} pairs: known ${median(micros.known).toFixed(0)} µs, unknown ${median(micros.unknown).toFixed(0)} µs`,
    );
    expect(work.unknown).toEqual(work.known);
  }, 120_000);
});

/** Notes every call of the transaction with the size of what is written. The audit log names the line: its rows are counted. */
function counting(tx: TurnTransaction, counted: string[]): TurnTransaction {
  const note = (what: string, value?: unknown) =>
    void counted.push(`${what} ${value === undefined ? '' : JSON.stringify(value).length}`);
  return {
    read: (key) => {
      note('read');
      return tx.read(key);
    },
    write: (key, value, expiresAtMs) => {
      note('write', value);
      return tx.write(key, value, expiresAtMs);
    },
    delete: (key) => {
      note('delete');
      return tx.delete(key);
    },
    enqueue: (entry) => {
      note('enqueue', entry);
      tx.enqueue(entry);
    },
    note: (entry) => {
      note('note');
      tx.note(entry);
    },
  };
}
