import { createHash } from 'node:crypto';
import type { AgencyVerification } from '../../../services/identity/agencyVerification';
import type { CodeMessage } from '../../../services/identity/codeMessages';
import type { IdentityPolicy } from '../../../services/identity/identityPolicy';
import { IdentityService } from '../../../services/identity/identityService';
import type { Line, LineDirectory } from '../../../services/identity/lineDirectory';
import type { Binding, Proof } from '../../../services/identity/proof';
import type { Randomness } from '../../../services/randomness';
import type { JsonValue, OutboxEntry } from '../../../services/turn/turnStore';
import { MemoryTurns } from './memoryTransaction';

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const startMs = Date.parse('2026-11-22T10:00:00+09:00');

export class MovableClock {
  private passedMs = 0;

  constructor(private nowMs = startMs) {}

  now(): number {
    return this.nowMs;
  }

  /** Time passes; a negative time is a wall clock that jumps back, and nothing passes. */
  move(byMs: number): void {
    this.nowMs += byMs;
    this.passedMs += Math.max(0, byMs);
  }

  /** The wall clock alone jumps. */
  setBack(byMs: number): void {
    this.nowMs -= byMs;
  }

  sinceStart(): number {
    return this.passedMs;
  }
}

/** Repeats from run to run, and never the same bytes twice within one. */
export function repeatableRandomness(seed: string): Randomness {
  let drawn = 0;
  const bytes = (count: number) => {
    drawn += 1;
    return createHash('sha512').update(`${seed}/${drawn}`).digest().subarray(0, count);
  };
  return {
    bytes,
    int: (exclusiveMax) => bytes(6).readUIntBE(0, 6) % exclusiveMax,
    uuid: () => bytes(16).toString('hex'),
  };
}

/** A line system where every Korean mobile number exists, except what a test says otherwise. */
export class AnyLineDirectory implements LineDirectory {
  readonly unknown = new Set<string>();
  readonly changed = new Map<string, Partial<Line>>();
  readonly asked: string[] = [];

  async findByPhoneNumber(phoneNumber: string): Promise<Line | undefined> {
    this.asked.push('findByPhoneNumber');
    if (!/^0\d{9,10}$/.test(phoneNumber) || this.unknown.has(phoneNumber)) return undefined;
    const line: Line = { lineId: lineIdOf(phoneNumber), billingAccountIds: ['account'], status: 'active' };
    return { ...line, ...this.changed.get(phoneNumber) };
  }

  async phoneNumberOf(lineId: string): Promise<string | undefined> {
    this.asked.push('phoneNumberOf');
    const number = Number.parseInt(lineId.replace('line-', ''), 36);
    return Number.isNaN(number) ? undefined : `0${number}`;
  }

  async maskedNumberOf(): Promise<string | undefined> {
    return undefined;
  }

  async holderDigestOf(): Promise<string | undefined> {
    return undefined;
  }
}

export function lineIdOf(phoneNumber: string): string {
  return `line-${Number(phoneNumber).toString(36)}`;
}

export function aBinding(parts: Partial<Binding> = {}): Binding {
  return { channelId: 'directline', conversationId: 'conversation-1', userId: 'dl_user-1', ...parts };
}

/** One identity service with everything around it, and the short words that tests want. */
export class IdentityDesk {
  readonly clock: MovableClock;
  readonly turns: MemoryTurns;
  readonly lines: AnyLineDirectory;
  readonly service: IdentityService;

  constructor(
    private readonly options: {
      policy?: Partial<IdentityPolicy>;
      lines?: LineDirectory;
      seed?: string;
      clock?: MovableClock;
      turns?: MemoryTurns;
      agency?: AgencyVerification;
    } = {},
  ) {
    this.clock = options.clock ?? new MovableClock();
    this.turns = options.turns ?? new MemoryTurns();
    this.lines = new AnyLineDirectory();
    this.service = new IdentityService({
      lines: options.lines ?? this.lines,
      clock: this.clock,
      randomness: repeatableRandomness(options.seed ?? 'identity'),
      key: Buffer.alloc(32, 7),
      policy: options.policy,
      agency: options.agency,
    });
  }

  /** Another process on what this one has stored. */
  restarted(): IdentityDesk {
    const { clock, turns, options } = this;
    return new IdentityDesk({ ...options, clock, turns, seed: `${options.seed} again` });
  }

  send(binding: Binding, phoneNumber: string, address?: string) {
    return this.turns.run((tx) => this.service.sendCode(tx, binding, phoneNumber, 'ko', address));
  }

  resend(binding: Binding, address?: string) {
    return this.turns.run((tx) => this.service.resendCode(tx, binding, 'ko', address));
  }

  check(binding: Binding, code: string) {
    return this.turns.run((tx) => this.service.checkCode(tx, binding, code));
  }

  proof(binding: Binding): Promise<Proof | undefined> {
    return this.turns.run((tx) => this.service.currentProof(tx, binding));
  }

  signOut(binding: Binding) {
    return this.turns.run((tx) => this.service.signOut(tx, binding));
  }

  entries(): OutboxEntry[] {
    return [...this.turns.outbox.values()];
  }

  /** Every message that would go out now. */
  async messages(): Promise<CodeMessage[]> {
    const made = await Promise.all(this.entries().map(({ payload }) => this.service.smsOf(payload)));
    return made.filter((message) => message !== undefined);
  }

  /** The code of the latest outbox entry. @throws when no message comes of it */
  async lastCode(): Promise<string> {
    const message = await this.service.smsOf(this.entries().at(-1)?.payload ?? null);
    if (message === undefined) throw new Error('no message goes out');
    return message.code;
  }

  /** Through the whole step-up. @throws when it does not end verified */
  async verify(binding: Binding, phoneNumber: string): Promise<Proof> {
    await this.send(binding, phoneNumber);
    const result = await this.check(binding, await this.lastCode());
    if (result.status !== 'verified') throw new Error(`the code was refused: ${result.status}`);
    return result.proof;
  }

  /** What the audit log holds, without the binding that stands in every row. */
  audited(): JsonValue[] {
    return this.turns.journal.map(({ body }) => {
      const { channelId: _, conversationId: __, userId: ___, ...event } = Object(body);
      return event;
    });
  }

  /** How many wrong codes were compared, on all lines. */
  evaluatedFailures(): number {
    const record = this.turns.value('limit/fleet');
    const counts = JSON.stringify(record ?? {}).matchAll(/"failures":(\d+)/g);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }
}

/** Another code of the same length. */
export function wrongCode(code: string): string {
  return String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
}
