package io.infraai.persistence.task;

/**
 * The statements of a task's execution, each for any number of tasks; {@code ord} says which of them a row is about.
 *
 * <p>The queue grows and empties faster than the server takes statistics of it, so no plan may rest on them: tasks are fetched by
 * their key behind {@code OFFSET 0}, heads of lines by {@code LIMIT 1}, and a running task is told by its lease, which no partial
 * index is about.
 */
final class ExecutionSql {

    /**
     * Grants what is due and first in its target's line. What may not start any more ends here when nobody can have called it;
     * otherwise it is granted to be settled. A lapsed lease is a crash, and the third one is the last.
     */
    static final String CLAIM = """
            WITH candidate AS (
                SELECT t.id, t.state, t.intent IS NOT NULL AS sent, t.crashes + (t.state = 'running')::int AS crashes,
                       a.worker, a.lease, a.ord,
                       CASE WHEN t.cancel_requested THEN 'Cancelled'
                            WHEN (SELECT e.closed_at IS NOT NULL FROM episode e WHERE e.id = t.episode_id) THEN 'The alert resolved'
                            WHEN t.stale_at <= now() THEN 'Too old'
                            WHEN EXISTS (SELECT 1 FROM pause) THEN 'Paused' END AS stop
                FROM unnest($1::bigint[], $2::text[], $3::bigint[]) WITH ORDINALITY AS a(id, worker, lease, ord)
                CROSS JOIN LATERAL (SELECT * FROM task WHERE id = a.id OFFSET 0 FOR NO KEY UPDATE SKIP LOCKED) t
                WHERE (t.state = 'queued' AND t.next_run_at <= now() OR t.state = 'running'
                        AND (t.lease_until < now() OR t.lease_until > now() + $4 * interval '1 ms'))
                  AND t.line = (SELECT h.line FROM task h WHERE h.target_key = t.target_key
                                AND h.state IN ('queued', 'running') ORDER BY h.line LIMIT 1)),
            verdict AS (
                SELECT *, CASE WHEN crashes >= 3 THEN 'dead' WHEN stop IS NULL OR sent THEN 'running'
                               WHEN stop = 'Too old' THEN 'expired' WHEN stop <> 'Paused' THEN 'cancelled'
                               WHEN state = 'queued' THEN 'held' ELSE 'queued' END AS becomes FROM candidate)
            UPDATE task t SET state = becomes, crashes = v.crashes, attempt = attempt + (becomes = 'running')::int,
                fence = CASE becomes WHEN 'running' THEN nextval('task_fence') ELSE fence END,
                lease_owner = CASE becomes WHEN 'running' THEN v.worker END,
                lease_until = CASE becomes WHEN 'running' THEN now() + v.lease * interval '1 ms' END,
                started_at = CASE becomes WHEN 'running' THEN coalesce(started_at, now()) ELSE started_at END,
                done_at = CASE WHEN becomes IN ('dead', 'expired', 'cancelled') THEN now() END,
                reason = CASE becomes WHEN 'dead' THEN 'Three workers died over it' ELSE stop END
            FROM verdict v WHERE t.id = v.id
            RETURNING v.ord, t.id, uid, t.state, reason, fence, tool, kind, target_key, params::text, intent::text, attempt,
                t.crashes, stop IS NULL AS may_act, dry_run, guards::text, requested_by""";

    static final String INTEND = """
            UPDATE task t SET intent = a.intent::jsonb
            FROM unnest($1::bigint[], $2::bigint[], $3::text[]) WITH ORDINALITY AS a(id, fence, intent, ord)
            WHERE t.id = a.id AND t.fence = a.fence AND t.lease_until IS NOT NULL
              AND (t.intent IS NULL OR t.intent = a.intent::jsonb)
              AND NOT t.cancel_requested AND t.stale_at > now() AND NOT EXISTS (SELECT 1 FROM pause)
              AND coalesce((SELECT e.closed_at IS NULL FROM episode e WHERE e.id = t.episode_id), true)
            RETURNING a.ord""";

    static final String HEARTBEAT = """
            UPDATE task t SET lease_until = now() + a.lease * interval '1 ms'
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS a(id, fence, lease, ord)
            WHERE t.id = a.id AND t.fence = a.fence AND t.lease_until IS NOT NULL
            RETURNING a.ord""";

    /** The statement sees the table as it was before: the finished task itself still stands first, and is passed over. */
    static final String FINISH = """
            WITH moved AS (
                UPDATE task t SET state = a.state, outcome = coalesce(a.detail::jsonb, outcome), reason = a.summary,
                    done_at = CASE WHEN a.state <> 'queued' THEN now() END, lease_owner = NULL, lease_until = NULL,
                    next_run_at = now() + a.delay * interval '1 ms', ring_at = now() + a.delay * interval '1 ms',
                    attempt = attempt - a.uncounted
                FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::int[], $6::text[], $7::text[])
                     WITH ORDINALITY AS a(id, fence, state, delay, uncounted, summary, detail, ord)
                WHERE t.id = a.id AND t.fence = a.fence AND t.lease_until IS NOT NULL
                RETURNING t.tenant_id, t.id, tool, target_key, t.state, a.summary, attempt + a.uncounted AS attempt, a.ord),
            logged AS (
                INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
                SELECT tenant_id, id, tool, target_key, state, summary, attempt FROM moved)
            SELECT m.ord, n.id AS next FROM moved m LEFT JOIN LATERAL (
                SELECT id, state, next_run_at FROM task q
                WHERE q.target_key = m.target_key AND q.state IN ('queued', 'running') AND q.id <> m.id
                ORDER BY q.line LIMIT 1) n
            ON m.state <> 'queued' AND n.state = 'queued' AND n.next_run_at <= now()""";

    static final String RELEASE = """
            UPDATE task SET state = 'queued', attempt = attempt - 1, lease_owner = NULL, lease_until = NULL, next_run_at = now(),
                ring_at = now()
            WHERE id = $1 AND fence = $2 AND lease_until IS NOT NULL""";

    static final String LOG = """
            INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
            SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[])""";

    private ExecutionSql() {}
}
