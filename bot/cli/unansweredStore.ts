import { existsSync } from 'node:fs';
import Database from 'libsql';
import { systemClock } from '../../services/clock';
import { ConfigurationError } from '../../services/errors';
import type { TurnStore } from '../../services/turn/turnStore';
import { JournalTable } from '../../store/embedded/journalTable';
import type { Config } from '../config';
import { openStore } from '../openStore';

/** The journal to read from, beside a running server or without one. */
export interface ReadableJournal extends Pick<TurnStore, 'readJournal'> {
  close(): Promise<void>;
}

/**
 * Opens the journal that STORE_URL names. A file is opened so that nothing in it can be changed.
 * @throws ConfigurationError when there is no such database, or none of this version
 */
export async function openJournal(
  config: Pick<Config, 'store' | 'turnQueueLimit'>,
): Promise<ReadableJournal> {
  const { store } = config;
  if (store.kind === 'postgres') return openStore(config, { clock: systemClock });
  // libsql would make the file, and knows no way of opening that refuses writes: SQLite's own switch does.
  if (!existsSync(store.path)) throw new ConfigurationError(`STORE_URL: there is no database ${store.path}.`);
  const db = new Database(store.path);
  try {
    db.pragma('query_only = ON');
    db.pragma('busy_timeout = 2000');
    const journal = new JournalTable(db);
    return {
      readJournal: async (stream, afterSeq, limit) => journal.read(stream, afterSeq, limit),
      close: async () => {
        db.close();
      },
    };
  } catch (cause) {
    db.close();
    throw new ConfigurationError(`STORE_URL: ${store.path} holds no journal of this version.`, { cause });
  }
}
