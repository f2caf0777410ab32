import type { JsonValue } from '../turn/turnStore';
import { formatTraceparent, parseTraceparent, type TraceContext } from './traceContext';

/** The field of an outbox payload in which a trace crosses the store; no sink sees it. */
const field = 'traceparent';

/** The payload with the trace of the turn that wrote it. A payload that is no object carries none. */
export function carryTrace(payload: JsonValue, trace: TraceContext | undefined): JsonValue {
  if (trace === undefined || !isObject(payload) || Object.hasOwn(payload, field)) return payload;
  return { ...payload, [field]: formatTraceparent(trace) };
}

/** The payload as it was written, and the trace it came with. */
export function takeTrace(payload: JsonValue): { payload: JsonValue; trace: TraceContext | undefined } {
  if (!isObject(payload) || !Object.hasOwn(payload, field)) return { payload, trace: undefined };
  const { [field]: carried, ...rest } = payload;
  return { payload: rest, trace: parseTraceparent(typeof carried === 'string' ? carried : undefined) };
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
