import fc from 'fast-check';
import { kakaoResponse } from '../../cards/render/kakao';
import { plainText } from '../../cards/render/plainText';
import { splitText } from '../../cards/render/splitText';
import type { Reply } from '../../cards/reply';
import { sized } from '../size';
import { everyReply } from './everyReply';
import { kakaoViolations, visibleKakaoText } from './kakaoLimits';
import { randomReply } from './randomReply';

const replies = everyReply();
const named = (name: string): Reply => {
  const found = replies.find(([each]) => each === name)?.[1];
  if (found === undefined) throw new Error(`there is no reply ${name}`);
  return found;
};
const outputs = (...shown: Reply[]) => kakaoResponse(shown).template.outputs;
const kinds = (...shown: Reply[]) => outputs(...shown).map((output) => Object.keys(output)[0]);
const numbers = (from: string) => new Set(from.match(/\d[\d,.:-]*\d|\d/g) ?? []);

describe('the limits used as judge', () => {
  it('object to what KakaoTalk would not show', () => {
    const said = (text: string) => ({ version: '2.0', template: { outputs: [{ simpleText: { text } }] } });
    expect(kakaoViolations(said('안녕하세요'))).toEqual([]);
    expect(kakaoViolations(said('가'.repeat(1_001)))).toHaveLength(1);
    expect(kakaoViolations(said(''))).toHaveLength(1);
    expect(kakaoViolations({ template: said('a').template })).toHaveLength(1);
  });
});

describe.each(replies)('%s in KakaoTalk', (_name, reply) => {
  const response = kakaoResponse([reply]);
  const visible = visibleKakaoText(response);

  it('breaks none of its limits', () => {
    expect(kakaoViolations(response)).toEqual([]);
  });

  it('says every number, date and mark of the reply', () => {
    for (const number of numbers(plainText(reply))) expect(numbers(visible)).toContain(number);
    for (const { mark, label } of reply.facts ?? []) {
      expect(visible).toContain(label);
      if (mark !== undefined) expect(visible).toContain(mark.word);
    }
  });

  it('has a way for every action', () => {
    const rows = (reply.sections ?? []).flatMap((section) => section.rows);
    for (const action of [...(reply.actions ?? []), ...rows.flatMap((row) => row.action ?? [])]) {
      if (action.kind === 'open') expect(visible).toContain(action.url);
      if (action.kind === 'call') expect(visible.replaceAll('-', '')).toContain(action.phoneNumber);
      if (action.kind === 'say') expect(visible).toContain(action.text);
      if (action.kind === 'do') expect(visible).toContain(action.label);
    }
  });

  it('has no input and leaves no gap in a sentence', () => {
    expect(JSON.stringify(response)).not.toMatch(/undefined|\[object|NaN|\$\{|"input"/);
  });
});

describe('KakaoTalk', () => {
  it('shows several bills as a list and where to pay as a carousel with telephone and web', () => {
    const [list, note, carousel] = outputs(named('owesTwo (ko)'));
    expect(list).toMatchObject({ listCard: { header: { title: '안 낸 요금 77,300원' } } });
    expect(JSON.stringify(list)).toContain('기한 지남');
    expect(JSON.stringify(note)).toContain('010-****-1001');
    expect(carousel).toMatchObject({ carousel: { type: 'textCard' } });
    expect(JSON.stringify(carousel)).toMatch(/"phone","phoneNumber":"114"/);
    expect(JSON.stringify(carousel)).toContain('"webLink"');
  });

  it('shows one bill as an item card with its sum', () => {
    expect(outputs(named('owesPart (ko)'))[0]).toMatchObject({
      itemCard: {
        head: { title: '안 낸 요금' },
        itemListAlignment: 'right',
        itemListSummary: { description: '31,000원' },
      },
    });
  });

  it('answers a question with a text card and the next questions as quick replies', () => {
    const response = kakaoResponse([named('late_fee (ko)')]);
    expect(response.template.outputs[0]).toHaveProperty('textCard.title');
    expect(response.template.quickReplies?.length).toBeGreaterThan(0);
  });

  it('hands over to a person itself, and does not say that this cannot be done', () => {
    const reply = named('humanAgentClosed (ko)');
    const response = JSON.stringify(kakaoResponse([reply]));
    expect(response).toContain('{"label":"상담원 연결","action":"operator"}');
    expect(response).not.toContain(reply.person?.otherwise);
    expect(plainText(reply)).toContain(reply.person?.otherwise);
  });

  it('asks for the code in words, without a field', () => {
    expect(kinds(named('codeSent (ko)'))).toEqual(['simpleText']);
  });

  it('puts a whole turn into three bubbles, the last reply as it looks best', () => {
    const turn = [named('welcome (ko)'), named('late_fee (ko)'), named('owesTwo (ko)')];
    const response = kakaoResponse(turn);
    expect(kakaoViolations(response)).toEqual([]);
    for (const reply of turn)
      for (const number of numbers(plainText(reply))) expect(visibleKakaoText(response)).toContain(number);
  });

  it('still says something when a turn said nothing', () => {
    expect(kakaoViolations(kakaoResponse([]))).toEqual([]);
    expect(kakaoViolations(kakaoResponse([{ locale: 'ko', layout: 'text', body: [''] }]))).toEqual([]);
  });

  it('breaks no limit with any turn at all', () => {
    fc.assert(
      fc.property(fc.array(randomReply, { maxLength: 5 }), (turn) => {
        expect(kakaoViolations(kakaoResponse(turn))).toEqual([]);
      }),
      { numRuns: sized(500, 20_000) },
    );
  }, 240_000);

  it('breaks no limit with any two replies of the product in one turn', () => {
    const all = replies.map(([, reply]) => reply);
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (first, second) => {
        const response = kakaoResponse([first, second]);
        expect(kakaoViolations(response)).toEqual([]);
        const visible = visibleKakaoText(response);
        for (const number of numbers(plainText(second))) expect(visible).toContain(number);
      }),
      { numRuns: sized(500, 20_000) },
    );
  }, 120_000);
});

describe('splitting a text', () => {
  const number = /\d[\d,.:*-]*\d|\d/g;

  it('cuts no number, loses no word and keeps to the limit', () => {
    const part = fc.oneof(
      fc.integer({ min: 0, max: 999_999_999 }).map((amount) => `${amount.toLocaleString('ko-KR')}원`),
      fc.constantFrom(
        '안 낸 요금은',
        '납부해 주세요.',
        '010-****-1001',
        '2026-11-25까지예요.\n',
        '가'.repeat(90),
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), fc.integer({ min: 20, max: 200 }), (parts, limit) => {
        const text = parts.join(' ');
        const pieces = splitText(text, limit);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit);
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        expect(pieces.flatMap((piece) => piece.match(number) ?? [])).toEqual(text.match(number) ?? []);
      }),
      { numRuns: sized(500, 20_000) },
    );
  });

  it('prefers the end of a sentence', () => {
    expect(splitText('요금은 35,000원이에요. 25일까지 내 주세요.', 20)).toEqual([
      '요금은 35,000원이에요.',
      '25일까지 내 주세요.',
    ]);
  });
});
