import type { Randomness } from '../randomness';

/** One place in one trace, as W3C Trace Context names it (https://www.w3.org/TR/trace-context/, level 1). */
export interface TraceContext {
  /** 32 lower-case hex digits: the same through all hops of one message. */
  readonly traceId: string;
  /** 16 lower-case hex digits: this piece of work. */
  readonly spanId: string;
  readonly sampled: boolean;
}

const traceparent = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/**
 * Reads a `traceparent`.
 * @returns undefined for what is none, and for ids that could be somebody's number: they end up in logs
 */
export function parseTraceparent(text: string | undefined): TraceContext | undefined {
  const [, version, traceId = '', spanId = '', flags = ''] = traceparent.exec(text ?? '') ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && text?.length !== 55))
    return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  if (!isHarmless(traceId) || !isHarmless(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** `traceparent` of version 00. */
export function formatTraceparent({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/** 32 hex digits that nobody takes for a number of somebody. */
export function newTraceId(randomness: Pick<Randomness, 'bytes'>): string {
  return harmlessId(randomness, 16);
}

/** 16 hex digits, likewise. */
export function newSpanId(randomness: Pick<Randomness, 'bytes'>): string {
  return harmlessId(randomness, 8);
}

/** A letter at both ends and at every sixth place: no run of digits is long enough for a number of somebody. */
function harmlessId(randomness: Pick<Randomness, 'bytes'>, bytes: number): string {
  const hex = randomness.bytes(bytes).toString('hex');
  return hex.replace(/./g, (digit, at: number) =>
    at % 6 === 0 || at === hex.length - 1 ? letterFor(digit) : digit,
  );
}

function letterFor(digit: string): string {
  return 'abcdef'.charAt(Number.parseInt(digit, 16) % 6);
}

/** A mobile number or a resident registration number, with whatever around it. */
const personalDigits = /01[016789]\d{7}|\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[1-8]\d{6}/;

/** Ids of others are hex as it comes; one that could have been made to carry somebody's number gets in nowhere. */
function isHarmless(id: string): boolean {
  return /[a-f]/.test(id) && !personalDigits.test(id);
}
