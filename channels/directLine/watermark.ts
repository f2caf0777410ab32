/**
 * A Direct Line watermark is the `seq` of the last activity that the client has, as a string: it grows within
 * a conversation and survives restarts. Clients send it back verbatim, or empty when they have none.
 * @returns undefined for anything that is no such number: an odd watermark must never fail a poll
 */
export function parseWatermark(raw: string | null | undefined): number | undefined {
  return raw !== null && raw !== undefined && /^\d{1,15}$/.test(raw) ? Number(raw) : undefined;
}

/** Always a string, because the client drops a falsy watermark: "0" is truthy, the number is not. */
export function formatWatermark(seq: number): string {
  return String(seq);
}
