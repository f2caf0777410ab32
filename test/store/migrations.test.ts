import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { openConnection } from '../../store/embedded/connection';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { migrate } from '../../store/embedded/migrations';
import { aHead, anAccept, HandSetClock } from '../contracts/turnStoreFixture';
import { aFolder } from './embeddedFixture';

describe('the embedded database file', () => {
  const folder = aFolder();
  afterAll(folder.remove);
  let files = 0;
  const aFile = () => {
    files += 1;
    return join(folder.path, `${files}.db`);
  };
  const userVersion = (db: Database.Database) => db.pragma('user_version');
  const tables = (db: Database.Database) =>
    db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all([]);

  it('is made with its folder, for the owner alone, and flushed at every commit', () => {
    const file = join(folder.path, 'new', 'folder', 'assistant.db');

    const db = openConnection(file);

    expect(statSync(file).mode & 0o077).toBe(0);
    expect(statSync(`${file}-wal`).mode & 0o077).toBe(0);
    expect(db.pragma('journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(db.pragma('synchronous')).toEqual([{ synchronous: 2 }]);
    expect(db.pragma('foreign_keys')).toEqual([{ foreign_keys: 1 }]);
    expect(db.pragma('secure_delete')).toEqual([{ secure_delete: 1 }]);
    expect(userVersion(db)).toEqual([{ user_version: 4 }]);
    db.close();
  });

  it('keeps its data when opened again', async () => {
    const file = aFile();
    const clock = new HandSetClock();
    const first = openEmbeddedTurnStore({ file, clock });
    await first.accept(anAccept('m1'));
    await first.close();

    const second = openEmbeddedTurnStore({ file, clock });

    expect(await second.getConversation(aHead().key)).toEqual(aHead());
    await second.close();
  });

  it('may be kept in memory', async () => {
    const store = openEmbeddedTurnStore({ file: ':memory:', clock: new HandSetClock() });

    expect(await store.accept(anAccept('m1'))).toMatchObject({ status: 'accepted' });
    await store.close();
    expect(existsSync(':memory:')).toBe(false);
  });

  it('is refused, unchanged, when a newer version wrote it', () => {
    const file = aFile();
    const newer = openConnection(file);
    newer.exec('PRAGMA user_version = 99');
    newer.close();

    expect(() => openConnection(file)).toThrow(
      expect.objectContaining({
        code: 'Configuration',
        message: expect.stringMatching(/\d\.db has schema 99/),
      }),
    );
    const db = new Database(file);
    expect(userVersion(db)).toEqual([{ user_version: 99 }]);
    db.close();
  });

  it("is refused, unchanged, when it is another program's", () => {
    const file = aFile();
    const other = new Database(file);
    other.exec('CREATE TABLE recipes (name TEXT)');
    other.close();

    expect(() => openConnection(file)).toThrow(
      expect.objectContaining({ code: 'Configuration', message: expect.stringContaining(file) }),
    );
    const db = new Database(file);
    expect(tables(db)).toEqual(['recipes']);
    db.close();
  });

  it('is refused by name when it is no database, or cannot be a file', () => {
    const text = aFile();
    writeFileSync(text, 'Dear diary, this is a text file. '.repeat(200));
    const directory = aFile();
    mkdirSync(directory);

    for (const file of [text, directory, join(text, 'below-a-file.db')]) {
      expect(() => openConnection(file)).toThrow(
        expect.objectContaining({ code: 'Configuration', message: expect.stringContaining(file) }),
      );
    }
  });

  it('takes the steps it has not had, all or none', () => {
    const first = 'CREATE TABLE a (x); PRAGMA application_id = 0x4b544247;';
    const second = 'CREATE TABLE b (x); INSERT INTO a VALUES (1);';
    const broken = 'CREATE TABLE c (x); INSERT INTO nowhere VALUES (1);';
    const db = new Database(aFile());

    migrate(db, 'db', [first]);
    expect(() => migrate(db, 'db', [first, second, broken])).toThrow(/nowhere/);
    expect(tables(db)).toEqual(['a']);
    expect(userVersion(db)).toEqual([{ user_version: 1 }]);

    migrate(db, 'db', [first, second]);
    migrate(db, 'db', [first, second]);
    expect(tables(db)).toEqual(['a', 'b']);
    expect(db.prepare('SELECT count(*) AS rows FROM a').get([])).toMatchObject({ rows: 1 });
    db.close();
  });
});
