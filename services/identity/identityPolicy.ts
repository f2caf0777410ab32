/**
 * How often, how long, how many. Three tries × three sends a day leave a guesser 9 in a million per line
 * and day; the fleet budget bounds one guess on each of a million lines.
 */
export const identityPolicy = Object.freeze({
  codeDigits: 6,
  /** While the fleet budget is spent, codes are this long and shorter ones are void. */
  codeDigitsUnderAttack: 8,
  codeLifetimeMs: 3 * 60_000,
  /** How long "send it again" still knows which line was asked for. */
  challengeMemoryMs: 30 * 60_000,
  triesPerChallenge: 3,
  /** Until one of them succeeds (docs/decisions/0005). */
  sendsPerLine: 3,
  sendsPerLineWindowMs: 24 * 3_600_000,
  /** Different numbers one conversation may try. */
  numbersPerConversation: 3,
  numbersPerConversationWindowMs: 3_600_000,
  /** A line whose SIM, device or port changed more recently gets no code. */
  simChangeQuarantineMs: 72 * 3_600_000,
  /** Wrong codes over all lines within the window before codes get longer. */
  fleetFailures: 150,
  fleetWindowMs: 10 * 60_000,
});

export type IdentityPolicy = { readonly [Limit in keyof typeof identityPolicy]: number };
