import type Database from 'libsql';
import type { ZodType } from 'zod';
import { StoreUnavailableError } from '../../services/errors';

/** What may be bound. Never a boolean or an object: `libsql` 0.5 ends the whole process on those. */
export type Bound = string | number | Buffer | null;

/** Prepares a query for at most one row. @throws StoreUnavailableError */
export function prepareRow<Row>(
  db: Database.Database,
  sql: string,
  row: ZodType<Row>,
): (...bound: Bound[]) => Row | undefined {
  const statement = db.prepare(sql);
  return (...bound) =>
    refusalsNamed(() => {
      const found = statement.get(bound);
      return found === undefined ? undefined : row.parse(found);
    });
}

/** Prepares a query for any number of rows. @throws StoreUnavailableError */
export function prepareRows<Row>(
  db: Database.Database,
  sql: string,
  row: ZodType<Row>,
): (...bound: Bound[]) => Row[] {
  const statement = db.prepare(sql);
  return (...bound) => refusalsNamed(() => statement.all(bound).map((found) => row.parse(found)));
}

/** Prepares a write; it returns how many rows it changed. @throws StoreUnavailableError */
export function prepareWrite(db: Database.Database, sql: string): (...bound: Bound[]) => number {
  const statement = db.prepare(sql);
  return (...bound) => refusalsNamed(() => statement.run(bound).changes);
}

/** Names a failure of the database; the values that were bound stay out of the message. */
export function storeUnavailable(cause: unknown): StoreUnavailableError {
  if (cause instanceof StoreUnavailableError) return cause;
  const code = cause instanceof Error && 'code' in cause && cause.code ? ` (${cause.code})` : '';
  return new StoreUnavailableError(`the database did not answer as it should${code}`, { cause });
}

function refusalsNamed<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw storeUnavailable(cause);
  }
}
