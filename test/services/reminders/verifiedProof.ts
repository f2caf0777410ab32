import { holderDigests } from '../../../bot/agencyParts';
import { loadDemoLedger } from '../../../services/billing/demoLedger';
import { DemoLineDirectory } from '../../../services/identity/demoLineDirectory';
import { IdentityService } from '../../../services/identity/identityService';
import type { Proof } from '../../../services/identity/proof';
import { dataDir } from '../../assistant';
import { aBinding, MovableClock, repeatableRandomness } from '../identity/identityDesk';
import { MemoryTurns } from '../identity/memoryTransaction';

/** A proof as a customer of the demo gets one: by the code that was sent to the number. */
export async function verifiedProof(phoneNumber: string): Promise<{ proof: Proof; clock: MovableClock }> {
  const clock = new MovableClock();
  const key = Buffer.alloc(32, 3);
  const ledger = loadDemoLedger(dataDir);
  const lines = new DemoLineDirectory(ledger, clock, holderDigests({ kind: 'demo' }, key));
  const service = new IdentityService({ lines, clock, randomness: repeatableRandomness('proof'), key });
  const turns = new MemoryTurns();
  const binding = aBinding();
  await turns.run((tx) => service.sendCode(tx, binding, phoneNumber, 'ko'));
  const message = await service.smsOf([...turns.outbox.values()].at(-1)?.payload ?? null);
  if (message === undefined) throw new Error('no code goes out');
  const checked = await turns.run((tx) => service.checkCode(tx, binding, message.code));
  if (checked.status !== 'verified') throw new Error('the code was not taken');
  return { proof: checked.proof, clock };
}
