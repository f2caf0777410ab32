import { BadRequestError } from '../../services/errors';
import type { JsonValue } from '../../services/turn/turnStore';

export interface JsonLimits {
  readonly depth: number;
  /** Keys of all objects together. */
  readonly keys: number;
  readonly keyLength: number;
}

const defaultLimits: JsonLimits = { depth: 32, keys: 5_000, keyLength: 256 };

/**
 * JSON (RFC 8259) that every reader understands alike: `JSON.parse`, but no duplicate keys, no number beyond
 * a double's range, and bounded structure. One pass decides before anything is built.
 * @throws BadRequestError in words without any part of the text
 */
export function parseStrictJson(text: string, limits: JsonLimits = defaultLimits): JsonValue {
  checkStructure(text, limits);
  try {
    return JSON.parse(text);
  } catch {
    // No cause: the engine's message quotes the text.
    throw new BadRequestError('the body is not valid JSON');
  }
}

/** Finds what `JSON.parse` would let through. Says nothing about syntax: that is `JSON.parse`'s part. */
function checkStructure(text: string, limits: JsonLimits): void {
  /** Keys of each open object; undefined for an open array. */
  const open: (Set<string> | undefined)[] = [];
  let keys = 0;
  let keyExpected = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      const end = endOfString(text, at + 1);
      if (keyExpected) {
        keys += 1;
        if (keys > limits.keys) throw new BadRequestError(`the body has more than ${limits.keys} keys`);
        noteKey(text.slice(at + 1, end), open.at(-1), limits);
        keyExpected = false;
      }
      at = end;
    } else if (char === '{' || char === '[') {
      if (open.length >= limits.depth)
        throw new BadRequestError(`the body nests deeper than ${limits.depth} levels`);
      keyExpected = char === '{';
      open.push(keyExpected ? new Set() : undefined);
    } else if (char === '}' || char === ']') {
      open.pop();
      keyExpected = false;
    } else if (char === ',') {
      keyExpected = open.at(-1) !== undefined;
    } else if (char === '-' || (char !== undefined && char >= '0' && char <= '9')) {
      at = endOfNumber(text, at) - 1;
    }
  }
}

function noteKey(raw: string, keys: Set<string> | undefined, limits: JsonLimits): void {
  const key = raw.includes('\\') ? unescaped(raw) : raw;
  if (key.length > limits.keyLength)
    throw new BadRequestError(`a key is longer than ${limits.keyLength} characters`);
  if (keys?.has(key)) throw new BadRequestError('the body has the same key twice in one object');
  keys?.add(key);
}

function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    throw new BadRequestError('the body is not valid JSON');
  }
}

/** @returns the place of the closing quote, or the end of the text */
function endOfString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '"') return at;
  }
  return text.length;
}

function endOfNumber(text: string, from: number): number {
  const numberText = /[-+.\deE]+/y;
  numberText.lastIndex = from;
  const found = numberText.exec(text)?.[0] ?? '';
  if (!Number.isFinite(Number(found))) throw new BadRequestError('a number is out of range or not valid');
  return from + found.length;
}
