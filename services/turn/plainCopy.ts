import { cutAt, wellFormed } from './cleanText';
import type { JsonValue } from './turnStore';

/** Names that reach an object's prototype when code uses them as a key. */
export const prototypeKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const maxDepth = 8;
const maxNodes = 200;
const maxStringLength = 4_000;

/**
 * A fresh copy of parsed JSON that shares nothing with the original: prototype keys dropped, strings well-formed,
 * without NUL and at most 4,000 units long.
 * @returns undefined when it nests deeper than 8 levels or holds more than 200 values
 */
export function plainCopy(value: unknown): JsonValue | undefined {
  let nodes = 0;
  let tooLarge = false;

  const copy = (source: unknown, depth: number): JsonValue => {
    nodes += 1;
    if (nodes > maxNodes || depth > maxDepth) tooLarge = true;
    if (tooLarge) return null;
    if (typeof source === 'string') return plainString(source);
    if (typeof source === 'boolean') return source;
    if (typeof source === 'number') return Number.isFinite(source) ? source : null;
    if (Array.isArray(source)) return source.map((item) => copy(item, depth + 1));
    if (typeof source !== 'object' || source === null) return null;
    const entries: [string, JsonValue][] = [];
    for (const [key, item] of Object.entries(source)) {
      if (!prototypeKeys.has(key)) entries.push([plainString(key), copy(item, depth + 1)]);
    }
    return Object.fromEntries(entries);
  };

  const result = copy(value, 0);
  return tooLarge ? undefined : result;
}

function plainString(text: string): string {
  return cutAt(wellFormed(text).replaceAll('\0', ''), maxStringLength);
}
