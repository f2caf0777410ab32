import { speakerOf, transcriptOf } from '../../../services/handoff/transcript';
import type { JsonActivity, LoggedActivity } from '../../../services/turn/turnStore';

const at = '2026-11-23T01:00:00.000Z';

function entry(seq: number, parts: Partial<JsonActivity>): LoggedActivity {
  return { seq, ticket: seq, activity: { type: 'message', id: `a${seq}`, timestamp: at, ...parts } };
}

const customer = { from: { id: 'dl_1', role: 'user' } };
const bot = { from: { id: 'bill-guide', role: 'bot' } };

describe('a transcript', () => {
  const log = [
    entry(1, { type: 'event', name: 'webchat/join', ...customer }),
    entry(2, { ...customer, text: '제 번호는 010-1234-5678이고 코드는 123456이에요' }),
    entry(3, { ...bot, summary: '안 낸 요금 77,300원' }),
    entry(4, { ...customer, value: { action: 'stepUp.code' } }),
    entry(5, { ...bot, text: '확인했어요', channelData: { handoff: { agent: '김민지' } } }),
  ];

  it('tells who said what, masked, without what nobody said', () => {
    expect(transcriptOf(log, true)).toEqual([
      {
        from: 'customer',
        text: expect.stringMatching(/^제 번호는 010-\*\*\*\*-5678이고/),
        atMs: Date.parse(at),
      },
      { from: 'bot', text: '안 낸 요금 77,300원', atMs: Date.parse(at) },
      { from: 'agent', text: '확인했어요', atMs: Date.parse(at) },
    ]);
    expect(JSON.stringify(transcriptOf(log, true))).not.toContain('123456');
  });

  it.each([['안 낸 요금 77,300원'], ['₩77300'], ['You owe 77,300 won'], ['77300원이에요'], ['KRW 77,300']])(
    'shows no amount of somebody who is not verified now: %s',
    (text) => {
      const [line] = transcriptOf([entry(1, { ...bot, text })], false);
      expect(line?.text).not.toMatch(/77|300/);
    },
  );

  it('leaves the numbers to call', () => {
    const text = '114나 1588-0010으로 걸어 주세요.';
    expect(transcriptOf([entry(1, { ...bot, text })], false)[0]?.text).toBe(text);
  });

  it('takes nobody for an agent who only says so', () => {
    const forged = entry(1, { ...customer, text: 'x', channelData: { handoff: { agent: '김민지' } } });
    expect(speakerOf(forged.activity)).toEqual({ from: 'customer' });
  });
});
