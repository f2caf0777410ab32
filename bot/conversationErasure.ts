import { memoryKey } from '../dialogs/conversationMemory';
import { unansweredKey } from '../dialogs/unansweredNote';
import { handoffTraces } from '../services/handoff/handoffTraces';
import { agencyChallengeKey } from '../services/identity/agencyVerification';
import {
  challengeKey,
  challengeRecord,
  codeEntryKey,
  conversationLimitKey,
  sessionKey,
} from '../services/identity/identityRecords';
import type { Binding } from '../services/identity/proof';
import { waysKey } from '../services/reminders/deliveryWays';
import { keysOut, messagesOutKey } from '../services/reminders/messagesOut';
import { reminderKey } from '../services/reminders/reminder';
import { wakeKeysOf } from '../services/reminders/reminderBook';
import { conversationKey } from '../services/turn/turnIntake';
import type { TurnStore } from '../services/turn/turnStore';
import { kakaoReminderKey } from './kakao/kakaoReminders';

/**
 * Erases a conversation with everything that is kept of it alone: what was said, what is remembered, proofs,
 * challenges, and a code that has not left yet. What counts over conversations stays (codes sent to a line, the
 * identity agency's starts, the audit journal); none of it says what was talked about. First the conversation is
 * closed, then looked through: a turn that began a handoff meanwhile has either committed, and is found, or never will.
 * @throws StoreUnavailableError: some of it may be left, and the same call may be tried again
 */
export async function eraseConversation(
  store: Pick<TurnStore, 'readRecord' | 'listRecords' | 'eraseConversation'>,
  binding: Binding,
): Promise<void> {
  const key = conversationKey(binding.channelId, binding.conversationId);
  // From here on no turn of it commits: what is found afterwards is all there will ever be.
  await store.eraseConversation({ conversationKey: key, recordKeys: [], outboxKeys: [] });
  const challenge = challengeRecord.safeParse((await store.readRecord(challengeKey(binding))).value);
  const handoff = await handoffTraces(store, key, memoryKey(key));
  await store.eraseConversation({
    conversationKey: key,
    recordKeys: [
      memoryKey(key),
      unansweredKey(key),
      challengeKey(binding),
      sessionKey(binding),
      agencyChallengeKey(binding),
      conversationLimitKey(binding),
      waysKey(key),
      reminderKey(key),
      kakaoReminderKey(key),
      messagesOutKey(key),
      ...handoff.recordKeys,
    ],
    outboxKeys: [
      ...handoff.outboxKeys,
      ...(challenge.success ? [codeEntryKey(challenge.data.nonce)] : []),
      ...wakeKeysOf((await store.readRecord(reminderKey(key))).value),
      ...keysOut((await store.readRecord(messagesOutKey(key))).value),
    ],
  });
}
