import { readFileSync } from 'node:fs';
import { createServer as createNodeServer } from 'node:http';
import path from 'node:path';
import type { AssistantParts } from '../../../bot/assistant';
import { registerKakao } from '../../../bot/http/kakaoRoute';
import { createCallbackSink } from '../../../bot/kakao/callbackSink';
import { KakaoAdapter } from '../../../bot/kakao/kakaoAdapter';
import { UnseenAnswers } from '../../../bot/kakao/unseenAnswers';
import { createServer } from '../../../bot/server';
import { systemRandomness } from '../../../services/randomness';
import type { TurnStore } from '../../../services/turn/turnStore';
import { openScannedStore } from '../../artifacts';
import { sundayAfternoon, TestAssistant } from '../../assistant';
import { rawRequest } from '../../bot/http/rawHttp';
import { kakaoViolations, visibleKakaoText } from '../../cards/kakaoLimits';

export const secret = 'a-secret-of-the-skill-server';
export const botUserKey = `c3e5${'0a1b'.repeat(15)}`;

/** A recorded request, with some of it changed. */
export function payload(
  file: string,
  changes: { utterance?: string; extra?: object; callbackUrl?: string; userId?: string } = {},
) {
  const json = JSON.parse(readFileSync(path.join(__dirname, `../../fixtures/kakao/${file}.json`), 'utf8'));
  const { utterance, extra, callbackUrl, userId } = changes;
  if (utterance !== undefined) json.userRequest.utterance = utterance;
  if (userId !== undefined) json.userRequest.user.id = userId;
  if (callbackUrl !== undefined) json.userRequest.callbackUrl = callbackUrl;
  if (extra !== undefined) json.action.clientExtra = extra;
  return json;
}

export interface SkillAnswer {
  readonly status: number;
  readonly json: {
    readonly useCallback?: boolean;
    readonly data?: { text: string };
    readonly error?: { code: string };
  };
  /** All that the customer sees. */
  readonly text: string;
}

/** A gate that turns wait at before they commit. */
export class Gate {
  private waiting: (() => void)[] = [];
  private closed = false;

  close(): void {
    this.closed = true;
  }

  open(): void {
    this.closed = false;
    for (const go of this.waiting.splice(0)) go();
  }

  async pass(): Promise<void> {
    if (this.closed) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** The same store, with this gate before every commit. */
  before(store: TurnStore): TurnStore {
    return new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        if (name !== 'commit') return member.bind(target);
        return async (turn: Parameters<TurnStore['commit']>[0]) => {
          await this.pass();
          return target.commit(turn);
        };
      },
    });
  }
}

/** The whole assistant behind the real HTTP server, as KakaoTalk reaches it. */
export class KakaoHost {
  private constructor(
    readonly test: TestAssistant,
    readonly gate: Gate,
    private readonly url: string,
    private readonly closeServer: () => Promise<void>,
  ) {}

  static async start(
    options: { answerWithinMs?: number; secret?: string | undefined; parts?: Partial<AssistantParts> } = {},
  ) {
    const gate = new Gate();
    const clock = { now: () => host?.test.nowMs ?? sundayAfternoon };
    let host: KakaoHost | undefined;
    const store = gate.before(openScannedStore(clock));
    const unseen = new UnseenAnswers(store);
    const kakaoCallback = createCallbackSink({ unseen, clock, allowLoopback: true });
    const test = new TestAssistant({ ...options.parts, store, sinks: { kakaoCallback } });
    const note = (facts: object, message: string) => void test.logged.push({ facts, message });
    const log = { error: note, warn: note, info: note, debug: note };
    const http = createServer({ config: { host: '127.0.0.1', port: 0 }, store, clock, log });
    const adapter = new KakaoAdapter({
      intake: test.assistant.intake,
      unseen,
      clock,
      randomness: systemRandomness,
      log,
      allowLoopback: true,
      answerWithinMs: options.answerWithinMs ?? 4_000,
    });
    registerKakao(http.server, { adapter, secret: 'secret' in options ? options.secret : secret });
    const { url } = await http.listen();
    host = new KakaoHost(test, gate, url, () => http.close());
    return host;
  }

  /** @param body JSON text or a value */
  async post(
    body: unknown,
    headers: Record<string, string> = { 'X-Kakao-Skill-Secret': secret },
  ): Promise<SkillAnswer> {
    const response = await fetch(`${this.url}/channels/kakao/skill`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const json = await response.json();
    // Nothing leaves this server that KakaoTalk would not show.
    if (response.status === 200 && json.useCallback !== true) expect(kakaoViolations(json)).toEqual([]);
    return { status: response.status, json, text: visibleKakaoText(json) };
  }

  /** What the customer says; what they see. */
  async say(
    utterance: string,
    changes: { extra?: object; callbackUrl?: string; userId?: string } = {},
  ): Promise<string> {
    const { status, text } = await this.post(payload('fallbackBlock', { utterance, ...changes }));
    expect(status).toBe(200);
    return text;
  }

  /** The code in the newest SMS to this number, once it has left. */
  async codeSentTo(phoneNumber: string): Promise<string> {
    await this.test.assistant.outbox.settled();
    return this.test.codeSentTo(phoneNumber.replaceAll('-', ''));
  }

  /** @returns the status that a page under another name gets which was pointed at this machine */
  async underName(host: string): Promise<number> {
    const body = JSON.stringify(payload('fallbackBlock'));
    const head = `POST /channels/kakao/skill HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return (await rawRequest(this.url, head + body)).status;
  }

  /** Waits until no turn is left to run. */
  async finished(): Promise<void> {
    while ((await this.test.store.pendingConversations()).length > 0)
      await new Promise((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    this.gate.open();
    await this.closeServer();
    await this.test.stop();
  }
}

/** Kakao's side of a callback: takes one answer. */
export class CallbackStandIn {
  readonly taken: { url: string; json: unknown }[] = [];
  /** What it says to the next calls, in order; then success. */
  readonly results: { status: number; body: object; location?: string }[] = [];
  calls = 0;
  private readonly server = createNodeServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => {
      this.calls += 1;
      const {
        status,
        body: answer,
        location,
      } = this.results.shift() ?? {
        status: 200,
        body: { taskId: 't', status: 'SUCCESS', message: '', timestamp: 0 },
        location: undefined,
      };
      if (status === 200) this.taken.push({ url: req.url ?? '', json: JSON.parse(body) });
      const headers = { 'Content-Type': 'application/json', ...(location === undefined ? {} : { location }) };
      res.writeHead(status, headers);
      res.end(JSON.stringify(answer));
    });
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${Object(this.server.address()).port}`;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
