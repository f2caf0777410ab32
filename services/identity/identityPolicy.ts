const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * How often, how long, how many. Three tries × three sends a day leave a guesser 9 in a million per line
 * and day; the fleet budget bounds one guess on each of a million lines. Why so: docs/decisions/0005.
 */
export const identityPolicy = Object.freeze({
  codeDigits: 6,
  /** While the fleet budget is spent, codes are this long and shorter ones are void. */
  codeDigitsUnderAttack: 8,
  codeLifetimeMs: 3 * minuteMs,
  /** How long "send it again" still knows which line was asked for. */
  challengeMemoryMs: 30 * minuteMs,
  triesPerChallenge: 3,
  /** Not counting those whose conversation then proved this line. */
  sendsPerLine: 3,
  /** A code may be tried for its lifetime: with less, two windows' guesses would fit into one day. */
  sendsPerLineWindowMs: 24 * hourMs + 3 * minuteMs,
  /** Different numbers one conversation may try. */
  numbersPerConversation: 3,
  numbersPerConversationWindowMs: hourMs,
  /** Codes one network address may ask for without proving their lines. Mobile customers share addresses. */
  sendsPerAddress: 30,
  sendsPerAddressWindowMs: hourMs,
  /** A line whose SIM, device or port changed more recently gets no code. */
  simChangeQuarantineMs: 72 * hourMs,
  /** Wrong codes over all lines within the window before codes get longer. */
  fleetFailures: 150,
  fleetWindowMs: 10 * minuteMs,
});

export type IdentityPolicy = { readonly [Limit in keyof typeof identityPolicy]: number };
