import { countDeflections } from '../../../services/deflection/deflection';
import { streamsOf } from '../../../services/journal/journal';
import { RunningApp } from './runningApp';

let running: RunningApp;
beforeAll(async () => {
  running = await RunningApp.start();
}, 30_000);
afterAll(() => running.close());

const report = { outcome: 'solved', topic: 'late_fee', language: 'ko' };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${running.url}/api/deflection`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

async function rows() {
  const { store } = running.app;
  return (
    await Promise.all(streamsOf('deflection').map((stream) => store.readJournal(stream, 0, 1_000)))
  ).flat();
}

describe('POST /api/deflection', () => {
  it('keeps how a look ended, and nothing about who looked', async () => {
    const before = await rows();

    expect((await post(report, { 'User-Agent': 'a browser', Cookie: 'a=b' })).status).toBe(204);

    const added = (await rows()).slice(before.length);
    expect(added.map(({ body }) => body)).toEqual([report]);
    expect(countDeflections(await rows()).total.solved).toBe(1);
  });

  it.each([
    ['a topic that is none', { ...report, topic: '010-0000-1001' }],
    ['an outcome that is none', { ...report, outcome: 'bought' }],
    ['a field too many', { ...report, phone: '010-0000-1001' }],
    ['a field too few', { outcome: 'solved' }],
    ['a list', [report]],
    ['null', null],
  ])('refuses %s', async (_, body) => {
    const before = (await rows()).length;

    expect((await post(body)).status).toBe(400);

    expect(await rows()).toHaveLength(before);
  });

  it.each(['cross-site', 'same-site', 'none'])('refuses what a page of %s sends', async (site) => {
    const before = (await rows()).length;

    expect((await post(report, { 'Sec-Fetch-Site': site })).status).toBe(403);

    expect(await rows()).toHaveLength(before);
  });

  it('slows down whoever reports without end', async () => {
    const answers = await Promise.all(Array.from({ length: 130 }, () => post(report)));

    const late = answers.find(({ status }) => status === 429);
    expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
