import { randomUUID } from 'node:crypto';
import { eraseConversation } from '../../bot/conversationErasure';
import type { HandoffEventName } from '../../services/handoff/handoffEvents';
import type { JsonValue } from '../../services/turn/turnStore';
import { TestAssistant, type TestCustomer, words } from '../assistant';
import { askForPerson, mondayMorning } from '../bot/desk/deskServer';
import { FakeAgent } from '../dialogs/fakeAgent';
import { sized } from '../size';

/** The same numbers in every run: mulberry32. */
function repeatable(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** F33: everybody does everything at once, in orders that nobody has thought of. */
describe('a handoff that many pull at', () => {
  let test: TestAssistant;
  let agents: readonly FakeAgent[];
  let customer: TestCustomer;
  beforeEach(() => {
    test = new TestAssistant({ nowMs: mondayMorning });
    agents = ['kim', 'lee', 'park'].map((name) => new FakeAgent(test, name));
    customer = test.customer();
  });
  afterEach(() => test.stop());

  const [kim, lee] = [
    { id: 'kim', name: 'kim' },
    { id: 'lee', name: 'lee' },
  ];

  /** What can happen to a handoff, by whoever it is not up to as well. */
  const stepsOf = (handoffId: string): readonly (() => Promise<unknown>)[] => {
    const does = (name: HandoffEventName, value: { readonly [key: string]: JsonValue }) => () =>
      agents[0]?.does(customer.key, name, { handoffId, ...value }, randomUUID()) ?? Promise.reject();
    return [
      does('handoff.claim', { agent: kim }),
      does('handoff.claim', { agent: lee }),
      does('handoff.agentMessage', { agent: kim, text: 'kim 입니다' }),
      does('handoff.agentMessage', { agent: lee, text: 'lee 입니다' }),
      does('handoff.transfer', { by: kim, to: { agent: lee } }),
      does('handoff.transfer', { by: lee, to: { skill: 'care' } }),
      does('handoff.return', { by: kim, summary: '' }),
      does('handoff.resolve', { by: lee }),
      does('handoff.timeout', { wait: 1 }),
      does('handoff.timeout', { wait: 2 }),
      () => customer.say('연결 취소'),
      () => customer.say('상담 종료'),
      () => customer.say('거기 누구 있어요?'),
    ];
  };

  /** Has a new customer ask for a person. @returns what can happen then, and the seed's own chance */
  const handoffOf = async (seed: number) => {
    customer = test.customer();
    await customer.say(askForPerson);
    const { id } = (await agents[0]?.handoffOf(customer.key)) ?? { id: '' };
    return { random: repeatable(seed), id, steps: stepsOf(id) };
  };

  const rounds = sized(40, 3_000);
  it(`has at any moment one owner, who alone is heard, and ends once: ${rounds} random orders`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { random, id, steps } = await handoffOf(round);
      const done: Promise<unknown>[] = [];
      for (let n = 0; n < 14; n += 1) done.push(steps[random(steps.length)]?.() ?? Promise.reject());
      await Promise.all(done);
      await checkStory(round, id);
    }
  }, 3_600_000);

  /** Reads the log as the customer did and compares it with what the store holds at the end. */
  async function checkStory(seed: number, id: string): Promise<void> {
    const log = (await test.store.readLog(customer.key, 0, 1_000)).map(({ activity }) => activity);
    let owner: string | undefined;
    let endings = 0;
    for (const activity of log) {
      const [text = ''] = words([activity]);
      const said = Object(Object(activity.channelData).handoff).agent;
      if (said !== undefined) expect([seed, said]).toEqual([seed, owner]);
      const joined = /상담원 (kim|lee) 님이 (?:들어왔어요|이어서)/.exec(text)?.[1];
      if (joined !== undefined) {
        expect([seed, joined]).not.toEqual([seed, owner]);
        owner = joined;
      }
      if (text.startsWith('다른 상담원에게 넘겨 드릴게요')) owner = undefined;
      if (/상담을 마쳤어요|연결을 취소했어요|연결하지 못했어요|제가 이어서 도와드릴게요/.test(text)) {
        endings += 1;
        owner = undefined;
      }
    }
    const open = (await agents[0]?.open())?.find(({ conversationKey }) => conversationKey === customer.key);
    const closed = (await test.store.readRecord(`handoffClosed/${id}`)).value;
    expect([seed, endings, open === undefined, closed !== undefined]).toEqual([
      seed,
      open === undefined ? 1 : 0,
      endings === 1,
      endings === 1,
    ]);
    if (open !== undefined) expect([seed, open.agent?.id]).toEqual([seed, owner]);
  }

  const erasures = sized(40, 1_000);
  it(`leaves nothing and keeps nobody waiting when it is erased in the middle, ${erasures} times`, async () => {
    for (let round = 0; round < erasures; round += 1) {
      const { random, steps } = await handoffOf(round);
      const done: Promise<unknown>[] = [];
      const { channelId, conversationId, userId } = customer;
      for (let n = 0; n < 8; n += 1) {
        if (n === 4) {
          for (let pause = random(6); pause > 0; pause -= 1)
            await new Promise((resolve) => setImmediate(resolve));
          done.push(eraseConversation(test.store, { channelId, conversationId, userId }));
        }
        // The customer's own message is refused then: there is no such conversation any more.
        done.push(steps[random(steps.length)]?.().catch(() => undefined) ?? Promise.reject());
      }
      await Promise.all(done);
      expect([round, await agents[0]?.open()]).toEqual([round, []]);
      for (const prefix of ['handoffPacket/', 'handoffClosed/'])
        expect([round, prefix, await test.store.listRecords(prefix, undefined, 10)]).toEqual([
          round,
          prefix,
          [],
        ]);
      expect(await test.store.readLog(customer.key, 0, 100)).toEqual([]);
    }
  }, 3_600_000);
});
