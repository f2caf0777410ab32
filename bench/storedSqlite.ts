import { closeSync, existsSync, fsyncSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import type { TurnStore } from '../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';
import { ScratchFolder } from './assistantServer';
import { type CpuTime, cpuHereMs, type Filling, type StoredDatabase } from './storedDatabase';
import { type Dialect, type FilledTable, filledTables, fillingSql, side, templateSql } from './storedFilling';
import { storedAtMs } from './storedScript';

const dialect: Dialect = {
  hex8: (expression) => `printf('%08x', ${expression})`,
  digits12: (expression) => `printf('%012d', ${expression})`,
  holds: (text, part) => `instr(${text}, ${part}) > 0`,
  overriding: '',
  numbers: (first, last) =>
    `WITH RECURSIVE counted (n) AS (SELECT ${first} UNION ALL SELECT n + 1 FROM counted WHERE n < ${last}) SELECT n FROM counted`,
};
/** Rows that one transaction of a fill makes stay in memory until it ends. */
const conversationsAtOnce = 50_000;
const nextIdRow = z.object({ id: z.number() });
const columnRow = z.object({ name: z.string() });

/** The embedded store's file, in a folder of its own. */
export class StoredSqlite implements StoredDatabase {
  readonly name = 'SQLite';
  private readonly scratch = new ScratchFolder();
  readonly folder = this.scratch.path;
  private readonly file = path.join(this.folder, 'assistant.db');
  private readonly sideFile = path.join(this.folder, 'templates.db');
  private readonly removeAtExit = () => this.scratch.remove();

  constructor() {
    process.once('exit', this.removeAtExit);
  }

  async open(): Promise<TurnStore> {
    return openEmbeddedTurnStore({ file: this.file, clock: { now: () => storedAtMs } });
  }

  async fill(filling: Filling): Promise<void> {
    const hasTemplates = existsSync(this.sideFile);
    const db = new Database(this.file);
    try {
      // Nobody needs a half-filled file: nothing is flushed.
      for (const pragma of ['busy_timeout = 2000', 'synchronous = OFF', 'cache_size = -400000'])
        db.pragma(pragma);
      db.exec(`ATTACH '${this.sideFile}' AS ${side}`);
      if (!hasTemplates) for (const sql of templateSql(dialect)) db.exec(sql);
      const columns = columnsOf(db);
      const end = filling.from + filling.count;
      for (let from = filling.from; from < end; from += conversationsAtOnce) {
        const batch = { ...filling, from, count: Math.min(conversationsAtOnce, end - from) };
        const { id } = nextIdRow.parse(db.prepare('SELECT max(id) + 1 AS id FROM conversation').get([]));
        db.exec('BEGIN');
        for (const sql of fillingSql(dialect, columns, batch, id)) db.exec(sql);
        db.exec('COMMIT');
        // Lets a signal in.
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      db.close();
    }
  }

  async settle(): Promise<void> {
    // Gigabytes that the system has not written yet would be written while turns wait for their flush.
    const file = openSync(this.file, 'r+');
    fsyncSync(file);
    closeSync(file);
  }

  async bytes(): Promise<number> {
    // What was written last is not in the file yet.
    const db = new Database(this.file);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    return statSync(this.file).size;
  }

  async cpu(): Promise<CpuTime> {
    return { hereMs: cpuHereMs(), serverMs: undefined };
  }

  async walBytes(): Promise<undefined> {
    return undefined;
  }

  async beside(): Promise<StoredDatabase> {
    return new StoredSqlite();
  }

  async remove(): Promise<void> {
    process.off('exit', this.removeAtExit);
    this.scratch.remove();
  }
}

function columnsOf(db: Database.Database): Record<FilledTable, string[]> {
  const read = (table: FilledTable) =>
    z
      .array(columnRow)
      .parse(db.prepare(`SELECT name FROM pragma_table_info('${table}')`).all([]))
      .map(({ name }) => name);
  const [conversation, inbox, activity_log, record, outbox, journal] = filledTables.map(read);
  return {
    conversation: conversation ?? [],
    inbox: inbox ?? [],
    activity_log: activity_log ?? [],
    record: record ?? [],
    outbox: outbox ?? [],
    journal: journal ?? [],
  };
}
