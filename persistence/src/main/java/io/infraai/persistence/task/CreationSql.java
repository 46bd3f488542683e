package io.infraai.persistence.task;

/** The statements that write decisions and tasks. */
final class CreationSql {

    /** In ascending order, the same for everyone. Targets share 512 locks, so that no batch fills the server's lock table. */
    static final String LOCK_TARGETS = """
            SELECT pg_advisory_xact_lock(hashtext($1), bucket)
            FROM (SELECT DISTINCT hashtext(target) & 511 AS bucket FROM unnest($2::text[]) target ORDER BY 1) b""";

    /** Episodes that somebody else decides about right now are left to them. */
    static final String TAKE_EPISODES = """
            WITH taken AS (SELECT episode_id FROM undecided WHERE episode_id = ANY ($1::uuid[]) FOR UPDATE SKIP LOCKED),
            gone AS (DELETE FROM undecided WHERE episode_id = ANY (ARRAY(SELECT episode_id FROM taken)))
            SELECT id, closed_at IS NULL AS open FROM episode
            WHERE id = ANY (ARRAY(SELECT episode_id FROM taken)) ORDER BY id FOR NO KEY UPDATE""";

    /** Of what was or still may be done: a task that ended before it started did nothing to its target. */
    static final String HISTORY = """
            SELECT target_key, policy_id, (extract(epoch FROM now() - max(created_at)) * 1000)::bigint AS since,
                   count(*) FILTER (WHERE created_at > now() - interval '24 hours') AS day
            FROM task
            WHERE target_key = ANY ($1::text[]) AND policy_id IS NOT NULL AND created_at > now() - $2 * interval '1 ms'
              AND NOT dry_run AND (started_at IS NOT NULL OR done_at IS NULL)
            GROUP BY target_key, policy_id""";

    static final String PAUSED = "SELECT EXISTS (SELECT 1 FROM pause) AS paused";

    private static final String INSERT = """
            INSERT INTO task (tenant_id, idem_key, episode_id, policy_id, policy_revision, target_key, tool, kind, params, guards,
                              dry_run, state, line, max_age, stale_at, requested_by, approvals_needed, traceparent, verify,
                              next_steps)
            SELECT $1, key, episode, policy, revision, target, tool, kind, params::jsonb, guards::jsonb, dry_run, state,
                   CASE state WHEN 'queued' THEN nextval('task_line') END, max_age * interval '1 ms',
                   now() + max_age * interval '1 ms', requested_by, approvals, traceparent,
                   verify::jsonb, next_steps::jsonb
            FROM unnest($2::text[], $3::uuid[], $4::bigint[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
                        $10::text[], $11::bool[], $12::text[], $13::bigint[], $14::text[], $15::int[], $16::text[], $17::text[], $18::text[])
                 AS n(key, episode, policy, revision, target, tool, kind, params, guards, dry_run, state, max_age, requested_by,
                      approvals, traceparent, verify, next_steps)
            """;

    static final String INSERT_TASKS = INSERT + "RETURNING id, idem_key";

    static final String REQUEST_TASK = INSERT + "ON CONFLICT (tenant_id, idem_key) DO NOTHING RETURNING id, idem_key";

    static final String EARLIER = """
            SELECT id, tool = $2 AND target_key = $3 AND params = $4::text::jsonb AND dry_run = $5 AS same
            FROM task WHERE idem_key = $1""";

    static final String INSERT_DECISIONS = """
            INSERT INTO decision (tenant_id, episode_id, policy_id, policy_revision, place, outcome, reason, task_id)
            SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::int[], $5::int[], $6::text[], $7::text[], $8::bigint[])""";

    private CreationSql() {}
}
