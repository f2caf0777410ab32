import type { Clock } from '../../clock';
import type { Randomness } from '../../randomness';
import { billingCallLimits, type CallLimits, CallPolicy } from '../../resilience/callPolicy';
import type { OnTmfAlarm } from './tmfAlarm';
import { TmfBillingGateway } from './tmfBillingGateway';
import { TmfClient } from './tmfClient';
import { TmfLines } from './tmfLines';
import type { TmfOptions } from './tmfOptions';
import { TmfToken } from './tmfToken';

/**
 * A code is checked with two line look-ups and followed by the bills: shorter than these, so that a line system
 * that hangs is not waited for twice.
 */
const lineCallLimits: CallLimits = { ...billingCallLimits, budgetMs: 1_500, attemptMs: 1_000, retries: 1 };

/**
 * A carrier's system from its settings: the gateway for bills, and the lines for the line directory, which have
 * a circuit of their own: billing that is down must not stop a verification.
 * @param limits for tests: other times
 */
export function connectTmf(parts: {
  readonly options: TmfOptions;
  readonly clock: Clock;
  readonly randomness: Pick<Randomness, 'int'>;
  readonly onAlarm: OnTmfAlarm;
  readonly limits?: Partial<CallLimits>;
}): { readonly billing: TmfBillingGateway; readonly lines: TmfLines } {
  const { options, clock, randomness, onAlarm, limits } = parts;
  const token = new TmfToken(options.credentials, clock);
  const clientWith = (own: CallLimits) => {
    const policy = new CallPolicy({ ...own, ...limits }, randomness, (resource, state) =>
      onAlarm({ kind: 'circuit', resource, state }),
    );
    return new TmfClient(policy, token, onAlarm);
  };
  const client = clientWith(billingCallLimits);
  return {
    billing: new TmfBillingGateway({
      client,
      lines: new TmfLines(client, options, onAlarm),
      options,
      clock,
      onAlarm,
    }),
    lines: new TmfLines(clientWith(lineCallLimits), options, onAlarm),
  };
}
