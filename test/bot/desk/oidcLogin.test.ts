import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { DeskBrowser, DeskServer } from './deskServer';

const clientSecret = 'a-secret-of-this-test-only';

/** A browser that keeps cookies for each origin, follows redirects and fills in the provider's two forms. */
class Visitor {
  private readonly jars = new Map<string, Map<string, string>>();

  constructor(private readonly name: string) {}

  /** @returns the last address that is not the provider's, and the answer there */
  async walk(start: string, stopAt: (url: URL) => boolean): Promise<{ url: URL; response: Response }> {
    let url = new URL(start);
    let form: URLSearchParams | undefined;
    for (let step = 0; step < 30; step += 1) {
      const response = await fetch(url, {
        redirect: 'manual',
        headers: {
          Cookie: this.cookiesFor(url),
          ...(form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
        ...(form === undefined ? {} : { method: 'POST', body: form.toString() }),
      });
      form = undefined;
      this.keep(url, response);
      const location = response.headers.get('location');
      if (location !== null) {
        const next = new URL(location, url);
        if (stopAt(next)) return { url: next, response };
        url = next;
        continue;
      }
      const page = await response.text();
      const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (action === undefined || prompt === undefined) return { url, response };
      url = new URL(action, url);
      form = new URLSearchParams({
        prompt,
        ...(prompt === 'login' ? { login: this.name, password: 'x' } : {}),
      });
    }
    throw new Error('the way does not end');
  }

  cookie(origin: string, name: string): string {
    return this.jars.get(origin)?.get(name) ?? '';
  }

  private cookiesFor({ origin }: URL): string {
    return [...(this.jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keep({ origin }: URL, response: Response): void {
    const jar = this.jars.get(origin) ?? new Map<string, string>();
    this.jars.set(origin, jar);
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';', 1);
      const at = pair.indexOf('=');
      if (pair.slice(at + 1) === '') jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}

describe('the company login of the desk', () => {
  let provider: ChildProcess;
  let server: DeskServer;
  let issuer = '';

  beforeAll(async () => {
    provider = fork(path.join(__dirname, 'oidcProvider.mjs'), {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const [hello] = await once(provider, 'message');
    issuer = String(Object(hello).issuer);
    const roles = { agent: 'desk-agent', supervisor: 'desk-lead', editor: 'desk-editor' };
    server = await DeskServer.start({
      oidc: { issuer, clientId: 'desk', clientSecret, roleClaim: 'roles', roles },
    });
    // The provider is a real one and keeps its own time.
    server.test.nowMs = Date.now();
    const ready = once(provider, 'message');
    provider.send({ issuer, clientSecret, redirectUri: `${server.url}/desk/api/oidc/return` });
    await ready;
  }, 60_000);
  afterAll(async () => {
    const ended = once(provider, 'exit');
    provider.disconnect();
    await ended;
    await server.stop();
  });

  const start = () => `${server.url}/desk/api/oidc/start`;
  const atDesk = (url: URL) => url.origin === server.url && !url.pathname.startsWith('/desk/api/');
  const browserOf = (visitor: Visitor) => {
    const browser = new DeskBrowser(server.url);
    browser.cookie = `__Host-desk=${visitor.cookie(server.url, '__Host-desk')}`;
    return browser;
  };

  it('lets people in under their name, with the greatest of their roles', async () => {
    for (const [name, role] of [
      ['kim.agent', 'agent'],
      ['lee.lead', 'supervisor'],
    ] as const) {
      const visitor = new Visitor(name);
      const { url } = await visitor.walk(start(), atDesk);
      expect(url.pathname + url.search).toBe('/desk');
      const session = (await browserOf(visitor).get('session')).json;
      expect(session).toMatchObject({ user: { name, role }, oidc: true, enrolling: false });
      expect((await browserOf(visitor).get('queue')).status).toBe(200);
      expect(visitor.cookie(server.url, '__Host-desk-oidc')).toBe('');
    }
  });

  it('lets nobody in who has no role at the desk, or the name of somebody else', async () => {
    const visitor = new Visitor('visitor');
    const { url } = await visitor.walk(start(), atDesk);
    expect(url.search).toBe('?login=noRole');
    expect(visitor.cookie(server.url, '__Host-desk')).toBe('');

    await server.accounts.remove('kim.agent');
    await server.accounts.add('kim.agent', 'supervisor');
    const namesake = new Visitor('kim.agent');
    expect((await namesake.walk(start(), atDesk)).url.search).toBe('?login=noRole');
    expect(namesake.cookie(server.url, '__Host-desk')).toBe('');
    await server.accounts.remove('kim.agent');
    const rows = (await server.audited()).filter(({ kind }) => kind === 'deskSignInRefused');
    expect(rows).toHaveLength(2);
  });

  it('finishes only in the browser that began it, and once', async () => {
    const visitor = new Visitor('lee.lead');
    const { url: back } = await visitor.walk(start(), (url) => url.pathname.endsWith('/oidc/return'));
    const stranger = await new Visitor('x').walk(back.href, atDesk);
    expect(stranger.url.search).toBe('?login=refused');

    const other = new Visitor('lee.lead');
    await other.walk(start(), (url) => url.origin === issuer);
    const swapped = await other.walk(back.href, atDesk);
    expect(swapped.url.search).toBe('?login=refused');

    expect((await visitor.walk(back.href, atDesk)).url.search).toBe('');
    const again = await visitor.walk(back.href, atDesk);
    expect(again.url.search).toBe('?login=refused');
  });

  it('takes no answer that comes too late, and no invented one', async () => {
    const visitor = new Visitor('lee.lead');
    const { url: back } = await visitor.walk(start(), (url) => url.pathname.endsWith('/oidc/return'));
    server.test.nowMs += 10 * 60_000;
    expect((await visitor.walk(back.href, atDesk)).url.search).toBe('?login=refused');
    server.test.nowMs = Date.now();
    const inventor = new Visitor('lee.lead');
    await inventor.walk(start(), (url) => url.origin === issuer);
    const invented = `${server.url}/desk/api/oidc/return?code=abc&state=def&iss=${encodeURIComponent(issuer)}`;
    expect((await inventor.walk(invented, atDesk)).url.search).toBe('?login=refused');
  });
});
