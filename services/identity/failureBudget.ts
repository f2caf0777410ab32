import type { TurnTransaction } from '../turn/turnTransaction';
import type { IdentityPolicy } from './identityPolicy';
import { fleetLimitKey, fleetLimitRecord, readLimit } from './identityRecords';

const minuteMs = 60_000;

/** Whether wrong codes over all lines have used up the budget, so that short codes are no longer looked at. */
export async function budgetSpent(
  tx: TurnTransaction,
  policy: IdentityPolicy,
  nowMs: number,
): Promise<boolean> {
  const minutes = await recentMinutes(tx, policy, nowMs);
  return minutes.reduce((sum, { failures }) => sum + failures, 0) >= policy.fleetFailures;
}

/** Counts one wrong code. */
export async function countFailure(
  tx: TurnTransaction,
  policy: IdentityPolicy,
  nowMs: number,
): Promise<void> {
  const startMs = nowMs - (nowMs % minuteMs);
  const minutes = await recentMinutes(tx, policy, nowMs);
  const failures = 1 + (minutes.find((minute) => minute.startMs === startMs)?.failures ?? 0);
  const others = minutes.filter((minute) => minute.startMs !== startMs);
  await tx.write(
    fleetLimitKey,
    { minutes: [...others, { startMs, failures }] },
    startMs + policy.fleetWindowMs + minuteMs,
  );
}

async function recentMinutes(tx: TurnTransaction, policy: IdentityPolicy, nowMs: number) {
  const record = await readLimit(tx, fleetLimitKey, fleetLimitRecord);
  return (record?.minutes ?? []).filter(({ startMs }) => nowMs - startMs < policy.fleetWindowMs + minuteMs);
}
