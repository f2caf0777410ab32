import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Desk, registerDesk } from '../../../bot/desk/registerDesk';
import { TypingSignals } from '../../../bot/desk/typingSignals';
import { createServer } from '../../../bot/server';
import type { OidcSettings } from '../../../bot/settings/deskSettings';
import { botAccount } from '../../../bot/turnAdapter';
import { DeskAccounts } from '../../../services/desk/deskAccounts';
import type { DeskRole, LiveEvent } from '../../../services/desk/deskApi';
import { Passwords } from '../../../services/desk/password';
import { totpAt } from '../../../services/desk/totp';
import { loadKnowledge } from '../../../services/faq/knowledge';
import { handoffKey, readHandoff } from '../../../services/handoff/handoff';
import { streamsOf } from '../../../services/journal/journal';
import { systemRandomness } from '../../../services/randomness';
import type { JsonActivity, JsonValue } from '../../../services/turn/turnStore';
import { dataDir, recognizer, TestAssistant, type TestCustomer } from '../../assistant';
import { cheapWork } from '../../services/desk/deskFixture';
import { silentLog } from '../connector/connectorFixture';

/** Monday, 23 November 2026, 10:00 in Seoul: people are at the desk. */
export const mondayMorning = Date.parse('2026-11-23T10:00:00+09:00');
export const askForPerson = '상담원 연결해줘';

/** The real assistant with the desk on a real HTTP server on loopback, and a clock that tests move. */
export class DeskServer {
  private readonly cookies = new Map<string, DeskBrowser>();

  private constructor(
    readonly test: TestAssistant,
    readonly url: string,
    readonly desk: Desk,
    readonly typing: TypingSignals,
    readonly accounts: DeskAccounts,
    /** Signs that customers saw. */
    readonly shown: readonly { conversationKey: string; activity: JsonActivity }[],
    private readonly closeHttp: () => Promise<void>,
  ) {}

  static async start(options: { oidc?: OidcSettings; test?: TestAssistant } = {}): Promise<DeskServer> {
    const test = options.test ?? new TestAssistant({ nowMs: mondayMorning });
    const clock = { now: () => test.nowMs };
    const http = createServer({
      config: { host: '127.0.0.1', port: 0 },
      store: test.store,
      clock,
      log: silentLog,
    });
    let url = '';
    const shown: { conversationKey: string; activity: JsonActivity }[] = [];
    const typing = new TypingSignals(
      (conversationKey, activity) => void shown.push({ conversationKey, activity }),
      botAccount,
      () => randomUUID(),
    );
    const desk = registerDesk(http, {
      config: { oidc: options.oidc },
      store: test.store,
      intake: test.assistant.intake,
      events: test.assistant.events,
      lines: test.assistant.lines,
      packets: test.assistant.packets,
      faq: loadKnowledge(dataDir),
      recognizer: recognizer(),
      secrets: { inboxSealingKey: Buffer.alloc(32, 2) },
      typing,
      clock,
      realClock: clock,
      randomness: systemRandomness,
      log: silentLog,
      publicUrl: () => url,
      networkOf: () => '192.0.2.1',
    });
    url = (await http.listen()).url;
    const passwords = new Passwords(systemRandomness, cheapWork);
    const accounts = new DeskAccounts(test.store, passwords, clock);
    return new DeskServer(test, url, desk, typing, accounts, shown, () => http.close());
  }

  browser(): DeskBrowser {
    return new DeskBrowser(this.url);
  }

  /** Somebody who has signed in, through all steps of a first login. */
  async signedIn(name: string, role: DeskRole = 'agent'): Promise<DeskBrowser> {
    const known = this.cookies.get(name);
    if (known !== undefined) return known;
    const added = await this.accounts.add(name, role);
    const browser = this.browser();
    await browser.signInFirst(name, added.status === 'added' ? added.password : '', this.test.nowMs);
    this.cookies.set(name, browser);
    return browser;
  }

  /** A customer who waits for a person, and the id of that handoff. */
  async waiting(
    customer: TestCustomer = this.test.customer(),
  ): Promise<{ customer: TestCustomer; id: string }> {
    await customer.say(askForPerson);
    const record = readHandoff((await this.test.store.readRecord(handoffKey(customer.key))).value);
    if (record === undefined) throw new Error('nobody waits');
    return { customer, id: record.id };
  }

  /** Bodies of all audit rows about the desk. */
  async audited(): Promise<{ readonly [key: string]: JsonValue }[]> {
    const rows = await Promise.all(
      streamsOf('audit').map((one) => this.test.store.readJournal(one, 0, 10_000)),
    );
    return rows
      .flat()
      .map(({ body }) => Object(body))
      .filter(({ kind }) => String(kind).startsWith('desk'));
  }

  async stop(): Promise<void> {
    const closed = this.closeHttp();
    await this.desk.close();
    await closed;
    await this.test.stop();
  }
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: Record<string, JsonValue>;
  readonly headers: Headers;
}

/** Keeps a cookie and the cross-site token, as a page in a browser does. */
export class DeskBrowser {
  cookie = '';
  csrf = '';

  constructor(public url: string) {}

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, body, headers);
  }

  /** An action on a handoff, with a key of its own. */
  act(id: string, action: string, body: object = {}): Promise<Answer> {
    return this.post(`handoffs/${id}/${action}`, { key: randomUUID(), ...body });
  }

  /** All steps of a first login. @param nowMs by the authenticator app's clock */
  async signInFirst(name: string, password: string, nowMs: number): Promise<void> {
    await this.post('login', { name, password });
    await this.refreshCsrf();
    const { secret } = (await this.post('totp', {})).json;
    const code = totpAt(fromBase32(String(secret)), nowMs);
    const newPassword = `${name}의 긴 비밀번호 12345`;
    const confirmed = await this.post('totp/confirm', { code, newPassword });
    if (confirmed.status !== 200) throw new Error(`${name} could not enrol: ${confirmed.text}`);
    await this.refreshCsrf();
  }

  async refreshCsrf(): Promise<void> {
    this.csrf = String((await this.get('session')).json.csrf);
  }

  private async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${this.url}/desk/api/${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie === '' ? {} : { Cookie: this.cookie }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'x-desk-csrf': this.csrf }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      if (cookie.startsWith('__Host-desk=')) this.cookie = cookie.split(';', 1)[0] ?? '';
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status: response.status, text, json: isJson ? JSON.parse(text) : {}, headers: response.headers };
  }
}

/** A desk page's socket, with what came over it. */
export class DeskSocket {
  readonly events: LiveEvent[] = [];
  closedWith: number | undefined;
  private readonly waiters = new Set<() => void>();

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.events.push(JSON.parse(data.toString()));
      for (const waiter of this.waiters) waiter();
    });
    socket.on('close', (code) => {
      this.closedWith = code;
      for (const waiter of this.waiters) waiter();
    });
  }

  /** @returns the status that refused it, or the open socket */
  static async open(
    browser: Pick<DeskBrowser, 'url' | 'cookie'>,
    origin: string | undefined = browser.url,
  ): Promise<DeskSocket | number> {
    const socket = new WebSocket(`${browser.url.replace('http', 'ws')}/desk/api/live`, {
      headers: { Cookie: browser.cookie, ...(origin === undefined ? {} : { Origin: origin }) },
    });
    const desk = new DeskSocket(socket);
    return new Promise((resolve, reject) => {
      socket.on('open', () => resolve(desk));
      socket.on('unexpected-response', (_req, res) => {
        resolve(res.statusCode ?? 0);
        socket.terminate();
      });
      socket.on('error', reject);
    });
  }

  static async connected(browser: Pick<DeskBrowser, 'url' | 'cookie'>): Promise<DeskSocket> {
    const opened = await DeskSocket.open(browser);
    if (typeof opened === 'number') throw new Error(`refused with ${opened}`);
    return opened;
  }

  send(request: object): void {
    this.socket.send(JSON.stringify(request));
  }

  /** Waits until what came satisfies a condition; the test's own time-out is the limit. */
  async until<T>(find: (events: readonly LiveEvent[]) => T | undefined | false): Promise<T> {
    for (;;) {
      const found = find(this.events);
      if (found !== undefined && found !== false) return found;
      if (this.closedWith !== undefined) throw new Error(`closed with ${this.closedWith}`);
      await this.news();
    }
  }

  /** Texts of a conversation in the order in which they came. */
  texts(handoffId: string): string[] {
    return this.events.flatMap((event) =>
      event.type === 'entries' && event.handoffId === handoffId ? event.entries.map(({ text }) => text) : [],
    );
  }

  async closed(): Promise<number | undefined> {
    while (this.closedWith === undefined) await this.news();
    return this.closedWith;
  }

  async end(): Promise<void> {
    if (this.closedWith !== undefined) return;
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }

  private news(): Promise<void> {
    return new Promise((resolve) => {
      const waiter = () => {
        this.waiters.delete(waiter);
        resolve();
      };
      this.waiters.add(waiter);
    });
  }
}

export function fromBase32(text: string): Buffer {
  let bits = '';
  for (const letter of text) {
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  }
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
