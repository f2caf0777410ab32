import { minuteMs } from '../../services/identity/identityDesk';
import { anAgencyScene } from './agencyScene';

type Scene = Awaited<ReturnType<typeof anAgencyScene>>;
let scene: Scene;
afterEach(() => scene.close());

async function tokenOf(response: Response): Promise<string> {
  return /t=([\w.-]+)/.exec(await response.text())?.[1] ?? '';
}

describe('the pages between chat and agency', () => {
  it('lead to the played app and tell the conversation, once', async () => {
    scene = await anAgencyScene();
    const token = await scene.ask();
    expect(await (await scene.get(`/identity/start?t=${token}`)).text()).toContain('인증 시작하기');

    const begun = await scene.post('/identity/begin', { token });
    expect(begun.status).toBe(200);
    const back = await tokenOf(begun);
    expect(await (await scene.get(`/identity/demo?t=${back}`)).text()).toContain('실제 PASS가 아니에요');
    expect((await scene.post('/identity/demo', { token: back, outcome: 'holder' })).status).toBe(200);
    for (let times = 0; times < 3; times += 1)
      expect(await (await scene.get(`/identity/return?t=${back}`)).text()).toContain('채팅으로 돌아가세요');

    expect((await scene.said()).filter((text) => text === 'holder')).toHaveLength(1);
    expect(scene.events.filter((name) => name === 'identity/returned')).toHaveLength(1);
  });

  it('begin once, however many press at the same moment', async () => {
    scene = await anAgencyScene();
    const token = await scene.ask();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => scene.post('/identity/begin', { token })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(9);
  });

  it('are not used up by a link preview', async () => {
    scene = await anAgencyScene();
    const token = await scene.ask();
    for (let times = 0; times < 5; times += 1)
      expect((await scene.get(`/identity/start?t=${token}`)).status).toBe(200);
    expect((await scene.post('/identity/begin', { token })).status).toBe(200);
  });

  it('leave the way back to the conversation as it was', async () => {
    scene = await anAgencyScene();
    const token = await scene.ask();
    const before = await scene.reference();
    await scene.post('/identity/begin', { token });
    await scene.said();
    expect(await scene.reference()).toMatchObject({
      serviceUrl: 'https://smba.example.com/',
      bot: { id: 'bot', name: 'Bot' },
    });
    expect(before).toMatchObject({ serviceUrl: 'https://smba.example.com/' });
  });

  it('answer 410 to an old, replaced, foreign or missing link, and do nothing', async () => {
    scene = await anAgencyScene();
    const replaced = await scene.ask();
    const old = await scene.ask();
    expect((await scene.get(`/identity/start?t=${replaced}`)).status).toBe(410);
    expect((await scene.post('/identity/begin', { token: replaced })).status).toBe(410);
    expect((await scene.get(`/identity/return?t=${old}`)).status).toBe(410);
    expect((await scene.get(`/identity/demo?t=${old}`)).status).toBe(410);
    expect((await scene.post('/identity/demo', { token: old, outcome: 'holder' })).status).toBe(410);
    scene.clock.move(10 * minuteMs);
    for (const token of [old, '', 'x.y.z']) {
      const gone = await scene.get(`/identity/start?t=${token}`);
      expect(gone.status).toBe(410);
      expect(await gone.text()).toMatch(/이 링크는 더 쓸 수 없어요/);
      expect((await scene.post('/identity/begin', { token })).status).toBe(410);
    }
    expect(scene.events).toEqual([]);
  });

  it.each<[string, object]>([
    ['/identity/begin', {}],
    ['/identity/begin', { token: 1 }],
    ['/identity/demo', { token: 'x', outcome: 'everything' }],
  ])('refuse %s with %j', async (path, body) => {
    scene = await anAgencyScene();
    expect((await scene.post(path, body)).status).toBe(400);
  });

  it('carry a policy that lets nothing foreign in, and keep the address to themselves', async () => {
    scene = await anAgencyScene();
    const { headers } = await scene.get(`/identity/start?t=${await scene.ask()}`);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/portone|unsafe|http/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('know no demo with a real agency, and let in its SDK alone', async () => {
    scene = await anAgencyScene({ portOne: true });
    const token = await scene.ask();
    const page = await scene.get(`/identity/start?t=${token}`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self' https://cdn.portone.io;");
    expect((await page.text()) + policy).not.toContain('very-secret');
    const begun = await scene.post('/identity/begin', { token });
    const answer: unknown = await begun.json();
    expect(answer).toMatchObject({ kind: 'portone', storeId: 'store-1', channelKey: 'channel-key-1' });
    expect(answer).toMatchObject({
      identityVerificationId: expect.stringMatching(/^bill-guide-[0-9a-f]{36}$/),
    });
    expect(JSON.stringify(answer)).not.toContain('very-secret');
    expect((await scene.get(`/identity/demo?t=${token}`)).status).toBe(404);
    expect((await scene.post('/identity/demo', { token, outcome: 'holder' })).status).toBe(404);
  });

  it('play no app for a page that was pointed at this machine from elsewhere', async () => {
    scene = await anAgencyScene();
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const { port } = new URL(scene.url);
      const options = {
        host: '127.0.0.1',
        port,
        path: '/identity/demo?t=x',
        headers: { Host: 'evil.example' },
      };
      request(options, (res) => resolve(res.statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });
});
