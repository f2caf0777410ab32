import { randomUUID } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createLog } from '../bot/log';
import type { Clock } from '../services/clock';
import { redact } from '../services/redaction/redaction';
import type { TurnStore } from '../services/turn/turnStore';
import { openConnection } from '../store/embedded/connection';
import { EmbeddedTurnStore, openEmbeddedTurnStore } from '../store/embedded/embeddedTurnStore';

/**
 * What assistants and servers of the tests write is kept here until `npm test` has looked through it for personal data.
 * Undefined when tests run without that scan: then their folders go when they end.
 */
export const artifacts = process.env.TEST_ARTIFACTS;

/** Keeps a copy of a server's folder, and what it logged, for the scan. */
export function keepForScan(folder: string, log?: string): void {
  if (artifacts === undefined || !existsSync(folder)) return;
  const kept = path.join(artifacts, `${path.basename(folder)}-${randomUUID()}`);
  cpSync(folder, kept, { recursive: true });
  if (log !== undefined) writeFileSync(path.join(kept, 'server.log'), log);
}

/** Tells the scan which one-time codes went out, so that it can look for them. */
export function noteCodes(texts: readonly string[]): void {
  const file = process.env.TEST_ISSUED_CODES;
  if (file === undefined) return;
  const codes = texts.flatMap((text) => text.match(/\b(?:\d{6}|\d{8})\b/g) ?? []);
  if (codes.length > 0) appendFileSync(file, codes.map((code) => `${code}\n`).join(''));
}

/** A store in memory; in a file without flushes when the scan shall see it. */
export function openScannedStore(clock: Clock): TurnStore {
  if (artifacts === undefined) return openEmbeddedTurnStore({ file: ':memory:', clock });
  const db = openConnection(path.join(artifacts, `assistant-${randomUUID()}`, 'assistant.db'));
  db.pragma('synchronous = OFF');
  return new EmbeddedTurnStore(db, { clock });
}

/** Writes down what an assistant logged, as the server would have. */
export function keepLog(logged: readonly { facts: object; message: string }[]): void {
  if (artifacts === undefined || logged.length === 0) return;
  mkdirSync(artifacts, { recursive: true });
  const lines: string[] = [];
  const log = createLog({ level: 'debug', redact, stream: { write: (line) => void lines.push(line) } });
  for (const { facts, message } of logged) log.info(facts, message);
  writeFileSync(path.join(artifacts, `assistant-${randomUUID()}.log`), lines.join(''));
}
