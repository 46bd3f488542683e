package io.infraai.persistence.task;

/** The statements about requests for approval. */
final class ApprovalSql {

    private static final String SELECT = """
            SELECT id, state, reason, task_id, tool, params::text, target_key, target::text, sentence, undo::text,
                   (evidence -> 'dry_run')::text AS dry_run, nullif(evidence - 'dry_run', '{}')::text AS evidence, episode_id,
                   policy_id, policy_revision, requested_by, needed, created_at, expires_at, decided_at, used_at,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object('by', v.by, 'approve', v.approve, 'comment', v.comment, 'at', v.at)
                                              ORDER BY v.at), '[]')
                    FROM approval_vote v WHERE v.approval_id = approval.id)::text AS votes
            FROM approval
            """;

    static final String BY_ID = SELECT + "WHERE id = $1";

    static final String FIND = SELECT + """
            WHERE (cardinality($1::text[]) = 0 OR state = ANY ($1))
              AND ($2::bool IS NULL OR (state <> 'open', -id) > ($2, -$3::bigint))
            ORDER BY state <> 'open', -id LIMIT $4""";

    /** Whatever changes a request holds this lock, so that of two people at once one comes second. */
    static final String LOCK_TASK = """
            SELECT t.id FROM task t WHERE t.id = (SELECT task_id FROM approval WHERE id = $1) FOR NO KEY UPDATE""";

    /** Only after the lock: each statement sees what was committed before it began. */
    static final String STANDING = """
            SELECT p.task_id, p.state, p.tool, p.target_key, p.target::text, p.needed, p.requested_by, p.decided_at, p.expires_at <= now() AS over,
                   (SELECT v.by FROM approval_vote v WHERE v.approval_id = p.id AND v.approve = (p.state = 'approved')
                    ORDER BY v.at DESC LIMIT 1) AS decided_by,
                   p.policy_id IS NOT NULL AND NOT EXISTS (
                       SELECT 1 FROM policies o
                       WHERE o.id = p.policy_id AND o.revision = p.policy_revision AND o.deleted_at IS NULL) AS policy_changed,
                   ARRAY(SELECT v.by FROM approval_vote v WHERE v.approval_id = p.id) AS agreed
            FROM approval p WHERE p.id = $1""";

    static final String VOTE =
            "INSERT INTO approval_vote (tenant_id, approval_id, by, approve, comment) VALUES ($1, $2, $3, $4, $5)";

    static final String DECIDE = "UPDATE approval SET state = $2, reason = $3, decided_at = now() WHERE id = $1";

    /** At the end of its target's line, with a new age: whether it may still act is looked at when it is claimed. */
    static final String LET_GO = """
            UPDATE task SET state = 'queued', line = nextval('task_line'), reason = NULL, stale_at = now() + max_age,
                next_run_at = now(), ring_at = DEFAULT
            WHERE id = $1""";

    static final String END = "UPDATE task SET state = $2, reason = $3, done_at = now() WHERE id = $1";

    static final String LOG = """
            INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
            SELECT tenant_id, id, $2, target_key, state, $3, attempt FROM task WHERE id = $1""";

    private ApprovalSql() {}
}
