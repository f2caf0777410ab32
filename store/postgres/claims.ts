import { z } from 'zod';
import { storedText } from '../storedText';
import type { Database } from './database';

const conversations = z.object({ key: storedText });

/** Who has claimed a conversation, seen by `owner`: NULL when it is the owner itself. */
export function claimColumn(owner: string): string {
  return `CASE WHEN claim_until_ms <= clock_ms_v1() THEN 'none' WHEN claim_owner <> ${owner} THEN 'other' END AS claim`;
}

/** Which conversations this process runs the turns of. See `sharing.ts`. */
export class Claims {
  /** @param owner names this process among the replicas */
  constructor(
    private readonly db: Database,
    readonly owner: string,
    readonly claimMs: number,
  ) {}

  /** @param keyHash of the conversation. @returns false when another process has it */
  async take(keyHash: Buffer): Promise<boolean> {
    const sql = `UPDATE conversation SET claim_owner = $2, claim_until_ms = clock_ms_v1() + $3
      WHERE key_hash = $1 AND (claim_owner = $2 OR claim_until_ms <= clock_ms_v1())`;
    return (await this.db.write('takeClaim', sql, [keyHash, this.owner, this.claimMs])) === 1;
  }

  /** Takes over conversations with unfinished turns that nobody has, the oldest first. @returns their keys */
  async takeAbandoned(limit: number): Promise<string[]> {
    const sql = `WITH abandoned AS (
        SELECT id FROM conversation
        WHERE id IN (SELECT conversation FROM inbox WHERE done_at_ms IS NULL) AND claim_until_ms <= clock_ms_v1()
        ORDER BY id LIMIT $3 FOR UPDATE SKIP LOCKED
      )
      UPDATE conversation SET claim_owner = $1, claim_until_ms = clock_ms_v1() + $2
      FROM abandoned WHERE conversation.id = abandoned.id RETURNING key`;
    const rows = await this.db.rows('takeAbandoned', sql, conversations, [this.owner, this.claimMs, limit]);
    return rows.map(({ key }) => key);
  }

  /** Prolongs what is still ours. */
  async keep(keyHashes: readonly Buffer[]): Promise<void> {
    const sql = `UPDATE conversation SET claim_until_ms = clock_ms_v1() + $3
      WHERE key_hash = ANY ($1) AND claim_owner = $2 AND pending > 0`;
    await this.db.write('keepClaims', sql, [[...keyHashes], this.owner, this.claimMs]);
  }

  /** Gives back all that is ours, for others to take at once. */
  async release(): Promise<void> {
    const sql = `UPDATE conversation SET claim_until_ms = 0
      WHERE id IN (SELECT conversation FROM inbox WHERE done_at_ms IS NULL) AND claim_owner = $1`;
    await this.db.write('releaseClaims', sql, [this.owner]);
  }
}
