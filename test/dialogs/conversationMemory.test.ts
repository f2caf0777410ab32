import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { JsonValue } from '../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { sundayAfternoon, TestAssistant } from '../assistant';

const question = '내 미납요금이 얼마예요?';
const sound = { version: 1, locale: 'ko', greeted: true, failures: 0 };
const stack = (...dialogStack: JsonValue[]) => ({ ...sound, dialogs: { dialogStack } });

describe('a conversation', () => {
  it('goes on where it was after a restart in the middle of a check', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'bill-guide-'));
    const file = path.join(folder, 'assistant.db');
    const before = new TestAssistant({ file });
    const { conversationId, userId } = before.customer({ conversationId: 'c-1' });
    const customer = before.customer({ conversationId, userId });
    await customer.say(question);
    await customer.say('010-0000-1001');
    const code = await before.codeSentTo('01000001001');
    await before.stop();

    const after = new TestAssistant({ file });
    const same = after.customer({ conversationId, userId });
    const [, back] = await same.say('연체료가 붙나요?');
    expect(back).toContain('이어서 할게요. 문자로 받은 인증번호를 적어 주세요.');
    expect((await same.say(code)).join()).toContain('77,300원');
    await after.stop();
    rmSync(folder, { recursive: true });
  });

  it.each<[string, JsonValue]>([
    ['of an older version', { ...sound, version: 0 }],
    ['that is no object', 'x'],
    ['with a dialog that is gone', stack({ id: 'formerDialog', state: {} })],
    ['with a dialog without state', stack({ id: 'main', state: 'x' })],
    [
      'damaged deep in the stack',
      stack({
        id: 'main',
        state: { dialogs: { dialogStack: [{ id: 'unpaidBalance', state: { dialogs: null } }] } },
      }),
    ],
    [
      'with a former step',
      stack({
        id: 'main',
        state: {
          dialogs: {
            dialogStack: [
              {
                id: 'unpaidBalance',
                state: {
                  dialogs: {
                    dialogStack: [
                      { id: 'steps', state: { options: {}, values: {}, stepIndex: 0 } },
                      { id: 'stepUp', state: { step: 'birthDate', misses: 0 } },
                    ],
                  },
                },
              },
            ],
          },
        },
      }),
    ],
  ])('whose memory is one %s starts over and works', async (_, damaged) => {
    const store = openEmbeddedTurnStore({ file: ':memory:', clock: { now: () => sundayAfternoon } });
    let first = true;
    const readRecord = async (key: string) => {
      const record = await store.readRecord(key);
      if (!key.startsWith('memory/') || !first) return record;
      first = false;
      return { ...record, value: damaged };
    };
    const test = new TestAssistant({ store: Object.assign(Object.create(store), { readRecord }) });
    const customer = test.customer();
    const [answer] = await customer.say(question);
    expect(answer).toContain('휴대폰 번호를 적어 주세요');
    expect(test.logged.filter(({ message }) => message === 'turn failed')).toEqual([]);
    await customer.say('010-0000-1001');
    expect((await customer.say(await test.codeSentTo('01000001001'))).join()).toContain('77,300원');
    await test.stop();
  });
});

describe('what is remembered of a conversation', () => {
  it('holds no number, no code and nothing that was typed', async () => {
    const test = new TestAssistant();
    const customer = test.customer();
    const remembered: string[] = [];
    const look = async () =>
      remembered.push(JSON.stringify(await test.store.readRecord(`memory/${customer.key}`)));
    for (const text of [question, '홍길동 010-0000-1001 이에요', '다시 받기', '안경 좀 찾고요']) {
      await customer.say(text);
      await look();
    }
    await customer.say(await test.codeSentTo('01000001001'));
    await look();
    expect(remembered.join()).not.toMatch(/홍길동|안경|1001|\b\d{6}\b|77,?300/);
    await test.stop();
  });
});
