import path from 'node:path';
import { plainText } from '../../cards/render/plainText';
import { unpaidBalanceCard } from '../../cards/unpaidBalanceCard';
import { krw } from '../../services/billing/krw';
import { channelsForNow } from '../../services/faq/channelAdvice';
import { loadKnowledge } from '../../services/faq/knowledge';
import { ko } from '../../strings/ko';
import { aBill, aStatement } from '../builders';

const knowledge = loadKnowledge(path.resolve(__dirname, '../../data'));
const seoul = (text: string) => Date.parse(`${text}+09:00`);

function cardAt(nowMs: number, bills = [aBill()]) {
  const channels = channelsForNow(knowledge.channels(), nowMs, () => false);
  return unpaidBalanceCard(aStatement(bills, { asOfMs: nowMs }), channels, ko, 'ko');
}

const sundayNight = seoul('2026-11-22T22:00:00');

describe('unpaid balance card', () => {
  it('tells the total in won and when it was looked up', () => {
    const card = cardAt(sundayNight, [aBill({ remaining: 33_000 }), aBill({ remaining: 12_000 })]);
    expect(card.headline).toEqual({ label: '안 낸 요금', value: '45,000원' });
    expect(card.note).toBe('010-****-1001 · 11월 22일 오후 10시 기준');
  });

  it('marks an overdue bill with icon and word, not by colour alone', () => {
    const [row] = cardAt(sundayNight, [aBill({ overdue: true, paymentDueDate: '2026-10-25' })]).facts ?? [];
    expect(row?.mark).toEqual({ icon: 'overdue', word: '기한 지남', tone: 'attention' });
    expect(row?.detail).toBe('10월 25일까지였어요');
  });

  it('says what has been paid of a bill already', () => {
    const [row] = cardAt(sundayNight, [aBill({ remaining: 31_000, amountDue: krw(66_000) })]).facts ?? [];
    expect(row).toMatchObject({ value: '31,000원', detail: '11월 25일까지 · 66,000원 중 35,000원 납부' });
  });

  it('puts the call centre last on a Sunday night, with its next opening', () => {
    const rows = cardAt(sundayNight).sections?.[0]?.rows ?? [];
    expect(rows.map(({ icon }) => icon)).toEqual(['app', 'web', 'store', 'phone']);
    expect(rows.at(-1)?.detail).toBe('내일 오전 9시에 열어요');
    expect(rows.find(({ icon }) => icon === 'store')?.detail).toBe('신분증을 챙기세요');
  });

  it('puts the call centre before the store while somebody answers', () => {
    const rows = cardAt(seoul('2026-11-23T10:00:00')).sections?.[0]?.rows ?? [];
    expect(rows.map(({ icon }) => icon)).toEqual(['app', 'web', 'phone', 'store']);
    expect(rows[2]?.detail).toBe('오후 6시까지, KT 휴대폰은 무료');
  });

  it('gives every place a button: links, or a number to call', () => {
    const rows = cardAt(sundayNight).sections?.[0]?.rows ?? [];
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(['open', 'call']).toContain(row.action?.kind);
    expect(rows.at(-1)?.action).toMatchObject({ kind: 'call', phoneNumber: '114' });
  });

  it('says that a payment is in progress and asks for no money', () => {
    const card = cardAt(sundayNight, [aBill({ remaining: 52_800, paymentInProgress: krw(52_800) })]);
    expect(card.headline).toBeUndefined();
    expect(plainText(card)).toContain('납부하신 52,800원은 반영하는 중이에요.');
    expect(card.facts?.[0]?.mark?.word).toBe('반영 중');
    expect(card.claims).toEqual(['S39', 'S40', 'S41']);
  });

  it('tells who owes nothing, and offers no place to pay', () => {
    const card = cardAt(sundayNight, []);
    expect(card.title).toBe('안 낸 요금이 없어요');
    expect(card.sections).toBeUndefined();
  });
});
