-- Whether what a task did helped: its verdict is a part of the task, so that no row is added and none looked up for it where tasks
-- are claimed and ended. See docs/adr/0019.
ALTER TABLE task
    ADD COLUMN step          int NOT NULL DEFAULT 0,       -- of its policy's plan; the first is what the policy asks for
    ADD COLUMN verify        jsonb,                        -- as the policy says it, placeholders filled; null: nobody looks
    ADD COLUMN next_steps    jsonb,                        -- what is left of the plan for when it doesn't help
    ADD COLUMN effect        text CHECK (effect IN ('awaited', 'effective', 'ineffective', 'unknown')),
    ADD COLUMN effect_reason text,
    ADD COLUMN verify_at     timestamptz,                  -- when it is looked at next
    ADD COLUMN verify_until  timestamptz,
    ADD COLUMN next_task_id  bigint,
    ADD CHECK (effect IS NULL OR state = 'done'),
    ADD CHECK ((verify_at IS NOT NULL) = (effect IS NOT NULL AND effect = 'awaited'));

CREATE INDEX task_verify_due ON task (verify_at) WHERE effect = 'awaited';
-- The first task of a plan is found by its decision.
CREATE INDEX task_later_step ON task (tenant_id, episode_id) WHERE step > 0;

-- Takes what is due, of those that wait for their alert or of those that wait for a metric, since metrics may take long to answer, and
-- gives back what may be judged now. Whoever took it has until "again"; then it is somebody else's. An alert
-- that still fires within its time is only looked at again later, less and less often: its end itself makes the task due, before all others. The rows
-- are locked before episodes are looked at, so an end that isn't seen here waits for the lock and makes the task due after all.
CREATE FUNCTION claim_verifications(by_metric boolean, again interval, most int)
    RETURNS TABLE (tenant_id text, id bigint, metric jsonb)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    tenants  text[];
    ids      bigint[];
    episodes uuid[];
BEGIN
    SELECT array_agg(d.tenant_id), array_agg(d.id), array_agg(d.episode_id) INTO tenants, ids, episodes FROM (
        SELECT t.tenant_id, t.id, t.episode_id FROM public.task t
        WHERE t.effect = 'awaited' AND t.verify_at <= now() AND (t.verify -> 'promql' IS NOT NULL) = by_metric
        ORDER BY t.verify_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED) d;
    RETURN QUERY
    WITH looked AS (
        SELECT d.tenant_id, d.id, e.closed_at IS NULL AS open
        FROM unnest(tenants, ids, episodes) AS d(tenant_id, id, episode_id)
        LEFT JOIN LATERAL (
            SELECT x.closed_at FROM public.episode x
            WHERE x.tenant_id = d.tenant_id AND x.id = d.episode_id OFFSET 0) e ON true),
    taken AS (
        UPDATE public.task t SET verify_at = CASE
            WHEN t.verify_until <= now() THEN now() + again
            WHEN by_metric THEN least(t.verify_until, now() + again)
            WHEN l.open THEN least(t.verify_until, now() + greatest(5 * (now() - t.done_at), interval '10 seconds'))
            ELSE now() + again END
        FROM looked l
        WHERE t.tenant_id = l.tenant_id AND t.id = l.id AND t.id = ANY (ids)
        RETURNING t.tenant_id, t.id, t.verify -> 'promql' AS metric, l.open AND t.verify_until > now() AS early)
    SELECT k.tenant_id, k.id, k.metric FROM taken k WHERE by_metric OR NOT k.early;
END
$$;
REVOKE ALL ON FUNCTION claim_verifications(boolean, interval, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION claim_verifications(boolean, interval, int) TO infraai_app;

-- As before, and for all steps of a plan; what waits for the alert's end is judged.
CREATE OR REPLACE FUNCTION sweep_silent_episodes(silence interval, most int) RETURNS int
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH quiet AS (
        SELECT s.tenant_id, s.alert_key FROM public.alert_state s
        WHERE s.open AND s.last_seen < now() - silence
        ORDER BY s.last_seen LIMIT most FOR NO KEY UPDATE SKIP LOCKED),
    closed AS (
        UPDATE public.alert_state s SET open = false, closed_at = now(), ended_at = s.latest_start
        FROM quiet q WHERE s.tenant_id = q.tenant_id AND s.alert_key = q.alert_key
        RETURNING s.tenant_id, s.episode_id, s.repeats),
    told AS (
        UPDATE public.episode e SET state = 'silent', closed_at = now(), repeats = c.repeats
        FROM closed c WHERE e.tenant_id = c.tenant_id AND e.id = c.episode_id),
    wanted AS (
        SELECT d.tenant_id, d.task_id AS id FROM closed c
        JOIN public.decision d ON d.tenant_id = c.tenant_id AND d.episode_id = c.episode_id
        WHERE d.task_id IS NOT NULL
        UNION ALL
        SELECT t.tenant_id, t.id FROM closed c
        JOIN public.task t ON t.tenant_id = c.tenant_id AND t.episode_id = c.episode_id AND t.step > 0),
    ended AS (
        UPDATE public.task t SET state = 'cancelled', reason = 'The alert fell silent', done_at = now()
        FROM wanted w WHERE t.tenant_id = w.tenant_id AND t.id = w.id
          AND t.state IN ('queued', 'held', 'awaiting_approval') AND t.intent IS NULL
        RETURNING t.*),
    due AS (
        UPDATE public.task t SET verify_at = '-infinity'
        FROM wanted w WHERE t.tenant_id = w.tenant_id AND t.id = w.id
          AND t.effect = 'awaited' AND t.verify -> 'promql' IS NULL),
    logged AS (
        INSERT INTO public.job_logs (tenant_id, task_id, action, target, status, result, attempt)
        SELECT e.tenant_id, e.id, e.tool, e.target_key, e.state, e.reason, e.attempt FROM ended e)
    SELECT count(*)::int FROM closed
$$;

-- As before, with what waits for its verdict.
CREATE OR REPLACE FUNCTION count_waiting(most int) RETURNS TABLE (what text, count bigint, oldest bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT w.what, count(w.since), coalesce(greatest((extract(epoch FROM now() - min(w.since)) * 1000)::bigint, 0), 0)
    FROM (
        SELECT k.what, NULL::timestamptz AS since
        FROM unnest(ARRAY['queued', 'running', 'held', 'awaiting_approval', 'in_doubt', 'dead', 'undecided', 'unverified']) AS k(what)
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
        (SELECT 'undecided', u.ring_at FROM public.undecided u ORDER BY u.ring_at LIMIT most)
        UNION ALL
        (SELECT 'unverified', t.done_at FROM public.task t WHERE t.effect = 'awaited' ORDER BY t.verify_at LIMIT most)) w
    GROUP BY w.what
$$;

-- As before; and what nobody could look at since isn't judged, nor does it lead to another step.
CREATE OR REPLACE FUNCTION after_restore() RETURNS TABLE (what text, how_many bigint) LANGUAGE plpgsql AS $$
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
        UPDATE task SET state = 'expired', done_at = now(), reason = why, lease_owner = NULL, lease_until = NULL,
            next_steps = NULL
        WHERE state IN ('queued', 'running', 'held', 'awaiting_approval') AND intent IS NULL
        RETURNING *)
    INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
        SELECT tenant_id, id, tool, target_key, state, reason, attempt FROM ended;
    GET DIAGNOSTICS how_many = ROW_COUNT;
    RETURN NEXT;

    what := 'tasks to be settled';
    UPDATE task SET stale_at = now(), ring_at = now(), next_run_at = now(), lease_until = CASE state WHEN 'running' THEN now() END,
            next_steps = NULL
        WHERE state IN ('queued', 'running');
    GET DIAGNOSTICS how_many = ROW_COUNT;
    RETURN NEXT;

    what := 'tasks not verified';
    WITH judged AS (
        UPDATE task SET effect = 'unknown', verify_at = NULL, next_steps = NULL,
            effect_reason = 'The database was restored: whether it helped isn''t known'
        WHERE effect = 'awaited'
        RETURNING *)
    INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
        SELECT tenant_id, id, 'verified', target_key, effect, effect_reason, attempt FROM judged;
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
