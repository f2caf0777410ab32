import { randomUUID } from 'node:crypto';
import { type DeskBrowser, DeskServer, DeskSocket } from '../bot/desk/deskServer';

/** T29: a desk session that is stolen, planted, ridden from another site or used again. */
describe('T29: the desk’s sessions', () => {
  let server: DeskServer;
  let kim: DeskBrowser;
  beforeEach(async () => {
    server = await DeskServer.start();
    kim = await server.signedIn('kim');
  });
  afterEach(() => server.stop());

  it('live in a cookie that scripts, other hosts and other sites cannot use', async () => {
    const added = await server.accounts.add('lee', 'agent');
    const password = added.status === 'added' ? added.password : '';
    const login = await server.browser().post('login', { name: 'lee', password });
    const [cookie = ''] = login.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-desk=[\w-]{43}; /);
    for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict'])
      expect(cookie).toContain(`; ${part}`);
    expect(cookie).not.toMatch(/Domain|Max-Age|Expires/i);
    expect(login.headers.get('cache-control')).toBe('no-store');
  });

  it('cannot be used after the logout, and neither can their socket', async () => {
    const stolen = server.browser();
    [stolen.cookie, stolen.csrf] = [kim.cookie, kim.csrf];
    const socket = await DeskSocket.connected(stolen);
    expect((await stolen.get('queue')).status).toBe(200);
    const logout = await kim.post('logout', {});
    expect(logout.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect(await socket.closed()).toBe(4401);
    expect((await stolen.get('queue')).status).toBe(401);
    expect((await stolen.get('session')).json).toMatchObject({ user: null, csrf: '' });
    expect(await DeskSocket.open(stolen)).toBe(401);
  });

  it('get a new token with every login, and a planted one stays worthless', async () => {
    const added = await server.accounts.add('lee', 'agent');
    const password = added.status === 'added' ? added.password : '';
    const victim = server.browser();
    const planted = `__Host-desk=${'A'.repeat(43)}`;
    victim.cookie = planted;
    await victim.post('login', { name: 'lee', password });
    expect(victim.cookie).not.toBe(planted);
    const first = victim.cookie;
    await victim.post('login', { name: 'lee', password });
    expect(victim.cookie).not.toBe(first);
    const attacker = server.browser();
    for (const cookie of [planted, first]) {
      attacker.cookie = cookie;
      expect((await attacker.get('session')).json.user).toBeNull();
    }
  });

  it('open nothing but the enrolment before an app is enrolled', async () => {
    const added = await server.accounts.add('lee', 'supervisor');
    const password = added.status === 'added' ? added.password : '';
    const lee = server.browser();
    expect((await lee.post('login', { name: 'lee', password })).json.status).toBe('enrol');
    await lee.refreshCsrf();
    for (const path of ['queue', 'load', 'export.csv', 'agents', `handoffs/${randomUUID()}`])
      expect((await lee.get(path)).status).toBe(401);
    expect((await lee.act(randomUUID(), 'claim')).status).toBe(401);
    expect(await DeskSocket.open(lee)).toBe(401);
    const begun = await lee.post('totp', {});
    expect(begun.json.qrDataUri).toMatch(/^data:image\/gif;base64,/);
    expect(
      (await lee.post('totp/confirm', { code: '000000', newPassword: '열두 글자가 넘는 비밀번호' })).status,
    ).toBe(401);
    // Somebody who has enrolled cannot be enrolled anew by whoever has the session.
    expect((await kim.post('totp', {})).status).toBe(401);
  });

  it('end after half an hour in which nobody did anything', async () => {
    const socket = await DeskSocket.connected(kim);
    server.test.nowMs += 30 * 60_000;
    expect((await kim.get('queue')).status).toBe(401);
    await server.desk.live.heartbeat();
    await socket.closed();
  });

  it('cannot be ridden by a page of another site', async () => {
    const { id } = await server.waiting();
    const key = { key: randomUUID() };
    const path = `handoffs/${id}/claim`;
    const rightToken = { 'x-desk-csrf': kim.csrf };
    const attempts: Record<string, string>[] = [
      { 'x-desk-csrf': '' },
      { 'x-desk-csrf': 'A'.repeat(43) },
      { ...rightToken, Origin: 'https://evil.example' },
      { ...rightToken, Origin: 'null' },
    ];
    for (const headers of attempts) {
      const answer = await kim.post(path, key, headers);
      expect([answer.status, answer.json]).toEqual([403, { error: { code: 'csrf' } }]);
    }
    expect((await kim.post('logout', {}, { 'x-desk-csrf': '' })).status).toBe(403);
    const login = { name: 'kim', password: 'x' };
    expect((await server.browser().post('login', login, { Origin: 'https://evil.example' })).status).toBe(
      403,
    );
    for (const origin of [undefined, 'https://evil.example', 'null'])
      expect(await DeskSocket.open({ url: kim.url, cookie: kim.cookie }, origin ?? '')).toBe(403);
    expect((await kim.post(path, key, { Origin: kim.url })).status).toBe(200);
  });

  it('cut off a page that talks nonsense or does not stop', async () => {
    for (const frame of ['{', '[]', '{"type":"watch"}', JSON.stringify({ type: 'typing', handoffId: 1 })]) {
      const socket = await DeskSocket.connected(kim);
      socket.socket.send(frame);
      expect(await socket.closed()).toBe(1008);
    }
    const flood = await DeskSocket.connected(kim);
    for (let n = 0; n < 101; n += 1) flood.send({ type: 'typing', handoffId: 'x' });
    expect(await flood.closed()).toBe(1008);
    const big = await DeskSocket.connected(kim);
    big.send({ type: 'watch', handoffId: 'x'.repeat(5_000), afterSeq: 0 });
    expect(await big.closed()).toBe(1009);
  });

  it('close after wrong passwords, and say for how long', async () => {
    const stranger = server.browser();
    for (let n = 0; n < 5; n += 1)
      expect((await stranger.post('login', { name: 'kim', password: `guess ${n}` })).json).toEqual({
        error: { code: 'wrongLogin' },
      });
    const locked = await stranger.post('login', { name: 'kim', password: 'guess' });
    expect([locked.status, locked.headers.get('retry-after')]).toEqual([429, '20']);
    expect(locked.json).toEqual({ error: { code: 'locked', retryAfterSeconds: 20 } });
  });
});
