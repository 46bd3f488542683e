package io.infraai.persistence.task;

/**
 * The statements of a task's execution, each for any number of tasks; {@code ord} says which of them a row is about.
 *
 * <p>The queue grows and empties faster than the server takes statistics of it, so no plan may rest on them: tasks are fetched by
 * their key behind {@code OFFSET 0} or by {@code = ANY} of the keys beside the join, heads of lines by {@code LIMIT 1}, and a
 * running task is told by its lease, which no partial index is about.
 */
final class ExecutionSql {

    static final String POLICY_CHANGED = """
            t.policy_id IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM policies o
                WHERE o.id = t.policy_id AND o.revision = t.policy_revision AND o.deleted_at IS NULL)""";

    /** What is remembered of a change, or of what may have been one: what was sent, to whom, and what became of it. */
    private static final String EFFECT = """
            INSERT INTO audit_entry (tenant_id, actor, action, target, task_id, detail)
            SELECT tenant_id, requested_by, 'effect', target_key, id, json_build_object(
                'tool', tool, 'state', state, 'attempt', attempt, 'identity', intent, 'policy_id', policy_id,
                'policy_revision', policy_revision,
                'params', CASE WHEN pg_column_size(params) <= 2000 THEN params ELSE to_jsonb('sha256:' || encode(
                    sha256(convert_to(params::text, 'UTF8')), 'hex')) END)""";

    /** How long a task has to have helped. */
    private static final String WITHIN = "coalesce(t.verify ->> 'alert_clears', t.verify ->> 'within')::interval";

    /** An approval that lets this task go. */
    private static final String USABLE = "p.task_id = t.id AND p.state = 'approved' AND p.used_at IS NULL";

    /** Asked for by somebody whose last key was revoked or has expired, and nobody else has agreed to it. */
    private static final String ORPHANED = """
            starts_with(t.requested_by, 'key:')
            AND NOT EXISTS (SELECT 1 FROM api_key k
                            WHERE k.name = substr(t.requested_by, 5) AND k.revoked_at IS NULL
                              AND (k.expires_at IS NULL OR k.expires_at > now()))
            AND NOT EXISTS (SELECT 1 FROM approval p WHERE p.task_id = t.id AND p.state = 'approved')""";

    /**
     * Grants what is due and first in its target's line. What may not start any more ends here when nobody can have called it;
     * otherwise it is granted to be settled. A lapsed lease is a crash, and the third one is the last.
     */
    static final String CLAIM =
            """
            WITH candidate AS (
                SELECT t.id, t.state, t.intent IS NOT NULL AS sent, t.crashes + (t.state = 'running')::int AS crashes,
                       a.worker, a.lease, a.ord,
                       CASE WHEN t.cancel_requested THEN 'Cancelled'
                            WHEN (SELECT e.closed_at IS NOT NULL FROM episode e WHERE e.id = t.episode_id) THEN 'The alert resolved'
                            WHEN t.approvals_needed > 0 AND %s THEN 'The policy that asked for it changed'
                            WHEN %s THEN 'The key that it was asked with holds no more'
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
            FROM verdict v WHERE t.id = v.id AND t.id = ANY ($1)
            RETURNING v.ord, t.id, uid, t.state, reason, fence, tool, kind, target_key, params::text, intent::text, attempt,
                t.crashes, v.state = 'running' AS taken_over, stop IS NULL AS may_act, dry_run, guards::text, requested_by, approvals_needed,
                (extract(epoch FROM now() - t.created_at) * 1000)::bigint AS age, t.traceparent,
                CASE WHEN approvals_needed > 0 THEN (%s) END AS approved""".formatted(POLICY_CHANGED, ORPHANED, "SELECT p.target::text FROM approval p WHERE " + USABLE);

    /** What people must agree to goes to the very target that they were shown, and takes their approval with it. */
    static final String INTEND = """
            WITH intended AS (
                UPDATE task t SET intent = a.intent::jsonb
                FROM unnest($1::bigint[], $2::bigint[], $3::text[]) WITH ORDINALITY AS a(id, fence, intent, ord)
                WHERE t.id = a.id AND t.id = ANY ($1) AND t.fence = a.fence AND t.lease_until IS NOT NULL
                  AND (t.intent IS NULL OR t.intent = a.intent::jsonb)
                  AND NOT t.cancel_requested AND t.stale_at > now() AND NOT EXISTS (SELECT 1 FROM pause)
                  AND coalesce((SELECT e.closed_at IS NULL FROM episode e WHERE e.id = t.episode_id), true)
                  AND (t.approvals_needed = 0 OR t.intent IS NOT NULL OR NOT (%s)
                       AND EXISTS (SELECT 1 FROM approval p WHERE %s AND p.target = a.intent::jsonb))
                RETURNING a.ord, t.id, t.approvals_needed),
            used AS (
                UPDATE approval p SET used_at = now() FROM intended t
                WHERE t.approvals_needed > 0 AND %s)
            SELECT ord FROM intended""".formatted(POLICY_CHANGED, USABLE, USABLE);

    static final String HEARTBEAT = """
            UPDATE task t SET lease_until = now() + a.lease * interval '1 ms'
            FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS a(id, fence, lease, ord)
            WHERE t.id = a.id AND t.id = ANY ($1) AND t.fence = a.fence AND t.lease_until IS NOT NULL
            RETURNING a.ord""";

    /**
     * The statement sees the table as it was before: the finished task itself still stands first, and is passed over. Whether it
     * helped is looked at from here on: a metric at once, the alert when it ends, unless it has.
     */
    static final String FINISH =
            """
            WITH moved AS (
                UPDATE task t SET state = a.state, outcome = coalesce(a.detail::jsonb, outcome), reason = a.summary,
                    done_at = CASE WHEN a.state <> 'queued' THEN now() END, lease_owner = NULL, lease_until = NULL,
                    next_run_at = now() + a.delay * interval '1 ms', ring_at = now() + a.delay * interval '1 ms',
                    attempt = attempt - a.uncounted, effect = CASE WHEN %1$s THEN 'awaited' END,
                    verify_until = CASE WHEN %1$s THEN now() + %2$s END,
                    verify_at = CASE WHEN %1$s THEN now() + CASE
                        WHEN t.verify -> 'promql' IS NULL
                             AND (SELECT e.closed_at IS NULL FROM episode e WHERE e.id = t.episode_id)
                        THEN least(%2$s, interval '10 seconds') ELSE interval '0' END END
                FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::int[], $6::text[], $7::text[])
                     WITH ORDINALITY AS a(id, fence, state, delay, uncounted, summary, detail, ord)
                WHERE t.id = a.id AND t.id = ANY ($1) AND t.fence = a.fence AND t.lease_until IS NOT NULL
                RETURNING t.tenant_id, t.id, tool, target_key, t.state, attempt, intent, policy_id, policy_revision, params,
                    requested_by, a.summary, attempt + a.uncounted AS tried, a.ord),
            logged AS (
                INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
                SELECT tenant_id, id, tool, target_key, state, summary, tried FROM moved),
            audited AS (%3$s FROM moved t WHERE intent IS NOT NULL AND state <> 'queued')
            SELECT m.ord, m.state, n.id AS next FROM moved m LEFT JOIN LATERAL (
                SELECT id, state, next_run_at FROM task q
                WHERE q.target_key = m.target_key AND q.state IN ('queued', 'running') AND q.id <> m.id
                ORDER BY q.line LIMIT 1) n
            ON m.state <> 'queued' AND n.state = 'queued' AND n.next_run_at <= now()""".formatted("a.state = 'done' AND t.verify IS NOT NULL AND NOT t.dry_run", WITHIN, EFFECT);

    /** Whoever closes the episode waits, and then finds the task that it must withdraw. */
    static final String KEEP_EPISODE =
            "SELECT 1 FROM episode e WHERE e.id = (SELECT t.episode_id FROM task t WHERE t.id = $1) FOR SHARE";

    /**
     * Looking for what people are asked about costs no attempt, and while they think the task stands in nobody's way. The
     * evidence is the alert as it came; what people ask for themselves has none, and a bound.
     */
    static final String ASK = """
            WITH candidate AS (
                SELECT t.id, CASE
                    WHEN t.cancel_requested THEN 'cancelled'
                    WHEN (SELECT e.closed_at IS NOT NULL FROM episode e WHERE e.id = t.episode_id) THEN 'cancelled'
                    WHEN t.policy_id IS NULL AND $7 <= (
                        SELECT count(*) FROM approval p WHERE p.requested_by = t.requested_by AND p.policy_id IS NULL
                          AND p.created_at > now() - interval '1 hour') THEN 'failed'
                    ELSE 'awaiting_approval' END AS becomes
                FROM task t WHERE t.id = $1 AND t.fence = $2 AND t.lease_until IS NOT NULL AND t.intent IS NULL
                FOR NO KEY UPDATE),
            moved AS (
                UPDATE task t SET state = becomes, lease_owner = NULL, lease_until = NULL,
                    attempt = attempt - (becomes = 'awaiting_approval')::int,
                    stale_at = CASE becomes WHEN 'awaiting_approval' THEN now() + $6 * interval '1 ms' ELSE stale_at END,
                    done_at = CASE WHEN becomes <> 'awaiting_approval' THEN now() END,
                    reason = CASE becomes WHEN 'awaiting_approval' THEN 'Asks for approval: ' || $4::text
                                          WHEN 'cancelled' THEN 'No longer wanted when its target was found'
                                          ELSE requested_by || ' has asked for approval ' || $7 || ' times within an hour' END
                FROM candidate c WHERE t.id = c.id
                RETURNING t.*),
            logged AS (
                INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
                SELECT tenant_id, id, tool, target_key, state, reason, attempt FROM moved),
            asked AS (
                INSERT INTO approval (tenant_id, task_id, tool, params, target_key, target, sentence, undo, evidence, episode_id,
                                      policy_id, policy_revision, requested_by, needed, expires_at)
                SELECT tenant_id, id, tool, params, target_key, $3::text::jsonb, $4, $5::text::jsonb,
                       $8::text::jsonb || coalesce((
                           SELECT jsonb_build_object('labels', e.payload -> 'labels', 'starts_at', e.payload -> 'startsAt')
                           FROM episode e WHERE e.id = m.episode_id), '{}'),
                       episode_id, policy_id, policy_revision, requested_by, approvals_needed, stale_at
                FROM moved m WHERE state = 'awaiting_approval')
            SELECT m.state, n.id AS next FROM moved m LEFT JOIN LATERAL (
                SELECT id, state, next_run_at FROM task q
                WHERE q.target_key = m.target_key AND q.state IN ('queued', 'running') AND q.id <> m.id
                ORDER BY q.line LIMIT 1) n
            ON n.state = 'queued' AND n.next_run_at <= now()""";

    /** Only what can't have been called: a call that is under way has until the lease ends to be seen at its target. */
    static final String RELEASE = """
            UPDATE task SET state = 'queued', attempt = attempt - 1, lease_owner = NULL, lease_until = NULL, next_run_at = now(),
                ring_at = now()
            WHERE id = $1 AND fence = $2 AND lease_until IS NOT NULL AND intent IS NULL""";

    static final String LOG = """
            INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
            SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[])""";

    /** Of those tasks that somebody may have sent to their targets. */
    static final String AUDIT =
            EFFECT + " FROM task t WHERE id = ANY ($1) AND intent IS NOT NULL AND done_at IS NOT NULL";

    private ExecutionSql() {}
}
