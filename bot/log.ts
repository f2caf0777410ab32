import { types } from 'node:util';
import { type DestinationStream, destination, pino } from 'pino';
import { presentTrace } from '../services/trace/presentWork';
import type { LogLevel } from './config';

/** What the product logs with: facts first, then a constant sentence. */
export interface Log {
  error(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  info(facts: object, message: string): void;
  debug(facts: object, message: string): void;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Masks personal data; every string passes through it before it is written. */
  readonly redact: (text: string) => string;
  /** Default: standard error. Standard output is for the start-up banner. */
  readonly stream?: DestinationStream;
}

/**
 * One JSON object a line. Strings are redacted before they are written; line breaks, terminal sequences and
 * direction marks arrive escaped, so that no message can forge a line or move a terminal's cursor.
 */
export function createLog({ level, redact, stream }: LogOptions): Log {
  const safe = (value: unknown): unknown => withoutPersonalData(value, redact, 0);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Not redacted: an id that could be somebody's number is taken from nobody (services/trace/traceContext.ts).
      mixin: () => {
        const trace = presentTrace();
        return trace === undefined ? {} : { trace: trace.traceId };
      },
      // `err` arrives as a plain object already; pino's own serializer would look for an Error.
      serializers: { err: (value: unknown) => value },
      formatters: {
        level: (label) => ({ level: label }),
      },
      hooks: {
        logMethod(args, method) {
          const [first, ...rest] = args.map(safe);
          method.apply(this, [typeof first === 'string' ? first : Object(first), ...rest.map(asText)]);
        },
      },
    },
    stream ?? destination({ fd: 2, sync: true }),
  );
}

const maxDepth = 6;

function withoutPersonalData(value: unknown, redact: (text: string) => string, depth: number): unknown {
  if (typeof value === 'string') return visible(redact(value));
  // A phone number or code is as personal when it is a number.
  if (typeof value === 'number' || typeof value === 'bigint') {
    const text = String(value);
    const masked = redact(text);
    return masked === text ? Number(value) : masked;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[deep]';
  if (types.isNativeError(value)) {
    const { name, message, stack, cause } = value;
    const facts = { name, message, stack, ...('code' in value ? { code: value.code } : {}), cause };
    return withoutPersonalData(facts, redact, depth + 1);
  }
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => withoutPersonalData(item, redact, depth + 1));
  if (ArrayBuffer.isView(value)) return '[bytes]';
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      visible(redact(key)),
      withoutPersonalData(item, redact, depth + 1),
    ]),
  );
}

/** JSON escapes C0 controls by itself; these it would let through to a terminal. */
function visible(text: string): string {
  return text.replace(/[\x7f-\x9f\u2028-\u202e\u2066-\u2069]/g, (mark) => {
    return `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
