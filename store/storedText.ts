import { z } from 'zod';
import type { JsonValue } from '../services/turn/turnStore';

/**
 * Free text as the driver can keep it, without loss. `libsql` reads text only up to its first U+0000 and stores
 * every lone surrogate as U+FFFD: two different keys would become one. JSON's escapes avoid both, and leave
 * ordinary text as it is. Equal texts are stored equal, different ones different.
 */
export function toStoredText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** A column written with `toStoredText`. */
export const storedText = z.string().transform((stored): string => JSON.parse(`"${stored}"`));

/** A column written with `JSON.stringify`, which escapes what the driver cannot keep. */
export const storedJson = z.string().transform((stored): JsonValue => JSON.parse(stored));
