import { DeskFixture, ownPassword } from './deskFixture';

const home = '192.0.2.1';
const elsewhere = '198.51.100.7';

describe('signing in at the desk', () => {
  let desk: DeskFixture;
  beforeEach(() => {
    desk = new DeskFixture();
  });
  afterEach(() => desk.store.close());

  it('asks at the first login for an app and a password of one’s own, and never again', async () => {
    const added = await desk.accounts.add('Kim', 'agent');
    expect(added).toMatchObject({ status: 'added', password: expect.any(String) });
    const password = added.status === 'added' ? added.password : '';
    expect((await desk.login.login({ name: 'kim', password }, home)).status).toBe('enrol');
    const begun = await desk.login.beginEnrolment('kim');
    expect(begun?.otpauthUri).toContain(`secret=${begun?.secret}`);
    expect(await desk.login.confirmEnrolment('kim', '000000', undefined, home)).toEqual({
      status: 'passwordNeeded',
    });
    expect((await desk.login.login({ name: 'kim', password }, home)).status).toBe('enrol');
  });

  it('takes password and code together', async () => {
    const { code } = await desk.enrolled('kim');
    const given = { name: 'kim', password: ownPassword };
    expect((await desk.login.login(given, home)).status).toBe('codeNeeded');
    expect((await desk.login.login({ ...given, code: '000000' }, home)).status).toBe('wrongCode');
    expect((await desk.login.login({ ...given, code: code() }, home)).status).toBe('ok');
  });

  it('takes a code once, also of two at the same moment', async () => {
    const { code } = await desk.enrolled('kim');
    const given = { name: 'kim', password: ownPassword, code: code() };
    const both = await Promise.all([desk.login.login(given, home), desk.login.login(given, elsewhere)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['ok', 'wrongCode']);
    expect((await desk.login.login(given, home)).status).toBe('wrongCode');
  });

  it('does not tell a wrong password from a name that nobody has', async () => {
    await desk.enrolled('kim');
    const known = await desk.login.login({ name: 'kim', password: 'wrong' }, home);
    const unknown = await desk.login.login({ name: 'lee', password: 'wrong' }, home);
    expect(known).toEqual(unknown);
    expect(known).toEqual({ status: 'wrongLogin' });
  });

  it('closes after five wrong logins within 20 s, longer each time, and opens again', async () => {
    const { code } = await desk.enrolled('kim');
    const wrong = { name: 'kim', password: 'wrong' };
    for (const waitMs of [20_000, 40_000, 80_000]) {
      for (let n = 0; n < 5; n += 1) {
        expect(await desk.login.login(wrong, home)).toEqual({ status: 'wrongLogin' });
        desk.nowMs += 3_000;
      }
      expect(await desk.login.login(wrong, home)).toEqual({ status: 'locked', waitMs });
      const right = { name: 'kim', password: ownPassword, code: code() };
      expect((await desk.login.login(right, home)).status).toBe('locked');
      desk.nowMs += waitMs;
    }
    expect((await desk.login.login({ name: 'kim', password: ownPassword, code: code() }, home)).status).toBe(
      'ok',
    );
  });

  it('looks at no more than five of many at once', async () => {
    await desk.enrolled('kim');
    const tries = Array.from({ length: 25 }, (_, n) => ({ name: 'kim', password: `guess ${n}` }));
    const outcomes = await Promise.all(tries.map((given) => desk.login.login(given, home)));
    expect(outcomes.filter(({ status }) => status === 'wrongLogin')).toHaveLength(5);
    expect(outcomes.filter(({ status }) => status === 'locked')).toHaveLength(20);
  });

  it('lets the owner in from elsewhere while somebody guesses', async () => {
    const { code } = await desk.enrolled('kim');
    for (let n = 0; n < 10; n += 1) await desk.login.login({ name: 'kim', password: 'wrong' }, elsewhere);
    const right = { name: 'kim', password: ownPassword, code: code() };
    expect((await desk.login.login(right, home)).status).toBe('ok');
  });

  it('stops an address that tries many names', async () => {
    const outcomes: string[] = [];
    for (let n = 0; n < 33; n += 1) {
      outcomes.push((await desk.login.login({ name: `somebody${n}`, password: 'wrong' }, elsewhere)).status);
    }
    expect(outcomes.slice(0, 30)).not.toContain('locked');
    expect(outcomes.slice(30)).toEqual(['locked', 'locked', 'locked']);
  });

  it('forgets a one-time password after three days', async () => {
    const added = await desk.accounts.add('kim', 'agent');
    const password = added.status === 'added' ? added.password : '';
    desk.nowMs += 72 * 3_600_000 + 1;
    expect(await desk.login.login({ name: 'kim', password }, home)).toEqual({ status: 'wrongLogin' });
  });

  it('writes down who came and who was turned away, and no word that was typed', async () => {
    const { code } = await desk.enrolled('kim');
    await desk.login.login({ name: 'kim', password: 'hunter2hunter2' }, home);
    await desk.login.login({ name: 'my-secret-password', password: 'kim' }, home);
    await desk.login.login({ name: 'kim', password: ownPassword, code: code() }, home);
    const rows = await desk.audited();
    expect(rows).toContainEqual({
      kind: 'deskSignInRefused',
      reason: 'wrongLogin',
      agent: 'kim',
      network: home,
    });
    expect(rows).toContainEqual({
      kind: 'deskSignInRefused',
      reason: 'wrongLogin',
      agent: '',
      network: home,
    });
    expect(rows).toContainEqual({
      kind: 'deskSignedIn',
      by: 'password',
      enrolling: false,
      agent: 'kim',
      network: home,
    });
    expect(JSON.stringify(rows)).not.toMatch(/hunter2|my-secret|강아지/);
  });
});

describe('sessions of the desk', () => {
  let desk: DeskFixture;
  let token = '';
  beforeEach(async () => {
    desk = new DeskFixture();
    await desk.enrolled('kim');
    const user = await desk.accounts.find('kim');
    if (user === undefined) throw new Error('nobody');
    token = await desk.sessions.open(user, 'full');
  });
  afterEach(() => desk.store.close());

  it('end after half an hour of silence, and not before', async () => {
    for (let n = 0; n < 5; n += 1) {
      desk.nowMs += 29 * 60_000;
      expect((await desk.sessions.find(token))?.user.name).toBe('kim');
    }
    desk.nowMs += 30 * 60_000;
    expect(await desk.sessions.find(token)).toBeUndefined();
  });

  it('end after twelve hours whatever happens', async () => {
    for (let n = 0; n < 71; n += 1) {
      desk.nowMs += 10 * 60_000;
      expect(await desk.sessions.find(token)).toBeDefined();
    }
    desk.nowMs += 10 * 60_000;
    expect(await desk.sessions.find(token)).toBeUndefined();
  });

  it('end with the logout, and cannot be used again', async () => {
    await desk.sessions.close(token);
    expect(await desk.sessions.find(token)).toBeUndefined();
  });

  it('end when the account is reset or removed', async () => {
    await desk.accounts.reset('kim');
    expect(await desk.sessions.find(token)).toBeUndefined();
    await desk.accounts.remove('kim');
    expect(await desk.sessions.find(token)).toBeUndefined();
  });

  it('are not kept as tokens', async () => {
    const listed = await desk.store.listRecords('deskSession/', undefined, 10);
    expect(listed).toHaveLength(1);
    expect(JSON.stringify(listed)).not.toContain(token);
  });

  it('know their own cross-site token and no other', async () => {
    const session = await desk.sessions.find(token);
    if (session === undefined) throw new Error('no session');
    expect(desk.sessions.isCsrf(session, session.csrf)).toBe(true);
    expect(desk.sessions.isCsrf(session, `${session.csrf}x`)).toBe(false);
    expect(desk.sessions.isCsrf(session, undefined)).toBe(false);
  });
});
