import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import type { TurnStore } from '../services/turn/turnStore';
import { openPostgresTurnStore } from '../store/postgres/postgresTurnStore';
import { type PostgresServer, startPostgres } from '../test/postgres/postgresServer';
import { cpuMsOf } from './cpuTime';
import { type CpuTime, cpuHereMs, type Filling, type StoredDatabase } from './storedDatabase';
import { type Dialect, type FilledTable, filledTables, fillingSql, side, templateSql } from './storedFilling';
import { storedAtMs } from './storedScript';

const dialect: Dialect = {
  hex8: (expression) => `lpad(to_hex(${expression}), 8, '0')`,
  digits12: (expression) => `lpad((${expression})::text, 12, '0')`,
  holds: (text, part) => `strpos(${text}, ${part}) > 0`,
  hash: (key) => `sha256(convert_to(${key}, 'UTF8'))`,
  overriding: 'OVERRIDING SYSTEM VALUE',
  numbers: (first, last) => `SELECT n FROM generate_series(${first}::bigint, ${last}) AS n`,
};
const conversationsAtOnce = 50_000;

/** As in production what is acknowledged is flushed; clean-up runs between the measurements, not during them. */
const settings = [
  'fsync=on',
  'full_page_writes=on',
  'synchronous_commit=on',
  'shared_buffers=512MB',
  'max_wal_size=1GB',
  'checkpoint_timeout=30min',
  'autovacuum=off',
];
/** Background work of the server that turns cause, besides that of their own connections. */
const workers = ['client backend', 'walwriter', 'background writer', 'checkpointer'];

const nextIdRow = z.object({ id: z.coerce.number() });
const columnRow = z.object({ table: z.string(), name: z.string() });
const processRow = z.object({ pid: z.number() });
const folderRow = z.object({ folder: z.string() });
const tableBytesRow = z.object({ table: z.string(), rows: z.coerce.number(), bytes: z.coerce.number() });
export type TableBytes = z.infer<typeof tableBytesRow>;
const countRow = z.object({ bytes: z.coerce.number() });

/** A server of its own, and on it a database. */
export class StoredPostgres implements StoredDatabase {
  readonly name = 'PostgreSQL';
  private readonly stopAtExit = () => endAtOnce(this.folder);

  private constructor(
    readonly url: string,
    /** For what the store does not do itself. */
    readonly admin: pg.Client,
    private readonly server: PostgresServer,
    readonly folder: string,
    /** Whether the server ends with it. */
    private readonly isFirst: boolean,
  ) {
    if (isFirst) process.once('exit', this.stopAtExit);
  }

  static async start(): Promise<StoredPostgres> {
    const server = await startPostgres(settings);
    try {
      return await StoredPostgres.on(server, true);
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  private static async on(server: PostgresServer, isFirst: boolean): Promise<StoredPostgres> {
    const url = await server.newDatabase();
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    const { rows } = await admin.query("SELECT current_setting('data_directory') AS folder");
    const { folder } = folderRow.parse(rows[0]);
    return new StoredPostgres(url, admin, server, path.dirname(folder), isFirst);
  }

  beside(): Promise<StoredPostgres> {
    return StoredPostgres.on(this.server, false);
  }

  /** @param connections see `PostgresTurnStoreOptions` */
  open(claimMs = 6_000, connections = 4): Promise<TurnStore> {
    const clock = { now: () => storedAtMs };
    return openPostgresTurnStore({ url: this.url, connections, claimMs, clock });
  }

  async fill(filling: Filling): Promise<void> {
    const { rows } = await this.admin.query(`SELECT to_regnamespace('${side}') IS NULL AS missing`);
    // Nobody checks references of rows that are copied with what they refer to.
    await this.admin.query('SET synchronous_commit = off; SET session_replication_role = replica');
    if (Object(rows[0]).missing === true) {
      await this.admin.query(`CREATE SCHEMA ${side}`);
      for (const sql of templateSql(dialect)) await this.admin.query(sql);
    }
    const columns = await this.columns();
    const end = filling.from + filling.count;
    for (let from = filling.from; from < end; from += conversationsAtOnce) {
      const batch = { ...filling, from, count: Math.min(conversationsAtOnce, end - from) };
      const next = await this.admin.query('SELECT coalesce(max(id), 0) + 1 AS id FROM conversation');
      const { id } = nextIdRow.parse(next.rows[0]);
      await this.admin.query('BEGIN');
      for (const sql of fillingSql(dialect, columns, batch, id)) await this.admin.query(sql);
      await this.admin.query(
        "SELECT setval(pg_get_serial_sequence('conversation', 'id'), (SELECT max(id) FROM conversation))",
      );
      await this.admin.query('COMMIT');
    }
  }

  async settle(): Promise<void> {
    await this.admin.query('VACUUM (ANALYZE)');
    await this.admin.query('CHECKPOINT');
  }

  async bytes(): Promise<number> {
    const { rows } = await this.admin.query('SELECT pg_database_size(current_database()) AS bytes');
    return countRow.parse(rows[0]).bytes;
  }

  /** Of each table with its indexes, the largest first. */
  async tableBytes(): Promise<TableBytes[]> {
    const { rows } = await this.admin.query(
      `SELECT relname AS table, reltuples AS rows, pg_total_relation_size(oid) AS bytes FROM pg_class
       WHERE relname = ANY ($1) AND relkind = 'r' AND relnamespace = 'public'::regnamespace
       ORDER BY bytes DESC`,
      [filledTables],
    );
    return z.array(tableBytesRow).parse(rows);
  }

  async cpu(): Promise<CpuTime> {
    const sql = 'SELECT pid FROM pg_stat_activity WHERE backend_type = ANY ($1)';
    const { rows } = await this.admin.query(sql, [workers]);
    const each = z
      .array(processRow)
      .parse(rows)
      .map(({ pid }) => cpuMsOf(pid));
    const serverMs = each.reduce<number | undefined>(
      (sum, ms) => (sum === undefined || ms === undefined ? undefined : sum + ms),
      0,
    );
    return { hereMs: cpuHereMs(), serverMs };
  }

  async walBytes(): Promise<number> {
    const { rows } = await this.admin.query("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes");
    return countRow.parse(rows[0]).bytes;
  }

  async remove(): Promise<void> {
    await this.admin.end();
    if (!this.isFirst) return;
    process.off('exit', this.stopAtExit);
    await this.server.stop();
  }

  private async columns(): Promise<Record<FilledTable, string[]>> {
    const { rows } = await this.admin.query(
      `SELECT table_name AS table, column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' ORDER BY ordinal_position`,
    );
    const all = z.array(columnRow).parse(rows);
    const of = (table: FilledTable) => all.filter((row) => row.table === table).map(({ name }) => name);
    return {
      conversation: of('conversation'),
      inbox: of('inbox'),
      activity_log: of('activity_log'),
      record: of('record'),
      outbox: of('outbox'),
      journal: of('journal'),
    };
  }
}

/** When this process is told to stop in the middle: gigabytes are not left behind. */
function endAtOnce(folder: string): void {
  const [pid] = readFileSync(path.join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGQUIT');
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
