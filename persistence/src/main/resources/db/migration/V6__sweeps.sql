-- What bells and workers left behind, across tenants. Rows that someone works on are skipped, so sweeps of several processes
-- neither wait for each other nor report the same row twice. Each costs what it finds, however much waits.

CREATE FUNCTION sweep_undecided_episodes(age interval, most int) RETURNS TABLE (tenant_id text, id uuid)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH lost AS (
        SELECT u.tenant_id, u.episode_id FROM public.undecided u WHERE u.ring_at <= now()
        ORDER BY u.ring_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE public.undecided u SET ring_at = now() + age FROM lost
    WHERE u.tenant_id = lost.tenant_id AND u.episode_id = lost.episode_id
    RETURNING u.tenant_id, u.episode_id
$$;

-- A task that stands behind another is put off without a bell: the one that ends before it rings for it.
CREATE FUNCTION sweep_due_tasks(age interval, longest_lease interval, most int) RETURNS TABLE (tenant_id text, id bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH queued AS (
        SELECT t.tenant_id, t.id FROM public.task t
        WHERE t.state = 'queued' AND t.ring_at <= now()
        ORDER BY t.ring_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED),
    lapsed AS (
        SELECT t.tenant_id, t.id FROM public.task t
        WHERE t.state = 'running' AND (t.lease_until < now() OR t.lease_until > now() + 2 * longest_lease)
          AND t.ring_at <= now()
        ORDER BY t.lease_until LIMIT most FOR NO KEY UPDATE SKIP LOCKED),
    due AS (SELECT * FROM queued UNION ALL SELECT * FROM lapsed),
    put_off AS (
        UPDATE public.task t SET ring_at = now() + age FROM due
        WHERE t.tenant_id = due.tenant_id AND t.id = due.id
        RETURNING t.tenant_id, t.id, t.target_key, t.line)
    SELECT p.tenant_id, p.id FROM put_off p
    WHERE p.line = (SELECT h.line FROM public.task h
                    WHERE h.tenant_id = p.tenant_id AND h.target_key = p.target_key AND h.state IN ('queued', 'running')
                    ORDER BY h.line LIMIT 1)
$$;

-- A task that may have been called isn't ended here: its next claim settles it.
CREATE FUNCTION sweep_stale_tasks(most int) RETURNS int
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH stale AS (
        SELECT t.tenant_id, t.id FROM public.task t
        WHERE t.state IN ('queued', 'held', 'awaiting_approval') AND t.intent IS NULL AND t.stale_at <= now()
        ORDER BY t.stale_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED),
    ended AS (
        UPDATE public.task t SET state = 'expired', done_at = now(), reason = 'Waited for longer than ' || t.max_age
        FROM stale s WHERE t.tenant_id = s.tenant_id AND t.id = s.id
        RETURNING t.*),
    logged AS (
        INSERT INTO public.job_logs (tenant_id, task_id, action, target, status, result, attempt)
        SELECT e.tenant_id, e.id, e.tool, e.target_key, e.state, e.reason, e.attempt FROM ended e)
    SELECT count(*)::int FROM ended
$$;

-- Closes what nobody repeated. It ended, by its sender's clock, when it was last known to start: a repeat that comes after all
-- is then the same firing, and a later start a new one. Looks through all open alerts, so it isn't for every second.
CREATE FUNCTION sweep_silent_episodes(silence interval, most int) RETURNS int
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
    ended AS (
        UPDATE public.task t SET state = 'cancelled', reason = 'The alert fell silent', done_at = now()
        FROM closed c JOIN public.decision d ON d.tenant_id = c.tenant_id AND d.episode_id = c.episode_id
        WHERE t.tenant_id = d.tenant_id AND t.id = d.task_id
          AND t.state IN ('queued', 'held', 'awaiting_approval') AND t.intent IS NULL
        RETURNING t.*),
    logged AS (
        INSERT INTO public.job_logs (tenant_id, task_id, action, target, status, result, attempt)
        SELECT e.tenant_id, e.id, e.tool, e.target_key, e.state, e.reason, e.attempt FROM ended e)
    SELECT count(*)::int FROM closed
$$;

REVOKE ALL ON FUNCTION sweep_undecided_episodes(interval, int), sweep_due_tasks(interval, interval, int),
    sweep_stale_tasks(int), sweep_silent_episodes(interval, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sweep_undecided_episodes(interval, int), sweep_due_tasks(interval, interval, int),
    sweep_stale_tasks(int), sweep_silent_episodes(interval, int) TO infraai_app;

-- These grow from nothing to a storm between two rounds of the server's default, which waits until a tenth of a table has changed;
-- until it has statistics it takes a tenant's rows for a two-hundredth of all.
ALTER TABLE alert_state SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE episode SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE undecided SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE task SET (autovacuum_analyze_scale_factor = 0.02, autovacuum_vacuum_scale_factor = 0.05);
ALTER TABLE decision SET (autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE job_logs SET (autovacuum_analyze_scale_factor = 0.02);
