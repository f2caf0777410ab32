import { createHmac } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import { deskAccounts } from '../../../bot/desk/registerDesk';
import { systemClock } from '../../../services/clock';
import { deskApiPath } from '../../../services/desk/deskApi';
import { totpAt } from '../../../services/desk/totp';
import { systemRandomness } from '../../../services/randomness';
import { DeskBrowser, fromBase32 } from '../../bot/desk/deskServer';
import { RunningApp } from '../../bot/http/runningApp';
import { DirectLineTalk } from '../directLineTalk';
import { directLine, directLineSecret } from '../serverProcess';
import { type Caller, type FuzzRequest, wellFormed } from './requests';

const kakaoSecret = 'a-secret-of-the-skill-server';
const hubSecret = 'a-secret-of-the-hub-webhook-12345';

/** Settings under which every route exists that some setting makes. */
export const everyRoute: Readonly<Record<string, string>> = {
  HANDOFF_HOURS: 'always',
  TOKEN_LIMIT_PER_MINUTE: '1000',
  KAKAO_SKILL_SECRET: kakaoSecret,
  DESK_OIDC_ISSUER: 'http://127.0.0.1:9/',
  DESK_OIDC_CLIENT_ID: 'desk',
  DESK_OIDC_CLIENT_SECRET: 'a-secret-of-the-company-login',
};

/** The same with people in Chatwoot, which does not answer. */
export const withHub: Readonly<Record<string, string>> = {
  ...everyRoute,
  HANDOFF_PROVIDER: 'chatwoot',
  CHATWOOT_URL: 'http://127.0.0.1:9/',
  CHATWOOT_INBOX_IDENTIFIER: 'a1B2c3D4e5F6g7H8i9J0k1L2',
  CHATWOOT_WEBHOOK_SECRET: hubSecret,
};

/** A whole server, with what entitled callers hold. */
export class FuzzTarget {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly port: number;

  private constructor(
    readonly running: RunningApp,
    readonly talks: readonly DirectLineTalk[],
    /** Somebody who has signed in, where there is a desk. */
    readonly desk: DeskBrowser | undefined,
    private readonly handoffIds: readonly string[],
  ) {
    this.port = Number(new URL(running.url).port);
  }

  static async start(settings: Readonly<Record<string, string>>): Promise<FuzzTarget> {
    const running = await RunningApp.start(settings);
    const talks = await Promise.all([0, 1, 2, 3, 4, 5].map(() => DirectLineTalk.start(running.url)));
    for (const talk of talks.slice(0, 3)) await talk.say('상담원 연결해줘', 'first');
    const open = await running.app.store.listRecords('handoff/', undefined, 10);
    const ids = open.map(({ value }) => String(Object(value).id));
    const hasDesk = running.app.routes.some(({ path }) => path.startsWith(deskApiPath));
    const desk = hasDesk ? await signedIn(running) : undefined;
    return new FuzzTarget(running, talks, desk, ids);
  }

  /** Sends one request. @returns the status, 0 when the connection ended without one, and the header Retry-After */
  send(
    asked: FuzzRequest,
    agent: Agent | false = this.agent,
  ): Promise<{ status: number; retryAfter: string | undefined }> {
    const headers = { ...this.credentialsOf(asked), ...Object.fromEntries(asked.headers) };
    const options = { host: '127.0.0.1', port: this.port, agent, method: asked.method };
    return new Promise((resolve) => {
      let answer: { status: number; retryAfter: string | undefined } = { status: 0, retryAfter: undefined };
      const read = (res: IncomingMessage) => {
        answer = { status: res.statusCode ?? 0, retryAfter: res.headers['retry-after'] };
      };
      const req = request({ ...options, path: this.targetOf(asked), headers }, (res) => {
        read(res);
        res.on('close', () => resolve(answer));
        res.on('error', () => undefined);
        res.resume();
      });
      req.on('upgrade', (res, socket) => {
        read(res);
        socket.destroy();
        resolve(answer);
      });
      req.on('error', () => {
        // The server may give up an idle connection in the moment in which it is used again (RFC 9112, 9.3.1).
        if (req.reusedSocket && answer.status === 0) resolve(this.send(asked, false));
        else resolve(answer);
      });
      req.end(asked.body);
    });
  }

  /** Writes bytes on a connection of their own and ends it. @returns the statuses that came back */
  sendBytes(bytes: Buffer): Promise<number[]> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      let received = '';
      socket.on('data', (data) => {
        received += data.toString('latin1');
      });
      socket.on('error', () => undefined);
      socket.on('close', () =>
        resolve([...received.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))),
      );
      socket.end(bytes);
    });
  }

  /** Opens the socket of a customer, or of an agent, sends frames and waits until it is closed. */
  async sendFrames(to: 'chat' | 'desk', frames: readonly (string | Buffer)[]): Promise<number> {
    const url = this.running.url.replace('http', 'ws');
    const headers = to === 'chat' ? {} : { Cookie: this.desk?.cookie ?? '', Origin: this.running.url };
    const socket = new WebSocket(to === 'chat' ? await this.streamUrl() : `${url}/desk/api/live`, {
      headers,
    });
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => {
        for (const frame of frames) socket.send(frame);
        socket.close();
      });
      socket.on('close', (code) => resolve(code));
    });
  }

  /** A night is longer than a token is good for. */
  async refreshTokens(): Promise<void> {
    for (const talk of this.talks) await talk.refresh();
  }

  private async streamUrl(): Promise<string> {
    const talk = this.talks[5];
    const route = `/conversations/${talk?.id}`;
    const { json } = await directLine(this.running.url, 'GET', route, undefined, talk?.token);
    return String(json.streamUrl);
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.running.close();
  }

  private targetOf({ route, parameters, query }: FuzzRequest): string {
    let place = 0;
    const path = route.path.replace(/:\w+|\*/g, () => {
      const given = parameters[place] ?? 0;
      place += 1;
      if (typeof given === 'string') return encodeURIComponent(wellFormed(given)) || 'x';
      // Erased for good at the first right request: the others must stay.
      if (route.path.endsWith('/erase')) return this.talks[4]?.id ?? '';
      const ids = route.path.includes('/handoffs/') ? this.handoffIds : this.talks.map(({ id }) => id);
      return ids[given % Math.max(1, ids.length)] ?? 'none';
    });
    return path + query;
  }

  private credentialsOf({ caller, route, parameters, body }: FuzzRequest): Record<string, string> {
    const [first = 0] = parameters;
    const own = this.talks[(typeof first === 'number' ? first : 0) % this.talks.length];
    const bearer = (text: string) => ({ Authorization: `Bearer ${text}` });
    const all: Record<Caller, () => Record<string, string>> = {
      nobody: () => ({}),
      token: () => bearer((route.path.endsWith('/erase') ? this.talks[4] : own)?.token ?? ''),
      foreignToken: () => bearer(this.talks[3]?.token ?? ''),
      secret: () => bearer(directLineSecret),
      garbage: () => ({ Authorization: 'Basic \xff:=' }),
      unsigned: () => bearer('eyJhbGciOiJub25lIn0.eyJjb252IjoiYyIsImV4cCI6OTk5OTk5OTk5OX0.'),
      kakao: () => ({ 'X-Kakao-Skill-Secret': kakaoSecret }),
      hub: () => hubHeaders(body ?? Buffer.alloc(0)),
      agent: () => ({
        Cookie: this.desk?.cookie ?? '',
        // A right one would sign out the agent whom all other requests need.
        'x-desk-csrf': route.path.endsWith('/logout') ? 'x' : (this.desk?.csrf ?? ''),
      }),
      agentWithoutCsrf: () => ({ Cookie: this.desk?.cookie ?? '' }),
    };
    return all[caller]();
  }
}

function hubHeaders(body: Buffer): Record<string, string> {
  const timestamp = String(Math.floor(systemClock.now() / 1_000));
  const signature = createHmac('sha256', hubSecret).update(`${timestamp}.`).update(body).digest('hex');
  return { 'X-Chatwoot-Timestamp': timestamp, 'X-Chatwoot-Signature': `sha256=${signature}` };
}

async function signedIn({ app, url }: RunningApp): Promise<DeskBrowser> {
  const { accounts } = deskAccounts({ store: app.store, clock: systemClock, randomness: systemRandomness });
  const added = await accounts.add('나', 'supervisor');
  const browser = new DeskBrowser(url);
  await browser.post('login', { name: '나', password: added.status === 'added' ? added.password : '' });
  await browser.refreshCsrf();
  const { secret } = (await browser.post('totp', {})).json;
  const code = totpAt(fromBase32(String(secret)), systemClock.now());
  await browser.post('totp/confirm', { code, newPassword: '나의 긴 비밀번호 12345' });
  await browser.refreshCsrf();
  return browser;
}
