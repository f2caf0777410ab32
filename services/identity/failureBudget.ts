import type { TurnTransaction } from '../turn/turnTransaction';
import type { IdentityPolicy } from './identityPolicy';
import { fleetLimitKey, fleetLimitRecord, readLimit } from './identityRecords';
import { notAhead } from './sendLimits';

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
  const same = minutes.filter((minute) => minute.startMs === startMs);
  const failures = same.reduce((sum, minute) => sum + minute.failures, 1);
  const others = minutes.filter((minute) => minute.startMs !== startMs);
  await tx.write(
    fleetLimitKey,
    { minutes: [...others, { startMs, failures }] },
    startMs + policy.fleetWindowMs + minuteMs,
  );
}

async function recentMinutes(tx: TurnTransaction, policy: IdentityPolicy, nowMs: number) {
  const record = await readLimit(tx, fleetLimitKey, fleetLimitRecord);
  return (record?.minutes ?? [])
    .map(({ startMs, failures }) => ({ startMs: notAhead(startMs, nowMs - (nowMs % minuteMs)), failures }))
    .filter(({ startMs }) => nowMs - startMs < policy.fleetWindowMs + minuteMs);
}
