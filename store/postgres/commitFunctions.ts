/**
 * What must happen as one is one function call: one round trip, one flush.
 *
 * Locks are always taken in this order, so that no two calls wait for each other: the conversation's row; the
 * advisory locks of records and lanes, by number; the journal's stream heads, by name. Advisory locks stand for
 * records that do not exist yet, which have no row to lock.
 *
 * A later version adds `…_v2` beside these: replicas of this one may still be calling them.
 */
export const commitFunctions = `
CREATE FUNCTION accept_v1(
  p_key_hash BYTEA, p_key TEXT, p_channel_id TEXT, p_conversation_id TEXT, p_user_id TEXT, p_reference TEXT,
  p_created_at_ms BIGINT, p_idempotency_hash BYTEA, p_activity_id TEXT, p_sealed BYTEA, p_echo TEXT,
  p_received_at_ms BIGINT, p_queue_limit INTEGER,
  OUT o_status TEXT, OUT o_ticket BIGINT, OUT o_activity_id TEXT, OUT o_done BOOLEAN, OUT o_echo_seq BIGINT
) LANGUAGE plpgsql AS $$
DECLARE
  c conversation%ROWTYPE;
BEGIN
  LOOP
    SELECT * INTO c FROM conversation WHERE key_hash = p_key_hash FOR UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO conversation
      (key_hash, key, channel_id, conversation_id, user_id, reference, created_at_ms, active_at_ms)
    VALUES (p_key_hash, p_key, p_channel_id, p_conversation_id, p_user_id, p_reference, p_created_at_ms, p_created_at_ms)
    ON CONFLICT (key_hash) DO NOTHING;
  END LOOP;
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
  END IF;
  UPDATE conversation SET reference = p_reference, last_ticket = o_ticket,
    last_seq = coalesce(o_echo_seq, c.last_seq), pending = pending + 1,
    active_at_ms = greatest(active_at_ms, p_received_at_ms)
  WHERE id = c.id;
END $$;

-- The hash is journalHash of services/journal/journal.ts; p_texts are the bodies as JSON strings.
CREATE FUNCTION append_journal_v1(
  p_streams TEXT[], p_stream_texts TEXT[], p_bodies TEXT[], p_texts TEXT[], p_at_ms BIGINT
) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
  head journal_stream%ROWTYPE;
  linked TEXT;
BEGIN
  INSERT INTO journal_stream (stream, last_seq, last_hash)
  SELECT DISTINCT stream, 0, repeat('0', 64) FROM unnest(p_streams) AS stream ORDER BY stream
  ON CONFLICT (stream) DO NOTHING;
  PERFORM 1 FROM journal_stream WHERE stream = ANY (p_streams) ORDER BY stream FOR UPDATE;
  FOR at IN 1 .. cardinality(p_streams) LOOP
    SELECT * INTO head FROM journal_stream WHERE stream = p_streams[at];
    linked := '["' || head.last_hash || '",' || p_stream_texts[at] || ',' || (head.last_seq + 1) || ',' ||
      p_at_ms || ',' || p_texts[at] || ']';
    linked := encode(sha256(convert_to(linked, 'UTF8')), 'hex');
    INSERT INTO journal (stream, seq, at_ms, body, previous_hash, hash)
    VALUES (p_streams[at], head.last_seq + 1, p_at_ms, p_bodies[at], head.last_hash, linked);
    UPDATE journal_stream SET last_seq = last_seq + 1, last_hash = linked WHERE stream = p_streams[at];
  END LOOP;
END $$;

-- p_changes: 'checkOnly', 'delete' or 'write'. p_locks: numbers of records and lanes, ascending; a positive
-- place in p_shared marks those that are only looked at.
CREATE FUNCTION commit_v1(
  p_key_hash BYTEA, p_ticket BIGINT, p_now_ms BIGINT, p_committed_at_ms BIGINT,
  p_locks BIGINT[], p_shared BOOLEAN[],
  p_record_hashes BYTEA[], p_versions BIGINT[], p_changes TEXT[], p_values TEXT[], p_expiries BIGINT[],
  p_replies TEXT[],
  p_outbox_hashes BYTEA[], p_outbox_keys TEXT[], p_kinds TEXT[], p_payloads TEXT[], p_due BIGINT[], p_lanes BYTEA[],
  p_streams TEXT[], p_stream_texts TEXT[], p_bodies TEXT[], p_texts TEXT[],
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
  FOR at IN 1 .. cardinality(p_locks) LOOP
    IF p_shared[at] THEN PERFORM pg_advisory_xact_lock_shared(p_locks[at]);
    ELSE PERFORM pg_advisory_xact_lock(p_locks[at]);
    END IF;
  END LOOP;
  PERFORM 1 FROM unnest(p_record_hashes, p_versions) AS wanted (key_hash, version)
    LEFT JOIN record ON record.key_hash = wanted.key_hash
      AND (record.expires_at_ms IS NULL OR record.expires_at_ms > p_now_ms)
    WHERE coalesce(record.version, 0) <> wanted.version;
  IF FOUND THEN
    o_status := 'conflict';
    RETURN;
  END IF;

  -- A sweep that is removing one of them ends first, and the highest removed version is read after it.
  PERFORM 1 FROM record JOIN unnest(p_record_hashes, p_changes) AS wanted (key_hash, change) USING (key_hash)
    WHERE change <> 'checkOnly' FOR UPDATE OF record;
  INSERT INTO record (key_hash, version, value, expires_at_ms)
  SELECT key_hash, (SELECT removed_record_version + 1 FROM upkeep), value, expires_at_ms
  FROM unnest(p_record_hashes, p_changes, p_values, p_expiries) AS wanted (key_hash, change, value, expires_at_ms)
  WHERE change = 'write'
  ON CONFLICT (key_hash) DO UPDATE SET version = record.version + 1, value = excluded.value,
    expires_at_ms = excluded.expires_at_ms;
  UPDATE record SET value = 'null', expires_at_ms = 0
  FROM unnest(p_record_hashes, p_changes) AS wanted (key_hash, change)
  WHERE record.key_hash = wanted.key_hash AND change = 'delete';

  o_first_seq := c.last_seq + 1;
  INSERT INTO activity_log (conversation, seq, ticket, is_reply, activity)
  SELECT c.id, c.last_seq + place, p_ticket, TRUE, activity
  FROM unnest(p_replies) WITH ORDINALITY AS reply (activity, place);
  INSERT INTO outbox (key_hash, key, kind, payload, not_before_ms, due_at_ms, lane_hash)
  SELECT key_hash, key, kind, payload, due, due, lane
  FROM unnest(p_outbox_hashes, p_outbox_keys, p_kinds, p_payloads, p_due, p_lanes) WITH ORDINALITY
    AS entry (key_hash, key, kind, payload, due, lane, place)
  ORDER BY place
  ON CONFLICT (key_hash) DO NOTHING;
  IF cardinality(p_streams) > 0 THEN
    PERFORM append_journal_v1(p_streams, p_stream_texts, p_bodies, p_texts, p_committed_at_ms);
  END IF;
  UPDATE inbox SET sealed_activity = NULL, done_at_ms = p_committed_at_ms
  WHERE conversation = c.id AND ticket = p_ticket;
  UPDATE conversation SET last_seq = c.last_seq + cardinality(p_replies), pending = pending - 1,
    active_at_ms = greatest(active_at_ms, p_committed_at_ms)
  WHERE id = c.id;
  o_status := 'committed';
END $$;
`;
