import { createHash } from 'node:crypto';
import pg from 'pg';
import type { ZodType } from 'zod';
import { StoreUnavailableError } from '../../services/errors';

/** What may be bound. */
export type Bound =
  | string
  | number
  | boolean
  | Buffer
  | null
  | readonly (string | number | boolean | Buffer | null)[];

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`; never logged. */
  readonly url: string;
  /** Connections of this process; 10 when absent. */
  readonly connections?: number;
}

/** A statement that takes longer has failed; a healthy one takes milliseconds. */
const statementTimeoutMs = 5_000;
const connectTimeoutMs = 3_000;
/** Tried again at once: another transaction won (serialization failure, deadlock). Nothing was written. */
const lostRace = new Set(['40001', '40P01']);
const mostTries = 4;

/** int8 as a number: epoch ms, versions and row numbers stay far below 2^53. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** Connections to one PostgreSQL database. Every failure to get an answer is a StoreUnavailableError. */
export class Database {
  readonly pool: pg.Pool;
  private readonly running = new Set<Promise<unknown>>();
  private closed = false;

  constructor({ url, connections = 10 }: DatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: connectTimeoutMs,
      statement_timeout: statementTimeoutMs,
      application_name: 'bill-guide',
      types,
    });
    // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
    this.pool.on('error', () => {});
  }

  /**
   * Runs one prepared statement, inside `track`.
   * @param name names the statement; the same text always under the same name
   * @throws StoreUnavailableError
   */
  async rows<Row>(name: string, sql: string, row: ZodType<Row>, values: readonly Bound[]): Promise<Row[]> {
    const { rows } = await this.attempt(name, sql, values);
    return rows.map((found) => row.parse(found));
  }

  /** Runs one prepared write, inside `track`. @returns how many rows it changed. @throws StoreUnavailableError */
  async write(name: string, sql: string, values: readonly Bound[]): Promise<number> {
    return (await this.attempt(name, sql, values)).rowCount ?? 0;
  }

  /** Lets what runs finish and takes no more. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.allSettled([...this.running]);
    await this.pool.end();
  }

  /** One call from outside, of one statement or several, which `close` waits for. @throws StoreUnavailableError once closed */
  track<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) return Promise.reject(new StoreUnavailableError('the store is closed'));
    const running = work();
    this.running.add(running);
    const forget = () => this.running.delete(running);
    running.then(forget, forget);
    return running;
  }

  private async attempt(name: string, sql: string, values: readonly Bound[]): Promise<pg.QueryResult> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.pool.query({ name, text: sql, values: [...values] });
      } catch (cause) {
        if (lostRace.has(Object(cause).code) && tries < mostTries) continue;
        throw storeUnavailable(cause);
      }
    }
  }
}

/** Names a failure of the database; the values that were bound stay out of the message. */
export function storeUnavailable(cause: unknown): StoreUnavailableError {
  const code = Object(cause).code;
  const named = typeof code === 'string' ? ` (${code})` : '';
  return new StoreUnavailableError(`the database did not answer as it should${named}`, { cause });
}

/** What a key is found by: an index entry holds at most 2.7 kB. @param stored as `toStoredText` writes it */
export function keyHash(stored: string): Buffer {
  return createHash('sha256').update(stored).digest();
}

/** The number of the advisory lock that stands for a key. */
export function lockNumber(hash: Buffer): bigint {
  return hash.readBigInt64BE(0);
}

/** PostgreSQL refuses a negative limit. */
export function rowLimit(limit: number): number {
  return Math.max(0, Math.min(Math.floor(limit), Number.MAX_SAFE_INTEGER));
}
