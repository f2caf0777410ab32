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

/**
 * The first text after all that begin with `prefix`, in the order of UTF-8 bytes, which is that of code points.
 * @param prefix as `toStoredText` writes it
 * @returns undefined when there is none: every text begins with the empty one
 */
export function endOfPrefix(prefix: string): string | undefined {
  const points = [...prefix].map((character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Surrogates are no characters: what follows U+D7FF is U+E000.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}

/** The first text that can follow a stored one: stored text holds nothing below the space. */
export function afterStored(text: string): string {
  return `${text} `;
}
