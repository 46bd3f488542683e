-- The key that a message came with: what it may do is looked up at every step. Without one, the roles of the time of asking count.
ALTER TABLE chat_turn ADD COLUMN key_id text;

-- Whether somebody who asked for a task still has a key.
CREATE INDEX api_key_by_name ON api_key (tenant_id, name);

-- Of an ended turn, what happened in it is cleared away after a while; its last event, with the answer, stays.
ALTER TABLE chat_turn ADD COLUMN cleared boolean NOT NULL DEFAULT false;
CREATE INDEX chat_turn_to_clear ON chat_turn (done_at) WHERE NOT cleared;

DROP INDEX document_age;
CREATE INDEX document_age ON document (created_at);

-- for the sweeps below
CREATE POLICY owner_all ON chat_event TO infraai_owner USING (true) WITH CHECK (true);
CREATE POLICY owner_all ON document TO infraai_owner USING (true) WITH CHECK (true);

CREATE FUNCTION sweep_old_events(age interval, most int) RETURNS int
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH old AS (
        SELECT t.tenant_id, t.id FROM public.chat_turn t
        WHERE t.done_at < now() - age AND NOT t.cleared
        ORDER BY t.done_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED),
    gone AS (
        DELETE FROM public.chat_event e USING old
        WHERE e.turn_id = old.id AND e.tenant_id = old.tenant_id
          AND e.sequence < (SELECT max(last.sequence) FROM public.chat_event last WHERE last.turn_id = old.id)),
    cleared AS (
        UPDATE public.chat_turn t SET cleared = true FROM old WHERE t.tenant_id = old.tenant_id AND t.id = old.id)
    SELECT count(*)::int FROM old
$$;

CREATE FUNCTION sweep_old_documents(age interval, most int) RETURNS int
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH old AS (
        SELECT d.tenant_id, d.id FROM public.document d WHERE d.created_at < now() - age
        ORDER BY d.created_at LIMIT most FOR UPDATE SKIP LOCKED),
    gone AS (
        DELETE FROM public.document d USING old WHERE d.tenant_id = old.tenant_id AND d.id = old.id)
    SELECT count(*)::int FROM old
$$;

REVOKE ALL ON FUNCTION sweep_old_events(interval, int), sweep_old_documents(interval, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sweep_old_events(interval, int), sweep_old_documents(interval, int) TO infraai_app;

-- A user may have a session deleted.
GRANT DELETE ON chat_session, chat_turn, chat_event, chat_history TO infraai_app;
