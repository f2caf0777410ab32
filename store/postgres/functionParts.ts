/**
 * Pieces that more than one version of a function is made of, so that a version shows what is its own.
 *
 * They are as frozen as the steps of the schema they stand in (`migrations.ts`): who needs another text writes
 * another piece. `test/store/postgresSchema.test.ts` notices a change.
 */

/** What every version of `accept` is told first. */
export const acceptArguments = `p_key_hash BYTEA, p_key TEXT, p_channel_id TEXT, p_conversation_id TEXT, p_user_id TEXT, p_reference TEXT,
  p_created_at_ms BIGINT, p_idempotency_hash BYTEA, p_activity_id TEXT, p_sealed BYTEA, p_echo TEXT,
  p_received_at_ms BIGINT, p_queue_limit INTEGER`;

/** What `accept` answers. */
export const acceptAnswers = `OUT o_status TEXT, OUT o_ticket BIGINT, OUT o_activity_id TEXT, OUT o_done BOOLEAN, OUT o_echo_seq BIGINT`;

/** Locks the row of the conversation into `c`; makes it when there is none. */
export const findOrMakeConversation = `LOOP
    SELECT * INTO c FROM conversation WHERE key_hash = p_key_hash FOR UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO conversation
      (key_hash, key, channel_id, conversation_id, user_id, reference, created_at_ms, active_at_ms)
    VALUES (p_key_hash, p_key, p_channel_id, p_conversation_id, p_user_id, p_reference, p_created_at_ms, p_created_at_ms)
    ON CONFLICT (key_hash) DO NOTHING;
  END LOOP;`;

/** Answers for a message that came before, or for one too many. */
export const refuseRepeatOrFullQueue = `SELECT 'duplicate', ticket, activity_id, done_at_ms IS NOT NULL INTO o_status, o_ticket, o_activity_id, o_done
  FROM inbox WHERE conversation = c.id AND idempotency_hash = p_idempotency_hash;
  IF FOUND THEN RETURN; END IF;
  IF c.pending >= p_queue_limit THEN
    o_status := 'queueFull';
    RETURN;
  END IF;`;

/** Gives out the next ticket. */
export const takeMessage = `o_status := 'accepted';
  o_ticket := c.last_ticket + 1;
  INSERT INTO inbox (conversation, ticket, idempotency_hash, activity_id, sealed_activity, received_at_ms)
  VALUES (c.id, o_ticket, p_idempotency_hash, p_activity_id, p_sealed, p_received_at_ms);`;

/** Appends what the customer said to the log. */
export const logEcho = `o_echo_seq := c.last_seq + 1;
    INSERT INTO activity_log (conversation, seq, ticket, is_reply, activity)
    VALUES (c.id, o_echo_seq, o_ticket, FALSE, p_echo);`;

/** What every version of `commit` is told first. */
export const commitArguments = `p_key_hash BYTEA, p_ticket BIGINT, p_now_ms BIGINT, p_committed_at_ms BIGINT,
  p_locks BIGINT[], p_shared BOOLEAN[],
  p_record_hashes BYTEA[], p_versions BIGINT[], p_changes TEXT[], p_values TEXT[], p_expiries BIGINT[],
  p_replies TEXT[],
  p_outbox_hashes BYTEA[], p_outbox_keys TEXT[], p_kinds TEXT[], p_payloads TEXT[], p_due BIGINT[], p_lanes BYTEA[],
  p_streams TEXT[], p_stream_texts TEXT[], p_bodies TEXT[], p_texts TEXT[]`;

/** Locks the row of the conversation into `c`; answers for a turn that is not waiting to be committed. */
export const findPendingTurn = `SELECT * INTO c FROM conversation WHERE key_hash = p_key_hash FOR UPDATE;
  IF NOT FOUND OR p_ticket < 1 OR p_ticket > c.last_ticket THEN
    o_status := 'unknown';
    RETURN;
  END IF;
  -- A ticket that was given out and is not pending is done, even if its row has been swept.
  PERFORM 1 FROM inbox WHERE conversation = c.id AND ticket = p_ticket AND done_at_ms IS NULL;
  IF NOT FOUND THEN
    o_status := 'alreadyDone';
    RETURN;
  END IF;`;

/** FOUND afterwards: some record is not as it was read. */
export const lockAndCompareRecords = `FOR at IN 1 .. cardinality(p_locks) LOOP
    IF p_shared[at] THEN PERFORM pg_advisory_xact_lock_shared(p_locks[at]);
    ELSE PERFORM pg_advisory_xact_lock(p_locks[at]);
    END IF;
  END LOOP;
  PERFORM 1 FROM unnest(p_record_hashes, p_versions) AS wanted (key_hash, version)
    LEFT JOIN record ON record.key_hash = wanted.key_hash
      AND (record.expires_at_ms IS NULL OR record.expires_at_ms > p_now_ms)
    WHERE coalesce(record.version, 0) <> wanted.version;`;

/** Locks the records that are to be written, before they are. */
export const waitForSweep = `-- A sweep that is removing one of them ends first, and the highest removed version is read after it.
  PERFORM 1 FROM record JOIN unnest(p_record_hashes, p_changes) AS wanted (key_hash, change) USING (key_hash)
    WHERE change <> 'checkOnly' FOR UPDATE OF record;`;

/** A deleted record is one that expired at 0. */
export const deleteRecords = `UPDATE record SET value = 'null', expires_at_ms = 0
  FROM unnest(p_record_hashes, p_changes) AS wanted (key_hash, change)
  WHERE record.key_hash = wanted.key_hash AND change = 'delete';`;

/** Appends what the bot said to the log, from `o_first_seq` on. */
export const logReplies = `o_first_seq := c.last_seq + 1;
  INSERT INTO activity_log (conversation, seq, ticket, is_reply, activity)
  SELECT c.id, c.last_seq + place, p_ticket, TRUE, activity
  FROM unnest(p_replies) WITH ORDINALITY AS reply (activity, place);`;

/** Appends to the journal; what the customer typed is not kept longer than needed. */
export const finishTurn = `IF cardinality(p_streams) > 0 THEN
    PERFORM append_journal_v1(p_streams, p_stream_texts, p_bodies, p_texts, p_committed_at_ms);
  END IF;
  UPDATE inbox SET sealed_activity = NULL, done_at_ms = p_committed_at_ms
  WHERE conversation = c.id AND ticket = p_ticket;`;
