import * as parts from './functionParts';

/**
 * Erasing a conversation. Its row stays, emptied, so that its key stays taken and a late turn finds its ticket done;
 * `accept_v2` refuses what comes for it. Locks as in `commitFunctions.ts`: the conversation's row comes first.
 */
export const erasing = `
ALTER TABLE conversation ADD COLUMN erased BOOLEAN NOT NULL DEFAULT FALSE;

CREATE FUNCTION accept_v2(
  ${parts.acceptArguments},
  ${parts.acceptAnswers}
) LANGUAGE plpgsql AS $$
DECLARE
  gone BOOLEAN;
BEGIN
  -- The lock is kept: nobody erases it before accept_v1 is done.
  SELECT erased INTO gone FROM conversation WHERE key_hash = p_key_hash FOR UPDATE;
  IF gone THEN
    o_status := 'erased';
    RETURN;
  END IF;
  SELECT a.o_status, a.o_ticket, a.o_activity_id, a.o_done, a.o_echo_seq
  INTO o_status, o_ticket, o_activity_id, o_done, o_echo_seq
  FROM accept_v1(p_key_hash, p_key, p_channel_id, p_conversation_id, p_user_id, p_reference, p_created_at_ms,
    p_idempotency_hash, p_activity_id, p_sealed, p_echo, p_received_at_ms, p_queue_limit) AS a;
END $$;

CREATE FUNCTION erase_conversation_v1(p_key_hash BYTEA, p_record_hashes BYTEA[], p_outbox_hashes BYTEA[])
RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  erased_id BIGINT;
BEGIN
  SELECT id INTO erased_id FROM conversation WHERE key_hash = p_key_hash FOR UPDATE;
  DELETE FROM inbox WHERE conversation = erased_id;
  DELETE FROM activity_log WHERE conversation = erased_id;
  -- The last ticket stays: a late turn must still know that it was accepted once.
  UPDATE conversation SET erased = TRUE, user_id = '', reference = 'null', created_at_ms = 0, last_seq = 0,
    pending = 0
  WHERE id = erased_id;
  UPDATE record SET value = 'null', expires_at_ms = 0 WHERE key_hash = ANY (p_record_hashes);
  DELETE FROM outbox WHERE key_hash = ANY (p_outbox_hashes);
END $$;
`;
