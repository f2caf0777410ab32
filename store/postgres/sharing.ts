import * as parts from './functionParts';

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
  ${parts.acceptArguments}, p_owner TEXT, p_claim_ms INTEGER,
  ${parts.acceptAnswers}
) LANGUAGE plpgsql AS $$
DECLARE
  c conversation%ROWTYPE;
  now_ms BIGINT;
  elsewhere BOOLEAN;
BEGIN
  ${parts.findOrMakeConversation}
  IF c.erased THEN
    o_status := 'erased';
    RETURN;
  END IF;
  ${parts.refuseRepeatOrFullQueue}
  ${parts.takeMessage}
  IF p_echo IS NOT NULL THEN
    ${parts.logEcho}
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
  ${parts.lockAndCompareRecords}
  IF FOUND THEN RETURN FALSE; END IF;
  ${parts.waitForSweep}
  INSERT INTO record (key_hash, key, version, value, expires_at_ms)
  SELECT key_hash, key, (SELECT removed_record_version + 1 FROM upkeep), value, expires_at_ms
  FROM unnest(p_record_hashes, p_record_keys, p_changes, p_values, p_expiries)
    AS wanted (key_hash, key, change, value, expires_at_ms)
  WHERE change = 'write'
  ON CONFLICT (key_hash) DO UPDATE SET version = record.version + 1, key = excluded.key, value = excluded.value,
    expires_at_ms = excluded.expires_at_ms;
  ${parts.deleteRecords}
  RETURN TRUE;
END $$;

CREATE FUNCTION commit_v2(
  ${parts.commitArguments},
  p_record_keys TEXT[], p_owner TEXT, p_claim_ms INTEGER,
  OUT o_status TEXT, OUT o_first_seq BIGINT
) LANGUAGE plpgsql AS $$
DECLARE
  c conversation%ROWTYPE;
BEGIN
  ${parts.findPendingTurn}
  IF NOT write_records_v1(p_now_ms, p_locks, p_shared, p_record_hashes, p_record_keys, p_versions, p_changes,
    p_values, p_expiries)
  THEN
    o_status := 'conflict';
    RETURN;
  END IF;

  ${parts.logReplies}
  IF cardinality(p_outbox_hashes) > 0 THEN
    INSERT INTO outbox (key_hash, key, kind, payload, not_before_ms, due_at_ms, lane_hash)
    SELECT key_hash, key, kind, payload, due, due, lane
    FROM unnest(p_outbox_hashes, p_outbox_keys, p_kinds, p_payloads, p_due, p_lanes) WITH ORDINALITY
      AS entry (key_hash, key, kind, payload, due, lane, place)
    ORDER BY place
    ON CONFLICT (key_hash) DO NOTHING;
  END IF;
  ${parts.finishTurn}
  UPDATE conversation SET last_seq = c.last_seq + cardinality(p_replies), pending = c.pending - 1,
    active_at_ms = greatest(active_at_ms, p_committed_at_ms),
    claim_until_ms = CASE WHEN c.claim_owner <> p_owner THEN c.claim_until_ms
      WHEN c.pending > 1 THEN clock_ms_v1() + p_claim_ms ELSE 0 END
  WHERE id = c.id;
  PERFORM announce_v1(p_owner, c.key);
  o_status := 'committed';
END $$;
`;
