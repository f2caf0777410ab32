import { createInterface } from 'node:readline/promises';
import { systemClock } from '../../services/clock';
import { AppError } from '../../services/errors';
import { systemRandomness } from '../../services/randomness';
import { redact } from '../../services/redaction/redaction';
import type { JsonActivity } from '../../services/turn/turnStore';
import { openEmbeddedTurnStore } from '../../store/embedded/embeddedTurnStore';
import { composeAssistant } from '../assistant';
import { loadConfig, readEnvironment } from '../config';
import { createLog } from '../log';

/** A conversation in the terminal. Nothing is kept: the store is in memory and the keys are made for this run. */
async function chat(): Promise<void> {
  const config = loadConfig(readEnvironment());
  const store = openEmbeddedTurnStore({ file: ':memory:', clock: systemClock });
  const assistant = composeAssistant({
    clock: systemClock,
    randomness: systemRandomness,
    log: createLog({ level: 'error', redact }),
    dataDir: config.dataDir,
    store,
    secrets: { otpKey: systemRandomness.bytes(32), inboxSealingKey: systemRandomness.bytes(32) },
  });
  const conversationId = systemRandomness.uuid();
  const ask = async (parts: { type: string; text?: string; membersAdded?: readonly { id: string }[] }) => {
    const submitted = await assistant.intake.submit({
      channelId: 'terminal',
      conversationId,
      userId: 'you',
      activity: { from: { id: 'you' }, conversation: { id: conversationId }, locale: 'ko-KR', ...parts },
      echo: false,
      delivery: 'log',
    });
    for (const reply of await submitted.replies()) print(reply);
  };
  const shown = new Set<string>();
  const showTexts = () => {
    for (const message of assistant.handset.allMessages()) {
      if (shown.has(message.id)) continue;
      shown.add(message.id);
      console.log(`\n  [문자] ${message.text}\n`);
    }
  };

  await ask({ type: 'conversationUpdate', membersAdded: [{ id: 'you' }] });
  // Opened only now: lines that arrive before somebody reads them would be lost.
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
  lines.prompt();
  for await (const line of lines) {
    await ask({ type: 'message', text: line });
    await assistant.outbox.settled();
    showTexts();
    lines.prompt();
  }
  await assistant.stop();
  await store.close();
}

function print(reply: JsonActivity): void {
  console.log(`\n${String(reply.text ?? reply.summary ?? '')}`);
  const { suggestedActions } = reply;
  if (typeof suggestedActions !== 'object' || suggestedActions === null || !('actions' in suggestedActions))
    return;
  const titles = JSON.stringify(suggestedActions).matchAll(/"title":"([^"]*)"/g);
  console.log(`  ( ${[...titles].map((match) => match[1]).join(' | ')} )`);
}

chat().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error);
  process.exit(1);
});
