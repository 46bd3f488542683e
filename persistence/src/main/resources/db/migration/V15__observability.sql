-- The W3C trace context that work belongs to, written with what is taken up later: bells are lost, and sweepers know no trace.
-- An unsampled or unknown trace is none. Nothing is ever looked up by it.
ALTER TABLE episode ADD COLUMN traceparent text CHECK (length(traceparent) = 55);
ALTER TABLE task ADD COLUMN traceparent text CHECK (length(traceparent) = 55);
ALTER TABLE chat_turn ADD COLUMN traceparent text CHECK (length(traceparent) = 55);

-- What waits, across tenants, and since when, for metrics. Each count stops at "most" and is found by an index of nothing but
-- what it counts. No index for the ages alone: it would be written at every step of every task.
CREATE INDEX task_unsettled_since ON task (done_at) WHERE state IN ('in_doubt', 'dead');

CREATE FUNCTION count_waiting(most int) RETURNS TABLE (what text, count bigint, oldest bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT w.what, count(w.since), coalesce(greatest((extract(epoch FROM now() - min(w.since)) * 1000)::bigint, 0), 0)
    FROM (
        SELECT k.what, NULL::timestamptz AS since
        FROM unnest(ARRAY['queued', 'running', 'held', 'awaiting_approval', 'in_doubt', 'dead', 'undecided']) AS k(what)
        UNION ALL
        (SELECT 'queued', t.next_run_at FROM public.task t WHERE t.state = 'queued' ORDER BY t.ring_at LIMIT most)
        UNION ALL
        (SELECT 'running', t.started_at FROM public.task t WHERE t.state = 'running' LIMIT most)
        UNION ALL
        (SELECT t.state, t.created_at FROM public.task t WHERE t.state IN ('held', 'awaiting_approval') LIMIT most)
        UNION ALL
        -- those of a day: whoever was to look at them has by then
        (SELECT t.state, t.done_at FROM public.task t
         WHERE t.state IN ('in_doubt', 'dead') AND t.done_at > now() - interval '1 day' LIMIT most)
        UNION ALL
        (SELECT 'undecided', u.ring_at FROM public.undecided u ORDER BY u.ring_at LIMIT most)) w
    GROUP BY w.what
$$;
REVOKE ALL ON FUNCTION count_waiting(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_waiting(int) TO infraai_app;

-- How much a category of log lines tells until when, in every process of the installation: none of one tenant's.
CREATE TABLE log_level (
    category text        PRIMARY KEY CHECK (length(category) <= 200),
    level    text        NOT NULL CHECK (level IN ('ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE')),
    until    timestamptz NOT NULL,
    set_by   text        NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON log_level TO infraai_app;
