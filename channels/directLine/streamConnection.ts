import type { WebSocket } from 'ws';
import type { Clock } from '../../services/clock';
import type { TurnIntake } from '../../services/turn/turnIntake';
import type { JsonActivity, LoggedActivity } from '../../services/turn/turnStore';
import { ActivitySet } from './activitySet';
import type { DirectLineStore } from './directLineDeps';
import { formatWatermark } from './watermark';

const pingEveryMs = 20_000;
const deadAfterMs = 45_000;
/**
 * More than this waiting for a client that does not read: it is cut off and replays when it comes back. With the
 * `ActivitySet` that comes on top it has less than 2 MiB.
 */
const maxBufferedBytes = 1024 * 1024;
/** A client sends one empty frame in 20 s; anything near this is an attack. */
const maxFrames = 100;
const frameWindowMs = 10_000;

export interface StreamDeps {
  readonly intake: Pick<TurnIntake, 'subscribe'>;
  readonly store: Pick<DirectLineStore, 'readLog' | 'lastSeq'>;
  readonly clock: Clock;
  readonly reportError?: (error: unknown, conversationId: string) => void;
}

/**
 * One client's socket: everything after its watermark from the log, then each commit as it happens, every
 * activity once and in log order. It listens before it reads the log, so nothing falls between the two; what
 * arrives out of step sends it back to the log.
 */
export class StreamConnection {
  private readonly unsubscribe: () => void;
  private sentSeq: number;
  private placed = false;
  private reading = false;
  private readAgain = false;
  private lastSignMs: number;
  private lastPingMs: number;
  private frames = 0;
  private windowStartMs: number;

  /** @param watermark the `seq` that the client has; it gets what is after it */
  constructor(
    private readonly socket: WebSocket,
    readonly conversationKey: string,
    private readonly conversationId: string,
    watermark: number,
    private readonly deps: StreamDeps,
  ) {
    const now = deps.clock.now();
    this.sentSeq = watermark;
    this.lastSignMs = now;
    this.lastPingMs = now;
    this.windowStartMs = now;
    this.unsubscribe = deps.intake.subscribe(conversationKey, (entries) => this.onCommit(entries));
    socket.on('message', () => this.onFrame());
    socket.on('ping', () => this.onFrame());
    socket.on('pong', () => this.sign());
    socket.on('close', () => this.unsubscribe());
    // 'close' follows; without a listener the error of one client would end the process.
    socket.on('error', () => this.unsubscribe());
    this.catchUp();
  }

  /** Says goodbye with a WebSocket close code; the client reconnects by itself. */
  close(code: number, reason: string): void {
    this.unsubscribe();
    this.socket.close(code, reason);
  }

  /** Ends the socket without waiting for the client. */
  terminate(): void {
    this.unsubscribe();
    this.socket.terminate();
  }

  /** Sends what is not in the log. A client that reads slowly, or has not caught up yet, goes without. */
  show(activity: JsonActivity): void {
    if (!this.isOpen() || !this.placed || this.reading || this.socket.bufferedAmount > 0) return;
    this.socket.send(JSON.stringify({ activities: [activity], watermark: formatWatermark(this.sentSeq) }));
  }

  /**
   * Pings and drops a dead client. Called every few seconds.
   * @returns whether it has pinged: then it is time for `lookIntoLog`, too
   */
  heartbeat(): boolean {
    const now = this.deps.clock.now();
    if (now - this.lastSignMs > deadAfterMs) this.terminate();
    if (!this.isOpen() || now - this.lastPingMs < pingEveryMs) return false;
    this.lastPingMs = now;
    this.socket.ping();
    return true;
  }

  /** In case a notice got lost. */
  async lookIntoLog(): Promise<void> {
    try {
      if ((await this.deps.store.lastSeq(this.conversationKey)) > this.sentSeq) this.catchUp();
    } catch (error) {
      this.giveUp(error);
    }
  }

  private onCommit(entries: readonly LoggedActivity[]): void {
    const fresh = entries.filter((entry) => entry.seq > this.sentSeq);
    if (fresh.length === 0) return;
    if (this.reading || fresh[0]?.seq !== this.sentSeq + 1) this.catchUp();
    else this.send(fresh);
  }

  private catchUp(): void {
    this.readAgain = true;
    if (this.reading) return;
    this.reading = true;
    this.readLog().catch((error: unknown) => this.giveUp(error));
  }

  private giveUp(error: unknown): void {
    this.deps.reportError?.(error, this.conversationId);
    this.close(1011, 'the log cannot be read');
  }

  /** Sends page after page, each when the one before has left; a large log never lies in memory whole. */
  private async readLog(): Promise<void> {
    const { store } = this.deps;
    try {
      if (!this.placed) {
        // A watermark from beyond the end (a restored backup) would hide everything that comes.
        this.sentSeq = Math.min(this.sentSeq, await store.lastSeq(this.conversationKey));
        this.placed = true;
      }
      while (this.readAgain && this.isOpen()) {
        this.readAgain = false;
        const { left } = await this.sendPage();
        await left;
      }
    } finally {
      // In the same tick as the last look at `readAgain`: a notice in between would wait for the next one.
      this.reading = false;
    }
  }

  /** @returns when the frame has left; in a box, so that the page it was made of is not kept until then */
  private async sendPage(): Promise<{ left: Promise<void> }> {
    const page = await ActivitySet.read(this.deps.store, this.conversationKey, this.sentSeq);
    if (page.isFull) this.readAgain = true;
    return { left: new Promise((resolve) => this.sendSet(page, resolve)) };
  }

  private send(entries: readonly LoggedActivity[]): void {
    const set = new ActivitySet(this.sentSeq);
    set.add(entries);
    this.sendSet(set);
    if (set.isFull) this.catchUp();
  }

  /** @param sent called when the frame has left, or will never leave */
  private sendSet(set: ActivitySet, sent: () => void = () => undefined): void {
    if (set.isEmpty || !this.isOpen()) {
      sent();
    } else if (this.socket.bufferedAmount > maxBufferedBytes) {
      this.close(1013, 'reading too slowly');
      sent();
    } else {
      this.sentSeq = set.reached;
      this.socket.send(set.toBytes(), { binary: false }, () => sent());
    }
  }

  /** Direct Line clients say nothing over the socket: frames keep it alive and are otherwise ignored. */
  private onFrame(): void {
    this.sign();
    if (this.lastSignMs - this.windowStartMs > frameWindowMs) {
      this.windowStartMs = this.lastSignMs;
      this.frames = 0;
    }
    this.frames += 1;
    if (this.frames > maxFrames && this.isOpen()) this.close(1008, 'too many frames');
  }

  private sign(): void {
    this.lastSignMs = this.deps.clock.now();
  }

  private isOpen(): boolean {
    return this.socket.readyState === this.socket.OPEN;
  }
}
