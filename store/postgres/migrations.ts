import type { PoolClient } from 'pg';
import { ConfigurationError } from '../../services/errors';
import { commitFunctions } from './commitFunctions';
import { erasing } from './erasing';
import { sharing } from './sharing';

/**
 * The schema, step by step. Never edit a step that was released: add one, and one that replicas of the version
 * before can live with (a new column with a default, a new function under a new name), because they still serve
 * while the first of the new ones starts.
 *
 * Keys are found by their SHA-256, because an index entry holds at most 2.7 kB. Free text is written with
 * `toStoredText`, JSON as text: what went in comes out letter for letter, U+0000 and lone surrogates included.
 */
export const schemaSteps: readonly string[] = [
  `
  CREATE TABLE conversation (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key_hash BYTEA NOT NULL UNIQUE,
    key TEXT NOT NULL,
    channel_id TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    created_at_ms BIGINT NOT NULL,
    active_at_ms BIGINT NOT NULL,
    last_ticket BIGINT NOT NULL DEFAULT 0,
    last_seq BIGINT NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 0 CHECK (pending >= 0)
  ) WITH (fillfactor = 80);
  CREATE INDEX conversation_idle ON conversation (active_at_ms) WHERE pending = 0;

  -- sealed_activity is NULL once the turn is done: what the customer typed is not kept longer than needed.
  CREATE TABLE inbox (
    conversation BIGINT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    ticket BIGINT NOT NULL,
    idempotency_hash BYTEA NOT NULL,
    activity_id TEXT NOT NULL,
    sealed_activity BYTEA,
    received_at_ms BIGINT NOT NULL,
    done_at_ms BIGINT,
    PRIMARY KEY (conversation, ticket),
    UNIQUE (conversation, idempotency_hash),
    CHECK ((sealed_activity IS NULL) = (done_at_ms IS NOT NULL))
  );
  CREATE INDEX inbox_pending ON inbox (conversation, ticket) WHERE done_at_ms IS NULL;
  CREATE INDEX inbox_done ON inbox (done_at_ms) WHERE done_at_ms IS NOT NULL;

  CREATE TABLE activity_log (
    conversation BIGINT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seq BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    is_reply BOOLEAN NOT NULL,
    activity TEXT NOT NULL,
    PRIMARY KEY (conversation, seq)
  );
  CREATE INDEX activity_log_replies ON activity_log (conversation, ticket, seq) WHERE is_reply;

  -- A deleted record is one that expired at 0, so that its version is never used again.
  CREATE TABLE record (
    key_hash BYTEA PRIMARY KEY,
    version BIGINT NOT NULL,
    value TEXT NOT NULL,
    expires_at_ms BIGINT
  ) WITH (fillfactor = 80);
  CREATE INDEX record_expiry ON record (expires_at_ms) WHERE expires_at_ms IS NOT NULL;

  -- payload and due_at_ms are NULL once the entry is delivered or given up.
  CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key_hash BYTEA NOT NULL UNIQUE,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT,
    not_before_ms BIGINT NOT NULL,
    due_at_ms BIGINT,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT,
    finished_at_ms BIGINT,
    lane_hash BYTEA,
    CHECK ((payload IS NULL) = (finished_at_ms IS NOT NULL) AND (due_at_ms IS NULL) = (payload IS NULL))
  );
  CREATE INDEX outbox_due ON outbox (due_at_ms, id) WHERE due_at_ms IS NOT NULL;
  CREATE INDEX outbox_finished ON outbox (finished_at_ms) WHERE finished_at_ms IS NOT NULL;
  CREATE INDEX outbox_lane ON outbox (lane_hash, id) WHERE lane_hash IS NOT NULL AND finished_at_ms IS NULL;

  CREATE TABLE journal_stream (
    stream TEXT PRIMARY KEY,
    last_seq BIGINT NOT NULL,
    last_hash TEXT NOT NULL
  );
  CREATE TABLE journal (
    stream TEXT NOT NULL,
    seq BIGINT NOT NULL,
    at_ms BIGINT NOT NULL,
    body TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (stream, seq)
  );
  CREATE INDEX journal_age ON journal (stream, at_ms);

  -- The highest version that a removed record had: no record ever has the same version twice.
  CREATE TABLE upkeep (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    removed_record_version BIGINT NOT NULL,
    pinged_at_ms BIGINT NOT NULL
  );
  INSERT INTO upkeep VALUES (1, 0, 0);
  `,
  commitFunctions,
  erasing,
  sharing,
];

/** Any number that no other program takes for its advisory lock: "KTBG". */
const migrationLock = 0x4b544247;

/**
 * Brings a database to the present schema, once, however many replicas start together.
 * @throws ConfigurationError when a newer version of the assistant wrote the schema
 */
export async function migrate(client: PoolClient, steps: readonly string[] = schemaSteps): Promise<void> {
  await client.query('BEGIN');
  try {
    // A step on large tables takes its time, and so does waiting for the replica that takes it.
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock]);
    await client.query('CREATE TABLE IF NOT EXISTS schema_step (steps INTEGER NOT NULL)');
    const { rows } = await client.query<{ steps: number }>('SELECT steps FROM schema_step');
    const done = rows[0]?.steps ?? 0;
    if (done > steps.length) {
      throw new ConfigurationError(
        `the database has schema ${done}; this version knows up to ${steps.length}. Start a newer one.`,
      );
    }
    for (const step of steps.slice(done)) await client.query(step);
    if (rows.length === 0) await client.query('INSERT INTO schema_step VALUES ($1)', [steps.length]);
    else if (done < steps.length) await client.query('UPDATE schema_step SET steps = $1', [steps.length]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
