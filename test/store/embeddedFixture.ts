import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import type { OpenFixture } from '../contracts/turnStoreFixture';

/** A new, empty folder for one test's files, and its removal. */
export function aFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'turn-store-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A turn store on a real file. */
export const openEmbeddedFixture: OpenFixture = async (options) => {
  const folder = aFolder();
  const file = join(folder.path, 'assistant.db');
  const open = () => openEmbeddedTurnStore({ file, ...options });
  const store = open();
  let present = store;
  return {
    store,
    reopen: async () => {
      await present.close();
      present = open();
      return present;
    },
    holds: async (text) => {
      // Brings all changes from the write-ahead log into the file, as a checkpoint does sooner or later.
      const other = new Database(file);
      other.pragma('wal_checkpoint(TRUNCATE)');
      other.close();
      return [file, `${file}-wal`].some((name) => readFileSync(name).includes(text));
    },
    dispose: async () => {
      await present.close();
      folder.remove();
    },
  };
};
