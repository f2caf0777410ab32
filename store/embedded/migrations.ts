import type Database from 'libsql';
import { z } from 'zod';
import { ConfigurationError } from '../../services/errors';

/** Marks the file as ours ("KTBG"), so that another program's database is never changed. */
const APPLICATION_ID = 0x4b544247;

/**
 * The schema, step by step; `user_version` counts the steps a file has had. Never edit a step that was
 * released: add one. Columns of free text hold `toStoredText`, columns of JSON `JSON.stringify`.
 */
const schemaSteps: readonly string[] = [
  `
  CREATE TABLE conversation (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    channel_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    active_at_ms INTEGER NOT NULL,
    last_ticket INTEGER NOT NULL DEFAULT 0,
    last_seq INTEGER NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0)
  ) STRICT;

  -- sealed_activity is NULL once the turn is done: what the customer typed is not kept longer than needed.
  CREATE TABLE inbox (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    ticket INTEGER NOT NULL,
    idempotency_key TEXT NOT NULL,
    activity_id TEXT NOT NULL,
    sealed_activity BLOB,
    received_at_ms INTEGER NOT NULL,
    done_at_ms INTEGER,
    CHECK ((sealed_activity IS NULL) = (done_at_ms IS NOT NULL))
  ) STRICT;
  CREATE UNIQUE INDEX inbox_ticket ON inbox (conversation, ticket);
  CREATE UNIQUE INDEX inbox_idempotency ON inbox (conversation, idempotency_key);
  CREATE INDEX inbox_pending ON inbox (conversation, ticket) WHERE done_at_ms IS NULL;
  CREATE INDEX inbox_done ON inbox (done_at_ms) WHERE done_at_ms IS NOT NULL;

  CREATE TABLE activity_log (
    id INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    ticket INTEGER NOT NULL,
    is_reply INTEGER NOT NULL CHECK (is_reply IN (0, 1)),
    activity TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX activity_log_seq ON activity_log (conversation, seq);
  CREATE INDEX activity_log_replies ON activity_log (conversation, ticket, seq) WHERE is_reply = 1;

  CREATE TABLE record (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    version INTEGER NOT NULL,
    value TEXT NOT NULL,
    expires_at_ms INTEGER
  ) STRICT;
  CREATE INDEX record_expiry ON record (expires_at_ms, id) WHERE expires_at_ms IS NOT NULL;

  -- AUTOINCREMENT: a late "delivered" must not meet another entry under a used id.
  -- payload and due_at_ms are NULL once the entry is delivered or given up.
  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    payload TEXT,
    not_before_ms INTEGER NOT NULL,
    due_at_ms INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    finished_at_ms INTEGER,
    CHECK ((payload IS NULL) = (finished_at_ms IS NOT NULL) AND (due_at_ms IS NULL) = (payload IS NULL))
  ) STRICT;
  CREATE INDEX outbox_due ON outbox (due_at_ms, id) WHERE due_at_ms IS NOT NULL;
  CREATE INDEX outbox_finished ON outbox (finished_at_ms) WHERE finished_at_ms IS NOT NULL;

  -- The highest version that a removed record had: no record ever has the same version twice.
  CREATE TABLE upkeep (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    removed_record_version INTEGER NOT NULL,
    pinged_at_ms INTEGER NOT NULL
  ) STRICT;
  INSERT INTO upkeep VALUES (1, 0, 0);

  PRAGMA application_id = ${APPLICATION_ID};
  `,
  // Entries of one lane leave in order of their ids.
  `
  ALTER TABLE outbox ADD COLUMN lane TEXT;
  CREATE INDEX outbox_lane ON outbox (lane, id) WHERE lane IS NOT NULL AND finished_at_ms IS NULL;
  `,
  // What happened, in streams whose rows are chained by hash.
  `
  CREATE TABLE journal_stream (
    stream TEXT PRIMARY KEY,
    last_seq INTEGER NOT NULL,
    last_hash TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE journal (
    stream TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX journal_age ON journal (stream, at_ms);
  `,
  // A conversation that was erased: the key stays taken, nothing else of it is left.
  `
  ALTER TABLE conversation ADD COLUMN erased INTEGER NOT NULL DEFAULT 0 CHECK (erased IN (0, 1));
  `,
];

/**
 * Brings a database file to the present schema, in one transaction.
 * @param file names the database in errors
 * @throws ConfigurationError when a newer version of the assistant, or another program, wrote the file
 */
export function migrate(db: Database.Database, file: string, steps: readonly string[] = schemaSteps): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = readPragma(db, 'user_version');
    if (version > steps.length) {
      throw new ConfigurationError(
        `the database ${file} has schema ${version}; this version knows up to ${steps.length}. Start a newer one.`,
      );
    }
    const { tables } = z.object({ tables: z.number() }).parse(db.prepare(countTables).get([]));
    const foreign = version === 0 ? tables > 0 : readPragma(db, 'application_id') !== APPLICATION_ID;
    if (foreign) throw new ConfigurationError(`the database ${file} belongs to another program.`);
    for (const step of steps.slice(version)) db.exec(step);
    if (version < steps.length) db.exec(`PRAGMA user_version = ${steps.length}`);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

const countTables = "SELECT count(*) AS tables FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'";

function readPragma(db: Database.Database, name: 'user_version' | 'application_id'): number {
  const [row] = z.array(z.record(z.string(), z.number())).parse(db.pragma(name));
  return row?.[name] ?? 0;
}
