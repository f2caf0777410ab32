import type { OfferedQuestion } from '../../../bot/http/faqRoute';
import { RunningApp } from './runningApp';

let running: RunningApp;
beforeAll(async () => {
  running = await RunningApp.start();
}, 30_000);
afterAll(() => running.close());

const ask = (query: string) => fetch(`${running.url}/api/faq${query}`);

async function questionsFor(q: string, lang = 'ko'): Promise<readonly OfferedQuestion[]> {
  const response = await ask(`?${new URLSearchParams({ q, lang })}`);
  const body: { questions: readonly OfferedQuestion[] } = await response.json();
  return body.questions;
}

describe('GET /api/faq', () => {
  it('answers with at most five questions and their sourced answers', async () => {
    const questions = await questionsFor('연체료가 붙나요');

    expect(questions.length).toBeGreaterThan(0);
    expect(questions.length).toBeLessThanOrEqual(5);
    const [first] = questions;
    if (first?.kind !== 'answer') throw new Error('expected an answer');
    expect(first.topic).toBe('late_fee');
    expect(first.answer.sentences.length).toBeGreaterThan(0);
    expect(first.answer.claims.length).toBeGreaterThan(0);
    for (const { kind } of first.answer.actions) expect(['open', 'call']).toContain(kind);
  });

  it('offers what is asked most when nothing was typed, in the language of the page', async () => {
    expect((await questionsFor('')).map(({ kind }) => kind)).toContain('chat');
    for (const { question } of await questionsFor('', 'en'))
      expect(question).not.toMatch(/\p{Script=Hangul}/u);
  });

  it('leads to the chat for what only the chat can tell, and gives no amount away', async () => {
    const questions = await questionsFor('내 미납요금 얼마예요');

    expect(questions[0]).toMatchObject({ kind: 'chat', topic: 'unpaid_balance' });
    expect(JSON.stringify(questions)).not.toMatch(/\d,\d{3}원/);
  });

  it('offers nothing for what is none of its business', async () => {
    expect(await questionsFor('소파 배송은 언제 와요')).toEqual([]);
  });

  it.each(['?lang=fr', `?q=${'a'.repeat(2_001)}`])('refuses what it does not know: %.20s', async (query) => {
    expect((await ask(query)).status).toBe(400);
  });

  it('may not be kept by caches, and takes no POST', async () => {
    expect((await ask('?q=')).headers.get('cache-control')).toBe('no-store');
    const post = await fetch(`${running.url}/api/faq`, { method: 'POST' });
    expect(post.status).toBe(405);
  });
});
