import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock';
import type { Randomness } from '../randomness';
import type { DeskAccounts } from './deskAccounts';
import { changeRecord, type DeskStore } from './deskStore';
import type { DeskUser } from './deskUser';

/** Over after half an hour without a call, and after twelve hours whatever happens. */
export const sessionIdleMs = 30 * 60_000;
export const sessionLongestMs = 12 * 3_600_000;
/** Every call would be a write otherwise. */
const touchEveryMs = 60_000;

const sessionRecord = z.object({
  name: z.string(),
  epoch: z.number().int(),
  stage: z.enum(['full', 'enrol']),
  openedAtMs: z.number(),
  seenAtMs: z.number(),
});

export interface DeskSession {
  /** Names it in this process without being able to open it. */
  readonly id: string;
  readonly user: DeskUser;
  /** 'enrol': the authenticator app is still to be enrolled, and nothing else is open. */
  readonly stage: 'full' | 'enrol';
  readonly csrf: string;
}

/** Who is signed in: records `deskSession/<SHA-256 of the token>`; the token itself is the browser's alone. */
export class DeskSessions {
  constructor(
    private readonly deps: {
      readonly store: Pick<DeskStore, 'readRecord' | 'writeRecords'>;
      readonly accounts: DeskAccounts;
      readonly clock: Clock;
      readonly randomness: Pick<Randomness, 'bytes'>;
      /** 32 bytes. */
      readonly csrfKey: Buffer;
    },
  ) {}

  /** @returns the token: 256 random bits */
  async open(user: DeskUser, stage: DeskSession['stage']): Promise<string> {
    const { store, clock, randomness } = this.deps;
    const token = randomness.bytes(32).toString('base64url');
    const nowMs = clock.now();
    const value = { name: user.name, epoch: user.epoch, stage, openedAtMs: nowMs, seenAtMs: nowMs };
    const expiresAtMs = nowMs + sessionLongestMs;
    await changeRecord(store, keyOf(idOf(token)), nowMs, () => ({
      result: undefined,
      change: { value, expiresAtMs },
    }));
    return token;
  }

  /**
   * The session of a token; a use keeps it from idling.
   * @returns undefined when it is over, or was never one
   */
  async find(token: string): Promise<DeskSession | undefined> {
    if (!/^[\w-]{43}$/.test(token)) return undefined;
    const id = idOf(token);
    const found = await this.read(id);
    if (found === undefined) return undefined;
    await this.touch(id, found.record.seenAtMs);
    return { id, user: found.user, stage: found.record.stage, csrf: this.csrfOf(token) };
  }

  /** Whether a session goes on; asking does not keep it from idling. */
  async isAlive(id: string): Promise<boolean> {
    return (await this.read(id))?.record.stage === 'full';
  }

  /** Keeps a session from idling: for a socket over which somebody works. */
  async keepAlive(id: string): Promise<void> {
    const found = await this.read(id);
    if (found !== undefined) await this.touch(id, found.record.seenAtMs);
  }

  async close(token: string): Promise<void> {
    await changeRecord(this.deps.store, keyOf(idOf(token)), this.deps.clock.now(), () => ({
      result: undefined,
      change: 'delete',
    }));
  }

  isCsrf(session: DeskSession, given: string | undefined): boolean {
    const known = Buffer.from(session.csrf);
    const other = Buffer.from(given ?? '');
    return known.length === other.length && timingSafeEqual(known, other);
  }

  private async read(id: string) {
    const { store, accounts, clock } = this.deps;
    const record = sessionRecord.safeParse((await store.readRecord(keyOf(id))).value).data;
    if (record === undefined) return undefined;
    const nowMs = clock.now();
    const isOver = nowMs - record.seenAtMs >= sessionIdleMs || nowMs - record.openedAtMs >= sessionLongestMs;
    if (isOver) return undefined;
    const user = await accounts.find(record.name);
    return user === undefined || user.epoch !== record.epoch ? undefined : { record, user };
  }

  private async touch(id: string, seenAtMs: number): Promise<void> {
    const { store, clock } = this.deps;
    const nowMs = clock.now();
    if (nowMs - seenAtMs < touchEveryMs) return;
    await changeRecord(store, keyOf(id), nowMs, (value) => {
      const record = sessionRecord.safeParse(value).data;
      // A logout in between stays a logout.
      if (record === undefined) return { result: undefined };
      const expiresAtMs = record.openedAtMs + sessionLongestMs;
      return { result: undefined, change: { value: { ...record, seenAtMs: nowMs }, expiresAtMs } };
    });
  }

  private csrfOf(token: string): string {
    return createHmac('sha256', this.deps.csrfKey).update(token).digest('base64url');
  }
}

function idOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function keyOf(id: string): string {
  return `deskSession/${id}`;
}
