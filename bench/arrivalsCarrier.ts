import { loadDemoLedger } from '../services/billing/demoLedger';
import { systemClock } from '../services/clock';
import { tmfDataOf } from '../test/tmf/tmfLedger';
import { TmfServer } from '../test/tmf/tmfServer';

/** A carrier's billing system that knows every line and then says nothing about bills. */
export async function startHangingCarrier(dataDir: string): Promise<{
  readonly url: string;
  /** Questions about bills that got no answer. */
  readonly leftWaiting: () => number;
  close(): Promise<void>;
}> {
  const server = new TmfServer(tmfDataOf(loadDemoLedger(dataDir), systemClock.now(), 'v4'));
  server.misbehaviour = { kind: 'hang', on: 'customerBill' };
  const url = await server.listen();
  return { url, leftWaiting: () => server.asked('customerBill'), close: () => server.close() };
}
