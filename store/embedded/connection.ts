import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'libsql';
import { ConfigurationError } from '../../services/errors';
import { migrate } from './migrations';

/** Another process may hold the write lock this long; the event loop waits meanwhile, so it is short. */
const BUSY_TIMEOUT_MS = 2_000;
/** Up to this size a file is looked through when it is opened, which takes about 3 ms a MiB. */
const CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * Opens a database file, new or existing, ready to write.
 * @param file a path, or ':memory:'
 * @throws ConfigurationError naming the file, when it cannot be opened, is damaged, or is not ours
 */
export function openConnection(file: string): Database.Database {
  try {
    if (file !== ':memory:') createPrivately(file);
    const db = new Database(file);
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    // Readers beside the writer, and one flush of one file per commit.
    db.pragma('journal_mode = WAL');
    // FULL flushes at every commit: acknowledged survives a power cut. NORMAL would only survive a kill.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // Removed content is overwritten with zeros: wiped personal data is not left in free pages.
    db.pragma('secure_delete = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('cache_size = -16000');
    db.pragma('journal_size_limit = 16777216');
    migrate(db, file);
    assertSound(db, file);
    return db;
  } catch (cause) {
    if (cause instanceof ConfigurationError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`the database ${file} cannot be opened: ${reason}`, { cause });
  }
}

/** Damage is found now and named, not in the middle of somebody's conversation. */
function assertSound(db: Database.Database, file: string): void {
  if (file === ':memory:' || statSync(file).size > CHECKED_BYTES) return;
  const [finding] = db.prepare('PRAGMA quick_check(1)').pluck().all([]);
  if (finding !== 'ok')
    throw new ConfigurationError(`the database ${file} is damaged; restore it from a backup.`);
}

/** SQLite gives its side files the permissions of the main one: readable by the owner alone. */
function createPrivately(file: string): void {
  mkdirSync(dirname(resolve(file)), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}
