-- Releases meet a schema that isn't theirs while they are upgraded, and a past that isn't theirs after a restore.

-- A migration that the services before it can't work with sets works_from to its own number.
CREATE TABLE schema_compatibility (
    the_only   boolean PRIMARY KEY DEFAULT true CHECK (the_only),
    works_from int     NOT NULL                            -- services built for an older schema must not be ready on this one
);
INSERT INTO schema_compatibility (works_from) VALUES (11);

-- With the rights of its owner: the application has none on what Flyway keeps.
CREATE VIEW schema_version AS
    SELECT max(h.version::int) AS version, (SELECT works_from FROM schema_compatibility) AS works_from
    FROM flyway_schema_history h WHERE h.success AND h.version ~ '^[0-9]+$';
GRANT SELECT ON schema_version TO infraai_app;

CREATE POLICY owner_all ON pause TO infraai_owner USING (true) WITH CHECK (true);

-- For whoever restored a backup, before any service starts. What the rows ask for may have been done since the backup was made,
-- and nothing here can tell; so nothing that was begun then is done by itself now. Tasks that may have been sent are settled by
-- the identity that is stored, without another call; people may retry the others. Everything new is held until a person resumes.
CREATE FUNCTION after_restore() RETURNS TABLE (what text, how_many bigint) LANGUAGE plpgsql AS $$
DECLARE
    why constant text := 'The database was restored; whether it was done since isn''t known';
BEGIN
    what := 'tenants paused';
    INSERT INTO pause (tenant_id, by, reason) SELECT id, 'restore', 'The database was restored' FROM tenant
        ON CONFLICT (tenant_id) DO NOTHING;
    GET DIAGNOSTICS how_many = ROW_COUNT;
    RETURN NEXT;

    what := 'tasks expired';
    WITH ended AS (
        UPDATE task SET state = 'expired', done_at = now(), reason = why, lease_owner = NULL, lease_until = NULL
        WHERE state IN ('queued', 'running', 'held', 'awaiting_approval') AND intent IS NULL
        RETURNING *)
    INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
        SELECT tenant_id, id, tool, target_key, state, reason, attempt FROM ended;
    GET DIAGNOSTICS how_many = ROW_COUNT;
    RETURN NEXT;

    what := 'tasks to be settled';
    UPDATE task SET stale_at = now(), ring_at = now(), next_run_at = now(), lease_until = CASE state WHEN 'running' THEN now() END
        WHERE state IN ('queued', 'running');
    GET DIAGNOSTICS how_many = ROW_COUNT;
    RETURN NEXT;

    -- its alert is known, so that a repeat of it opens nothing either
    what := 'episodes left undecided';
    DELETE FROM undecided;
    GET DIAGNOSTICS how_many = ROW_COUNT;
    RETURN NEXT;

    what := 'turns cancelled';
    UPDATE chat_turn SET state = 'cancelled', done_at = now(), lease_until = NULL
        WHERE state IN ('queued', 'running', 'waiting');
    GET DIAGNOSTICS how_many = ROW_COUNT;
    RETURN NEXT;
END
$$;
REVOKE ALL ON FUNCTION after_restore() FROM PUBLIC;
