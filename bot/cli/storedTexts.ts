import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'libsql';
import { isMoment } from './personalTraces';

/** A piece of what a file holds: text, or bytes that are none. */
export interface StoredPiece {
  readonly where: string;
  readonly content: string | Buffer;
}

const unzippedBytes = 256 * 1024 * 1024;

/** All files below a folder, as paths from there. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

export function isDatabase(bytes: Buffer): boolean {
  return bytes.subarray(0, 16).toString('latin1') === 'SQLite format 3\0';
}

/** Everything in a file: the bytes as they are; what is zipped in it; each cell of a SQLite database, WAL included. */
export function* piecesOf(file: string): Generator<StoredPiece> {
  const bytes = readFileSync(file);
  yield* piecesOfBytes('', bytes);
  if (isDatabase(bytes)) yield* cellsOf(file);
}

function* piecesOfBytes(where: string, bytes: Buffer): Generator<StoredPiece> {
  yield { where, content: textOf(bytes) ?? bytes };
  if (bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b) {
    yield* piecesOfBytes(`${where}, unzipped`, gunzipSync(bytes, { maxOutputLength: unzippedBytes }));
  }
}

/** Opens a copy: a scan changes nothing, not even by a checkpoint. */
function* cellsOf(file: string): Generator<StoredPiece> {
  const folder = mkdtempSync(path.join(tmpdir(), 'scan-'));
  try {
    const copy = path.join(folder, 'copy.db');
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const db = new Database(copy);
    const tables: unknown[] = db
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
      .pluck()
      .all([]);
    for (const table of tables) {
      const rows: unknown[] = db.prepare(`SELECT * FROM "${table}"`).all([]);
      for (const row of rows) {
        for (const [column, value] of Object.entries(Object(row)))
          yield* piecesOfCell(`${table}.${column}`, value);
      }
    }
    db.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function* piecesOfCell(where: string, value: unknown): Generator<StoredPiece> {
  if (typeof value === 'string') yield { where, content: value };
  else if (typeof value === 'number' || typeof value === 'bigint') {
    if (!isMoment(value)) yield { where, content: String(value) };
  } else if (value instanceof ArrayBuffer) yield* piecesOfBytes(where, Buffer.from(value));
}

function textOf(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
