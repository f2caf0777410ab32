/** Answers that say "not now": the same request may succeed later. All other 4xx stay what they are. */
const passing = new Set([408, 425, 429]);

/** Codes live for three minutes: a receiver that asks for more patience than this gets no more of it. */
const longestRetryAfterMs = 120_000;

/** Whether a request that was answered with this HTTP status can never succeed, however often it is sent. */
export function isRefusal(status: number): boolean {
  return status >= 300 && status < 500 && !passing.has(status);
}

/**
 * What a Retry-After header asks for (RFC 9110 §10.2.3), in seconds or as a date.
 * @returns ms from now, between 0 and two minutes; undefined when absent or unreadable
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Math.min(longestRetryAfterMs, Number(text) * 1_000);
  // Date.parse alone makes a date of almost anything.
  const wait = /^[A-Z][a-z]{2}, \d\d /.test(text) ? Date.parse(text) - nowMs : Number.NaN;
  return Number.isNaN(wait) ? undefined : Math.min(longestRetryAfterMs, Math.max(0, wait));
}
