import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dataDir, TestAssistant } from '../assistant';
import { FakeAgent } from './fakeAgent';

/** A suspended line gets no SMS, so the line is suspended while its holder's proof is still good. */
it('an agent hears that the line is suspended, when the bills of a verified customer say so', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'suspended-'));
  cpSync(dataDir, folder, { recursive: true });
  const monday = Date.parse('2026-11-23T10:00:00+09:00');
  const file = path.join(folder, 'assistant.db');
  try {
    const before = new TestAssistant({ nowMs: monday, file, dataDir: folder });
    const asking = before.customer();
    await asking.verify('01000001001');
    await before.stop();
    const ledgerFile = path.join(folder, 'demoLedger.json');
    const ledger = readFileSync(ledgerFile, 'utf8');
    const line = /("phoneNumber": "01000001001",[^{]*?"lineStatus": )"active"/;
    expect(ledger).toMatch(line);
    writeFileSync(ledgerFile, ledger.replace(line, '$1"suspended"'));

    const after = new TestAssistant({ nowMs: monday + 60_000, file, dataDir: folder });
    const customer = after.customer({ conversationId: asking.conversationId });
    await customer.say('상담원 연결해줘');
    const agent = new FakeAgent(after);
    const handoff = await agent.handoffOf(customer.key);
    expect(handoff).toMatchObject({ reason: 'suspended', skill: 'suspension', verified: true });
    expect(await agent.packetOf(handoff.id)).toMatchObject({
      reason: 'suspended',
      verification: { level: 'acr1', maskedLine: '010-****-1001' },
    });
    await after.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
