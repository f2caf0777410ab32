import { loadDemoLedger } from '../../services/billing/demoLedger';
import type { InboundActivity } from '../../services/turn/inboundActivity';
import type { JsonValue, TurnStore } from '../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { dataDir, sundayAfternoon, TestAssistant } from '../assistant';
import { sized } from '../size';
import { chooser } from './lineAttack';

const { customers } = loadDemoLedger(dataDir);
const numbers = customers.map(({ phoneNumber }) => phoneNumber);
const numberSet = new Set(numbers);
const shownAmount = /(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])/g;

/** Amounts, as they are shown, and whose they may be: several customers owe the same. */
const owners = new Map<string, Set<string>>();
for (const { phoneNumber, billingAccounts } of customers) {
  const bills = billingAccounts.flatMap((account) => account.bills);
  let sums = [0];
  for (const bill of bills) sums = sums.concat(sums.map((sum) => sum + bill.remainingAmount));
  const amounts = bills.flatMap((bill) => [
    bill.amountDue,
    bill.amountDue - bill.remainingAmount,
    bill.paymentInProgress,
  ]);
  for (const amount of [...sums, ...amounts].filter((each) => each > 0)) {
    const shown = amount.toLocaleString('ko-KR');
    owners.set(shown, (owners.get(shown) ?? new Set()).add(phoneNumber));
  }
}

type Said = Partial<InboundActivity>;
interface Person {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly isGroup: boolean;
}
interface Proven {
  readonly phoneNumber: string;
  readonly atMs: number;
}

/**
 * The whole assistant with everything watched that leaves it or is written. Knows of each person only which code was
 * sent because they asked, and whether they typed it: what may be shown follows from that alone.
 */
class WatchedAssistant {
  nowMs = sundayAfternoon;
  readonly leaks: string[] = [];
  /** What was sent in this sequence. */
  trail: string[] = [];
  readonly shownAmounts = { count: 0 };
  private readonly store: TurnStore;
  private test: TestAssistant;
  private readonly codes = new Map<string, { code: string; phoneNumber: string; atMs: number }>();
  private readonly proven = new Map<string, Proven[]>();
  private readonly sentCodes = new Set<string>();

  constructor() {
    this.store = openEmbeddedTurnStore({ file: ':memory:', clock: { now: () => this.nowMs } });
    const { accept, commit } = this.store;
    this.store.accept = (request) => {
      this.inspect('echo', request.echo ?? null);
      return accept.call(this.store, request);
    };
    this.store.commit = (turn) => {
      this.inspect(
        'record',
        turn.records.map(({ change }) => (typeof change === 'string' ? change : change.value)),
      );
      this.inspect(
        'outbox',
        turn.outbox.map(({ payload }) => payload),
      );
      this.inspect(
        'journal',
        (turn.journal ?? []).map(({ body }) => body),
      );
      return commit.call(this.store, turn);
    };
    this.test = this.boot();
  }

  /** The process ends; another takes over what is stored. */
  async restart(): Promise<void> {
    await this.test.assistant.stop();
    this.inspect('log', JSON.parse(JSON.stringify(this.test.logged)));
    this.test = this.boot();
  }

  async say(person: Person, said: Said): Promise<void> {
    const before = this.nowMs;
    this.test.nowMs = before;
    const key = JSON.stringify([person.channelId, person.conversationId, person.userId]);
    const typed = JSON.stringify(said).replaceAll(/[^\d"]/g, '');
    const code = this.codes.get(key);
    if (code !== undefined && typed.includes(code.code) && before - code.atMs < 180_000)
      this.proven.set(key, [
        ...(this.proven.get(key) ?? []),
        { phoneNumber: code.phoneNumber, atMs: before },
      ]);
    this.trail.push(JSON.stringify({ atMs: before, person, said }));
    const submitted = await this.test.customer(person).submit({ type: 'message', ...said });
    const replies = await submitted.replies();
    await this.collectCodes(key);
    // A repeat gets again what its own sender got before.
    if (!submitted.duplicate) this.inspectReplies(person, key, JSON.stringify(replies));
  }

  /** The newest code that this person's own request sent, if they can read that handset. */
  codeOf({ channelId, conversationId, userId }: Person): string | undefined {
    return this.codes.get(JSON.stringify([channelId, conversationId, userId]))?.code;
  }

  anyCode(choose: (below: number) => number): string {
    return [...this.sentCodes].slice(-50)[choose(50)] ?? '123456';
  }

  async end(): Promise<void> {
    await this.restart();
    await this.test.stop();
  }

  private boot(): TestAssistant {
    return new TestAssistant({ store: this.store, nowMs: this.nowMs });
  }

  private async collectCodes(key: string): Promise<void> {
    await this.test.delivered();
    for (const phoneNumber of numbers) {
      const text = this.test.assistant.handset.messagesOf(phoneNumber).at(-1)?.text;
      const code = text?.match(/(?<!\d)\d{6}(?:\d\d)?(?!\d)/)?.[0];
      if (code === undefined || this.sentCodes.has(code)) continue;
      this.sentCodes.add(code);
      this.codes.set(key, { code, phoneNumber, atMs: this.nowMs });
    }
  }

  private inspectReplies(person: Person, key: string, said: string): void {
    const mine = (this.proven.get(key) ?? [])
      .filter(({ atMs }) => this.nowMs - atMs <= 600_000 && this.nowMs >= atMs && !person.isGroup)
      .map(({ phoneNumber }) => phoneNumber);
    for (const [amount] of said.matchAll(shownAmount)) {
      const whose = owners.get(amount);
      if (whose === undefined) continue;
      this.shownAmounts.count += 1;
      if (!mine.some((phoneNumber) => whose.has(phoneNumber)))
        this.leaks.push(`${amount} in a reply: ${said}`);
    }
    for (const [mask] of said.matchAll(/010-\*{4}-\d{4}/g))
      if (!mine.some((phoneNumber) => phoneNumber.endsWith(mask.slice(-4))))
        this.leaks.push(`${mask}: ${said}`);
    this.inspect('reply', JSON.parse(said), false);
  }

  private inspect(where: string, value: JsonValue, amounts = true): void {
    const text = JSON.stringify(value);
    for (const [run] of text.matchAll(/(?<![\w-])\d(?:[- ]?\d){5,10}(?![\w-])/g)) {
      const digits = run.replaceAll(/\D/g, '');
      if (numberSet.has(digits) || this.sentCodes.has(digits))
        this.leaks.push(`${run} in a ${where}: ${text}`);
    }
    if (!amounts) return;
    for (const [amount] of text.matchAll(shownAmount))
      if (owners.has(amount)) this.leaks.push(`${amount} in a ${where}`);
  }
}

const texts = [
  '내 미납요금이 얼마예요?',
  '요금 알려줘',
  '네',
  '아니요',
  '다시 보내줘',
  '다른 번호로 할게요',
  '상담원',
  '로그아웃',
  '상세 내역 보여줘',
  '취소',
  'how much do I owe?',
];
const actions = [
  'stepUp.code',
  'stepUp.phone',
  'stepUp.agency',
  'unpaidBalance.show',
  'billItems.show',
  'stepUp.line',
];

function anActivity(choose: (below: number) => number, watched: WatchedAssistant, person: Person): Said {
  const number = numbers[choose(numbers.length)] ?? '';
  const lineId = customers[choose(customers.length)]?.lineId ?? '';
  const own = watched.codeOf(person);
  switch (choose(10)) {
    case 0:
    case 1:
      return { text: number };
    case 2:
    case 3:
    case 4:
      return { text: own ?? texts[0] };
    case 5:
      return { text: watched.anyCode(choose) };
    case 6:
      return {
        value: {
          action: actions[choose(actions.length)] ?? '',
          code: own ?? watched.anyCode(choose),
          lineId,
        },
      };
    case 7:
      return {
        text: texts[0],
        value: { lineId, phone: number, acr: 'acr2' },
        channelData: { lineId, proof: { acr: 'acr2', lineId, authTimeMs: watched.nowMs } },
      };
    default:
      return { text: texts[choose(texts.length)] ?? '' };
  }
}

describe('whatever is sent, in whatever order', () => {
  it('F21: shows, logs and stores nothing personal without a code that this very person was sent and typed', async () => {
    const sequences = sized(2_000, 100_000);
    const seed = 4_001;
    const choose = chooser(seed);
    const watched = new WatchedAssistant();
    let shown = 0;
    for (let n = 0; n < sequences; n += 1) {
      // Days apart, so that send limits leave something to try.
      watched.nowMs += 9 * 3_600_000;
      watched.trail = [];
      if (choose(100) === 0) await watched.restart();
      const conversationId = `c${n}`;
      const person = (at: number): Person => ({
        channelId: at === 2 ? 'msteams' : 'directline',
        conversationId: at === 3 ? `other-${n}` : conversationId,
        userId: at === 1 ? 'dl_other' : 'dl_user',
        isGroup: at === 4,
      });
      const length = 3 + choose(4);
      let last: { who: Person; said: Said } | undefined;
      for (let step = 0; step < length; step += 1) {
        const who = person(choose(10) < 7 ? 0 : choose(5));
        const replay = choose(12) === 0 ? last : undefined;
        const fresh = { ...anActivity(choose, watched, who), id: `${n}-${step}` };
        const said = step === 0 && choose(3) > 0 ? { text: texts[0] } : (replay?.said ?? fresh);
        await watched.say(replay === undefined || choose(2) === 0 ? who : replay.who, said);
        last = { who, said };
        if (choose(8) === 0)
          watched.nowMs += [-3_600_000, -240_000, 200_000, 301_000, 601_000][choose(5)] ?? 0;
        else watched.nowMs += choose(40_000);
      }
      if (watched.leaks.length > 0)
        throw new Error([`seed ${seed}, sequence ${n}`, ...watched.trail, ...watched.leaks].join('\n'));
    }
    shown = watched.shownAmounts.count;
    await watched.end();
    expect({ seed, leaks: watched.leaks }).toEqual({ seed, leaks: [] });
    // Else nothing was ever at stake.
    console.info(`${sequences} sequences, ${shown} amounts shown to whom they belong`);
    expect(shown).toBeGreaterThan(sequences / 20);
  }, 7_200_000);
});
