-- What bells and workers left behind, across tenants. Rows that someone works on are skipped, so sweeps of several processes
-- neither wait for each other nor report the same row twice.

CREATE FUNCTION sweep_undecided_episodes(age interval, most int) RETURNS TABLE (tenant_id text, id uuid)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH lost AS (
        SELECT e.tenant_id, e.id FROM public.episode e
        WHERE e.decided_at IS NULL AND e.closed_at IS NULL
          AND e.opened_at < now() - age AND (e.rung_at IS NULL OR e.rung_at < now() - age)
        ORDER BY e.opened_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE public.episode e SET rung_at = now() FROM lost
    WHERE e.tenant_id = lost.tenant_id AND e.id = lost.id
    RETURNING e.tenant_id, e.id
$$;

-- A task that was put back for a while has no other bell than this one, so it is rung as soon as it is due.
CREATE FUNCTION sweep_due_tasks(age interval, longest_lease interval, most int) RETURNS TABLE (tenant_id text, id bigint)
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH queued AS (
        SELECT t.tenant_id, t.id FROM public.task t
        WHERE t.state = 'queued' AND t.next_run_at <= now()
          AND CASE WHEN t.rung_at >= t.next_run_at THEN t.rung_at < now() - age
                   ELSE t.fence > 0 OR t.next_run_at < now() - age END
          AND NOT EXISTS (SELECT 1 FROM public.task h WHERE h.tenant_id = t.tenant_id AND h.target_key = t.target_key
                            AND h.state IN ('queued', 'running') AND h.line < t.line)
        ORDER BY t.next_run_at LIMIT most FOR NO KEY UPDATE SKIP LOCKED),
    lapsed AS (
        SELECT t.tenant_id, t.id FROM public.task t
        WHERE t.state = 'running' AND (t.lease_until < now() OR t.lease_until > now() + 2 * longest_lease)
          AND (t.rung_at IS NULL OR t.rung_at < now() - age)
        ORDER BY t.lease_until LIMIT most FOR NO KEY UPDATE SKIP LOCKED),
    due AS (SELECT * FROM queued UNION ALL SELECT * FROM lapsed)
    UPDATE public.task t SET rung_at = now() FROM due
    WHERE t.tenant_id = due.tenant_id AND t.id = due.id
    RETURNING t.tenant_id, t.id
$$;

-- A task that may have been called isn't ended here: its next claim settles it.
CREATE FUNCTION sweep_stale_tasks(most int) RETURNS int
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH waiting AS (
        SELECT t.tenant_id, t.id, e.closed_at IS NOT NULL AS resolved FROM public.task t
        LEFT JOIN public.episode e ON e.tenant_id = t.tenant_id AND e.id = t.episode_id
        WHERE t.state IN ('queued', 'held', 'awaiting_approval') AND t.intent IS NULL
          AND (e.closed_at IS NOT NULL OR t.waiting_since < now() - CASE t.state
                 WHEN 'awaiting_approval' THEN greatest(t.max_age, interval '30 minutes') ELSE t.max_age END)
        LIMIT most FOR NO KEY UPDATE OF t SKIP LOCKED),
    ended AS (
        UPDATE public.task t SET state = CASE WHEN w.resolved THEN 'cancelled' ELSE 'expired' END, done_at = now(),
               reason = CASE WHEN w.resolved THEN 'The alert resolved' ELSE 'Waited for longer than ' || t.max_age END
        FROM waiting w WHERE t.tenant_id = w.tenant_id AND t.id = w.id
        RETURNING t.*),
    logged AS (
        INSERT INTO public.job_logs (tenant_id, task_id, action, target, status, result, attempt)
        SELECT e.tenant_id, e.id, e.tool, e.target_key, e.state, e.reason, e.attempt FROM ended e)
    SELECT count(*)::int FROM ended
$$;

-- Closes what nobody repeated. It ended, by its sender's clock, when it was last known to start: a repeat that comes after all
-- is then the same firing, and a later start a new one.
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
        FROM closed c WHERE e.tenant_id = c.tenant_id AND e.id = c.episode_id)
    SELECT count(*)::int FROM closed
$$;

REVOKE ALL ON FUNCTION sweep_undecided_episodes(interval, int), sweep_due_tasks(interval, interval, int),
    sweep_stale_tasks(int), sweep_silent_episodes(interval, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sweep_undecided_episodes(interval, int), sweep_due_tasks(interval, interval, int),
    sweep_stale_tasks(int), sweep_silent_episodes(interval, int) TO infraai_app;
