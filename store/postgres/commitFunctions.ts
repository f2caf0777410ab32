import * as parts from './functionParts';

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
  ${parts.acceptArguments},
  ${parts.acceptAnswers}
) LANGUAGE plpgsql AS $$
DECLARE
  c conversation%ROWTYPE;
BEGIN
  ${parts.findOrMakeConversation}
  ${parts.refuseRepeatOrFullQueue}
  ${parts.takeMessage}
  IF p_echo IS NOT NULL THEN
    ${parts.logEcho}
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
  ${parts.commitArguments},
  OUT o_status TEXT, OUT o_first_seq BIGINT
) LANGUAGE plpgsql AS $$
DECLARE
  c conversation%ROWTYPE;
BEGIN
  ${parts.findPendingTurn}
  ${parts.lockAndCompareRecords}
  IF FOUND THEN
    o_status := 'conflict';
    RETURN;
  END IF;

  ${parts.waitForSweep}
  INSERT INTO record (key_hash, version, value, expires_at_ms)
  SELECT key_hash, (SELECT removed_record_version + 1 FROM upkeep), value, expires_at_ms
  FROM unnest(p_record_hashes, p_changes, p_values, p_expiries) AS wanted (key_hash, change, value, expires_at_ms)
  WHERE change = 'write'
  ON CONFLICT (key_hash) DO UPDATE SET version = record.version + 1, value = excluded.value,
    expires_at_ms = excluded.expires_at_ms;
  ${parts.deleteRecords}

  ${parts.logReplies}
  INSERT INTO outbox (key_hash, key, kind, payload, not_before_ms, due_at_ms, lane_hash)
  SELECT key_hash, key, kind, payload, due, due, lane
  FROM unnest(p_outbox_hashes, p_outbox_keys, p_kinds, p_payloads, p_due, p_lanes) WITH ORDINALITY
    AS entry (key_hash, key, kind, payload, due, lane, place)
  ORDER BY place
  ON CONFLICT (key_hash) DO NOTHING;
  ${parts.finishTurn}
  UPDATE conversation SET last_seq = c.last_seq + cardinality(p_replies), pending = pending - 1,
    active_at_ms = greatest(active_at_ms, p_committed_at_ms)
  WHERE id = c.id;
  o_status := 'committed';
END $$;
`;
