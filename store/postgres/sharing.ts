/**
 * What many replicas need beside each other:
 * - claims: a conversation's turns are run by the process that holds its claim. Who accepts a message takes it in the
 *   same write, and the commit that leaves nothing to do gives it back. The database's own clock ends a claim, so that
 *   the replicas' clocks need not agree. A claim saves work done twice; that a turn counts once is the commit's doing.
 * - announcements: NOTIFY in the transaction itself, so that none is heard of what was not committed, and none is
 *   lost when the process dies right afterwards. Payload: who, a space, and the conversation's stored key.
 * - keys of records beside their hashes, to list them by. What older replicas wrote has none until written again.
 *   An index entry holds at most 2.7 kB: the index knows the first 500 characters, the query looks at the rest.
 */
export const sharing = `
ALTER TABLE conversation ADD COLUMN claim_owner TEXT, ADD COLUMN claim_until_ms BIGINT NOT NULL DEFAULT 0;
ALTER TABLE record ADD COLUMN key TEXT COLLATE "C";
CREATE INDEX record_key ON record (left(key, 500)) WHERE key IS NOT NULL;

CREATE FUNCTION clock_ms_v1() RETURNS BIGINT LANGUAGE sql VOLATILE AS
$$ SELECT (extract(epoch FROM clock_timestamp()) * 1000)::BIGINT $$;

-- A key too long for a payload is left out: then everything may have changed.
CREATE FUNCTION announce_v1(p_owner TEXT, p_key TEXT) RETURNS VOID LANGUAGE sql AS
$$ SELECT pg_notify('bill_guide', p_owner || ' ' || CASE WHEN octet_length(p_key) < 7900 THEN p_key ELSE '' END) $$;

CREATE FUNCTION accept_v3(
  p_key_hash BYTEA, p_key TEXT, p_channel_id TEXT, p_conversation_id TEXT, p_user_id TEXT, p_reference TEXT,
  p_created_at_ms BIGINT, p_idempotency_hash BYTEA, p_activity_id TEXT, p_sealed BYTEA, p_echo TEXT,
  p_received_at_ms BIGINT, p_queue_limit INTEGER, p_owner TEXT, p_claim_ms INTEGER,
  OUT o_status TEXT, OUT o_ticket BIGINT, OUT o_activity_id TEXT, OUT o_done BOOLEAN, OUT o_echo_seq BIGINT
) LANGUAGE plpgsql AS $$
DECLARE
  c conversation%ROWTYPE;
  now_ms BIGINT;
  elsewhere BOOLEAN;
BEGIN
  LOOP
    SELECT * INTO c FROM conversation WHERE key_hash = p_key_hash FOR UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO conversation
      (key_hash, key, channel_id, conversation_id, user_id, reference, created_at_ms, active_at_ms)
    VALUES (p_key_hash, p_key, p_channel_id, p_conversation_id, p_user_id, p_reference, p_created_at_ms, p_created_at_ms)
    ON CONFLICT (key_hash) DO NOTHING;
  END LOOP;
  IF c.erased THEN
    o_status := 'erased';
    RETURN;
  END IF;
  SELECT 'duplicate', ticket, activity_id, done_at_ms IS NOT NULL INTO o_status, o_ticket, o_activity_id, o_done
  FROM inbox WHERE conversation = c.id AND idempotency_hash = p_idempotency_hash;
  IF FOUND THEN RETURN; END IF;
  IF c.pending >= p_queue_limit THEN
    o_status := 'queueFull';
    RETURN;
  END IF;
  o_status := 'accepted';
  o_ticket := c.last_ticket + 1;
  INSERT INTO inbox (conversation, ticket, idempotency_hash, activity_id, sealed_activity, received_at_ms)
  VALUES (c.id, o_ticket, p_idempotency_hash, p_activity_id, p_sealed, p_received_at_ms);
  IF p_echo IS NOT NULL THEN
    o_echo_seq := c.last_seq + 1;
    INSERT INTO activity_log (conversation, seq, ticket, is_reply, activity)
    VALUES (c.id, o_echo_seq, o_ticket, FALSE, p_echo);
    PERFORM announce_v1(p_owner, c.key);
  END IF;
  now_ms := clock_ms_v1();
  elsewhere := c.claim_until_ms > now_ms AND c.claim_owner <> p_owner;
  UPDATE conversation SET reference = p_reference, last_ticket = o_ticket,
    last_seq = coalesce(o_echo_seq, c.last_seq), pending = pending + 1,
    active_at_ms = greatest(active_at_ms, p_received_at_ms),
    claim_owner = CASE WHEN elsewhere THEN claim_owner ELSE p_owner END,
    claim_until_ms = CASE WHEN elsewhere THEN claim_until_ms ELSE now_ms + p_claim_ms END
  WHERE id = c.id;
END $$;

-- Inside a transaction that holds no record's lock yet. Arguments as those of commit_v1; false: conflict.
CREATE FUNCTION write_records_v1(
  p_now_ms BIGINT, p_locks BIGINT[], p_shared BOOLEAN[], p_record_hashes BYTEA[], p_record_keys TEXT[],
  p_versions BIGINT[], p_changes TEXT[], p_values TEXT[], p_expiries BIGINT[]
) RETURNS BOOLEAN LANGUAGE plpgsql AS $$
BEGIN
  FOR at IN 1 .. cardinality(p_locks) LOOP
    IF p_shared[at] THEN PERFORM pg_advisory_xact_lock_shared(p_locks[at]);
    ELSE PERFORM pg_advisory_xact_lock(p_locks[at]);
    END IF;
  END LOOP;
  PERFORM 1 FROM unnest(p_record_hashes, p_versions) AS wanted (key_hash, version)
    LEFT JOIN record ON record.key_hash = wanted.key_hash
      AND (record.expires_at_ms IS NULL OR record.expires_at_ms > p_now_ms)
    WHERE coalesce(record.version, 0) <> wanted.version;
  IF FOUND THEN RETURN FALSE; END IF;
  -- A sweep that is removing one of them ends first, and the highest removed version is read after it.
  PERFORM 1 FROM record JOIN unnest(p_record_hashes, p_changes) AS wanted (key_hash, change) USING (key_hash)
    WHERE change <> 'checkOnly' FOR UPDATE OF record;
  INSERT INTO record (key_hash, key, version, value, expires_at_ms)
  SELECT key_hash, key, (SELECT removed_record_version + 1 FROM upkeep), value, expires_at_ms
  FROM unnest(p_record_hashes, p_record_keys, p_changes, p_values, p_expiries)
    AS wanted (key_hash, key, change, value, expires_at_ms)
  WHERE change = 'write'
  ON CONFLICT (key_hash) DO UPDATE SET version = record.version + 1, key = excluded.key, value = excluded.value,
    expires_at_ms = excluded.expires_at_ms;
  UPDATE record SET value = 'null', expires_at_ms = 0
  FROM unnest(p_record_hashes, p_changes) AS wanted (key_hash, change)
  WHERE record.key_hash = wanted.key_hash AND change = 'delete';
  RETURN TRUE;
END $$;

CREATE FUNCTION commit_v2(
  p_key_hash BYTEA, p_ticket BIGINT, p_now_ms BIGINT, p_committed_at_ms BIGINT,
  p_locks BIGINT[], p_shared BOOLEAN[],
  p_record_hashes BYTEA[], p_versions BIGINT[], p_changes TEXT[], p_values TEXT[], p_expiries BIGINT[],
  p_replies TEXT[],
  p_outbox_hashes BYTEA[], p_outbox_keys TEXT[], p_kinds TEXT[], p_payloads TEXT[], p_due BIGINT[], p_lanes BYTEA[],
  p_streams TEXT[], p_stream_texts TEXT[], p_bodies TEXT[], p_texts TEXT[],
  p_record_keys TEXT[], p_owner TEXT, p_claim_ms INTEGER,
  OUT o_status TEXT, OUT o_first_seq BIGINT
) LANGUAGE plpgsql AS $$
DECLARE
  c conversation%ROWTYPE;
BEGIN
  SELECT * INTO c FROM conversation WHERE key_hash = p_key_hash FOR UPDATE;
  IF NOT FOUND OR p_ticket < 1 OR p_ticket > c.last_ticket THEN
    o_status := 'unknown';
    RETURN;
  END IF;
  -- A ticket that was given out and is not pending is done, even if its row has been swept.
  PERFORM 1 FROM inbox WHERE conversation = c.id AND ticket = p_ticket AND done_at_ms IS NULL;
  IF NOT FOUND THEN
    o_status := 'alreadyDone';
    RETURN;
  END IF;
  IF NOT write_records_v1(p_now_ms, p_locks, p_shared, p_record_hashes, p_record_keys, p_versions, p_changes,
    p_values, p_expiries)
  THEN
    o_status := 'conflict';
    RETURN;
  END IF;

  o_first_seq := c.last_seq + 1;
  INSERT INTO activity_log (conversation, seq, ticket, is_reply, activity)
  SELECT c.id, c.last_seq + place, p_ticket, TRUE, activity
  FROM unnest(p_replies) WITH ORDINALITY AS reply (activity, place);
  IF cardinality(p_outbox_hashes) > 0 THEN
    INSERT INTO outbox (key_hash, key, kind, payload, not_before_ms, due_at_ms, lane_hash)
    SELECT key_hash, key, kind, payload, due, due, lane
    FROM unnest(p_outbox_hashes, p_outbox_keys, p_kinds, p_payloads, p_due, p_lanes) WITH ORDINALITY
      AS entry (key_hash, key, kind, payload, due, lane, place)
    ORDER BY place
    ON CONFLICT (key_hash) DO NOTHING;
  END IF;
  IF cardinality(p_streams) > 0 THEN
    PERFORM append_journal_v1(p_streams, p_stream_texts, p_bodies, p_texts, p_committed_at_ms);
  END IF;
  UPDATE inbox SET sealed_activity = NULL, done_at_ms = p_committed_at_ms
  WHERE conversation = c.id AND ticket = p_ticket;
  UPDATE conversation SET last_seq = c.last_seq + cardinality(p_replies), pending = c.pending - 1,
    active_at_ms = greatest(active_at_ms, p_committed_at_ms),
    claim_until_ms = CASE WHEN c.claim_owner <> p_owner THEN c.claim_until_ms
      WHEN c.pending > 1 THEN clock_ms_v1() + p_claim_ms ELSE 0 END
  WHERE id = c.id;
  PERFORM announce_v1(p_owner, c.key);
  o_status := 'committed';
END $$;
`;
