import type { WebSocket } from 'ws';
import type { Clock } from '../../services/clock';
import { type LiveEvent, liveRequest } from '../../services/desk/deskApi';
import type { DeskActor } from '../../services/desk/deskAudit';
import type { DeskSession, DeskSessions } from '../../services/desk/deskSessions';
import { codeOf } from '../../services/errors';
import type { HandoffRecord } from '../../services/handoff/handoff';
import type { Log } from '../log';
import type { DeskHandoffs } from './deskHandoffs';
import { type FollowerDeps, HandoffFollower } from './handoffFollower';
import { mineOf, waitingOf } from './queueRoutes';
import type { TypingSignals } from './typingSignals';

export interface ConnectionDeps extends FollowerDeps {
  readonly handoffs: DeskHandoffs;
  readonly sessions: DeskSessions;
  readonly typing: TypingSignals;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error'>;
}

const pingEveryMs = 20_000;
const deadAfterMs = 45_000;
/** More than this waiting for a page that does not read: it is cut off and replays when it comes back. */
const maxBufferedBytes = 1024 * 1024;
const maxFrames = 100;
const frameWindowMs = 10_000;
const mostWatched = 50;
/** A passing sign more often than this tells nobody anything. */
const typingEveryMs = 1_000;

/** 4401: the session is over, and coming again without one is useless. */
export const sessionOverCode = 4401;

/** One open desk page: what waits, and the conversations that it follows. */
export class DeskConnection {
  private readonly followers = new Map<string, HandoffFollower>();
  private readonly unsubscribe: (() => void)[] = [];
  private readonly typedAtMs = new Map<string, number>();
  private lastQueue = '';
  private lastSignMs: number;
  private lastPingMs: number;
  private frames = 0;
  private windowStartMs: number;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: WebSocket,
    readonly session: DeskSession,
    private readonly actor: DeskActor,
    private readonly deps: ConnectionDeps,
  ) {
    const now = deps.clock.now();
    this.lastSignMs = now;
    this.lastPingMs = now;
    this.windowStartMs = now;
    socket.on('message', (data: Buffer, isBinary: boolean) => this.onFrame(isBinary ? '' : data.toString()));
    socket.on('ping', () => this.countFrame());
    socket.on('pong', () => this.sign());
    socket.on('close', () => this.stop());
    // 'close' follows; without a listener the error of one page would end the process.
    socket.on('error', () => this.stop());
    this.unsubscribe.push(
      deps.board.watch((open) => this.onQueue(open)),
      deps.typing.watch((conversationKey) => this.onCustomerTyping(conversationKey)),
    );
  }

  close(code: number, reason: string): void {
    this.stop();
    this.socket.close(code, reason);
  }

  terminate(): void {
    this.stop();
    this.socket.terminate();
  }

  /** Pings, drops a dead page, and ends with its session. Called every few seconds. */
  async heartbeat(): Promise<void> {
    const now = this.deps.clock.now();
    if (now - this.lastSignMs > deadAfterMs) {
      this.terminate();
      return;
    }
    if (now - this.lastPingMs >= pingEveryMs) {
      this.lastPingMs = now;
      if (this.isOpen()) this.socket.ping();
    }
    await this.endWithSession();
    for (const follower of this.followers.values()) follower.look();
  }

  /** Closes unless the session goes on: somebody has been removed, or has another role. */
  async endWithSession(): Promise<void> {
    if (!(await this.deps.sessions.isAlive(this.session.id))) this.close(sessionOverCode, 'signed out');
  }

  private onQueue(open: readonly HandoffRecord[]): void {
    const frame = queueFrame(open, this.session.user.name);
    if (frame !== this.lastQueue) {
      this.lastQueue = frame;
      this.sendFrame(frame).catch(this.onError);
    }
    for (const [id, follower] of this.followers) follower.onRecord(open.find((one) => one.id === id));
  }

  private onFrame(text: string): void {
    if (!this.countFrame()) return;
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    const request = liveRequest.safeParse(json);
    if (!request.success) {
      this.close(1008, 'not understood');
      return;
    }
    const { data } = request;
    // One after another, so that an unwatch never overtakes its watch.
    this.work = this.work.then(async () => {
      if (!this.isOpen()) return;
      if (data.type === 'watch') await this.follow(data.handoffId, data.afterSeq);
      else if (data.type === 'unwatch') this.unfollow(data.handoffId);
      else await this.onAgentTyping(data.handoffId);
    });
    this.work = this.work.catch(this.onError);
  }

  private async follow(handoffId: string, afterSeq: number): Promise<void> {
    const { handoffs } = this.deps;
    this.unfollow(handoffId);
    for (const [id, follower] of this.followers) if (follower.isOver) this.followers.delete(id);
    // Who has been removed or has another role reads no further, though the next heartbeat is seconds away.
    if (!(await this.deps.sessions.isAlive(this.session.id)))
      return this.close(sessionOverCode, 'signed out');
    const access = await handoffs.access(this.session.user, handoffId);
    if (access.status === 'gone') return this.send({ type: 'refused', handoffId, code: 'gone' });
    if (access.status === 'forbidden' || this.followers.size >= mostWatched) {
      await handoffs.noteRefusal(this.actor, 'watch', handoffId);
      return this.send({ type: 'refused', handoffId, code: 'forbidden' });
    }
    if (access.status === 'seen') await handoffs.noteView(this.actor, handoffId);
    if (!this.isOpen()) return;
    const out = (event: LiveEvent) => this.send(event);
    const follower = new HandoffFollower(
      this.deps,
      this.session.user,
      access.record,
      afterSeq,
      out,
      this.onError,
    );
    this.followers.set(handoffId, follower);
  }

  private unfollow(handoffId: string): void {
    this.followers.get(handoffId)?.stop();
    this.followers.delete(handoffId);
  }

  private async onAgentTyping(handoffId: string): Promise<void> {
    const { clock, sessions, handoffs, typing } = this.deps;
    const now = clock.now();
    if (now - (this.typedAtMs.get(handoffId) ?? 0) < typingEveryMs) return;
    if (!this.followers.has(handoffId)) return;
    this.typedAtMs.set(handoffId, now);
    await sessions.keepAlive(this.session.id);
    const access = await handoffs.access(this.session.user, handoffId);
    if (access.status === 'own') typing.agentTypes(access.record.conversationKey, this.session.user.name);
  }

  private onCustomerTyping(conversationKey: string): void {
    for (const [handoffId, { record, isOver }] of this.followers) {
      if (record.conversationKey !== conversationKey || isOver) continue;
      this.send({ type: 'typing', handoffId }).catch(this.onError);
    }
  }

  private send(event: LiveEvent): Promise<void> {
    return this.sendFrame(JSON.stringify(event));
  }

  /** Resolves when the frame has left, or never will. */
  private sendFrame(frame: string): Promise<void> {
    if (!this.isOpen()) return Promise.resolve();
    if (this.socket.bufferedAmount > maxBufferedBytes) {
      this.close(1013, 'reading too slowly');
      return Promise.resolve();
    }
    // As bytes: of text that waits the socket counts letters, and a Korean one takes three bytes.
    const bytes = Buffer.from(frame);
    return new Promise((resolve) => this.socket.send(bytes, { binary: false }, () => resolve()));
  }

  private countFrame(): boolean {
    this.sign();
    if (this.lastSignMs - this.windowStartMs > frameWindowMs) {
      this.windowStartMs = this.lastSignMs;
      this.frames = 0;
    }
    this.frames += 1;
    if (this.frames <= maxFrames) return this.isOpen();
    if (this.isOpen()) this.close(1008, 'too many frames');
    return false;
  }

  private readonly onError = (error: unknown): void => {
    this.deps.log.error({ code: codeOf(error) }, 'a desk page could not be served');
    if (this.isOpen()) this.close(1011, 'try again');
  };

  private stop(): void {
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    for (const follower of this.followers.values()) follower.stop();
    this.followers.clear();
  }

  private sign(): void {
    this.lastSignMs = this.deps.clock.now();
  }

  private isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }
}

/** Those who wait are the same on every page: written once for all of them. */
const waitingTexts = new WeakMap<readonly HandoffRecord[], string>();

function queueFrame(open: readonly HandoffRecord[], agent: string): string {
  const waiting = waitingTexts.get(open) ?? JSON.stringify(waitingOf(open));
  waitingTexts.set(open, waiting);
  const type: LiveEvent['type'] = 'queue';
  return `{"type":"${type}","waiting":${waiting},"mine":${JSON.stringify(mineOf(open, agent))}}`;
}
