package io.infraai.persistence.task;

/** The statements of what is found out after a task was done. */
final class VerificationSql {

    static final String CLAIM =
            "SELECT tenant_id, id, metric::text FROM claim_verifications($1, make_interval(secs => $2::float8), $3)";

    /**
     * What there is to judge by. Neither the task nor its alert changes before the verdict is stored; what somebody else works on
     * comes again. Intake locks alerts before tasks, too, and this waits for nobody.
     */
    static final String LOOK = """
            SELECT t.id, t.tool, t.verify -> 'promql' IS NOT NULL AS metric, t.next_steps::text, t.verify_until <= now() AS over,
                   (extract(epoch FROM t.verify_until - t.done_at) * 1000)::bigint AS within, t.done_at,
                   (extract(epoch FROM e.closed_at - t.done_at) * 1000)::bigint AS ended_after, e.state AS alert, t.traceparent,
                   (extract(epoch FROM now() - t.created_at) * 1000)::bigint AS age, EXISTS (SELECT 1 FROM pause) AS paused
            FROM task t JOIN episode e ON e.id = t.episode_id
            WHERE t.id = ANY ($1::bigint[]) AND t.effect = 'awaited'
            ORDER BY t.id
            FOR SHARE OF e SKIP LOCKED FOR NO KEY UPDATE OF t SKIP LOCKED""";

    /**
     * The next step of a plan, with whatever holds for the first: one key, so that it is never there twice. Its target is locked:
     * limits hold across instances.
     */
    static final String NEXT_STEP = """
            WITH last AS (
                SELECT t.*, episode_id::text || ':' || policy_id || ':' || (step + 1) AS next_key,
                    (SELECT count(*) FROM task d
                     WHERE d.target_key = $2 AND d.policy_id IS NOT NULL AND d.created_at > now() - interval '24 hours'
                       AND NOT d.dry_run AND (d.started_at IS NOT NULL OR d.done_at IS NULL)) AS day
                FROM task t WHERE t.id = $1),
            hindered AS (
                SELECT CASE WHEN %s THEN 'the policy was changed since'
                            WHEN day >= $8 THEN 'suppressed, as the target had ' || day
                                 || ' automatic actions within 24 h, the limit is ' || $8 END AS why
                FROM last t),
            created AS (
                INSERT INTO task (tenant_id, idem_key, episode_id, policy_id, policy_revision, target_key, tool, kind, params, guards,
                                  state, line, max_age, stale_at, requested_by, approvals_needed, traceparent, step, verify,
                                  next_steps)
                SELECT tenant_id, next_key, episode_id, policy_id, policy_revision, coalesce(nullif($2, ''), 'look:' || next_key), $3::text,
                       $4::text, $5::text::jsonb, guards, 'queued', nextval('task_line'), max_age, now() + max_age, requested_by, $6::int, traceparent,
                       step + 1, CASE WHEN $4 <> 'reading' THEN verify END, $7::text::jsonb
                FROM last, hindered WHERE why IS NULL
                ON CONFLICT (idem_key, tenant_id) DO NOTHING RETURNING id)
            SELECT why, (SELECT id FROM created) AS id FROM hindered""".formatted(ExecutionSql.POLICY_CHANGED);

    /** Whoever comes second finds nothing awaited. */
    static final String JUDGE = """
            WITH judged AS (
                UPDATE task t SET effect = v.effect, effect_reason = v.reason, next_task_id = v.next, verify_at = NULL
                FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) AS v(id, effect, reason, next)
                WHERE t.id = v.id AND t.id = ANY ($1) AND t.effect = 'awaited'
                RETURNING t.tenant_id, t.id, tool, target_key, t.effect, effect_reason, attempt, policy_id, policy_revision,
                    requested_by, next_task_id),
            logged AS (
                INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
                SELECT tenant_id, id, 'verified', target_key, effect, effect_reason, attempt FROM judged),
            audited AS (
                INSERT INTO audit_entry (tenant_id, actor, action, target, task_id, detail)
                SELECT tenant_id, requested_by, 'verified', target_key, id, json_strip_nulls(json_build_object(
                    'tool', tool, 'effect', effect, 'reason', effect_reason, 'policy_id', policy_id,
                    'policy_revision', policy_revision, 'next_task_id', next_task_id))
                FROM judged)
            SELECT id FROM judged""";

    private VerificationSql() {}
}
