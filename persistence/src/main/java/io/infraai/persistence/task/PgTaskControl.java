package io.infraai.persistence.task;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.audit.AuditNote;
import io.infraai.persistence.audit.AuditTrail;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgTaskControl implements TaskControl {

    private static final String LOCK =
            "SELECT state, intent IS NOT NULL AS sent, tool, target_key FROM task WHERE id = $1 FOR NO KEY UPDATE";

    private static final String CANCEL =
            "UPDATE task SET state = 'cancelled', done_at = now(), reason = 'Cancelled by ' || $2::text WHERE id = $1";

    private static final String ASK_TO_STOP = "UPDATE task SET cancel_requested = true WHERE id = $1";

    private static final String RETRY = """
            UPDATE task SET state = 'queued', line = nextval('task_line'), attempt = 0, crashes = 0, cancel_requested = false,
                intent = NULL, outcome = NULL, reason = NULL, done_at = NULL, started_at = NULL,
                stale_at = now() + max_age, next_run_at = now(), ring_at = DEFAULT,
                effect = NULL, effect_reason = NULL, verify_at = NULL, verify_until = NULL, next_task_id = NULL
            WHERE id = $1""";

    /** With what the task was sent to so far, which a retry forgets. */
    private static final String LOG = """
            INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
            SELECT tenant_id, id, $2, target_key, state, $3::text || coalesce('; it had been sent to ' || intent::text, ''), attempt
            FROM task WHERE id = $1""";

    private static final String ACTIONS = "actions";

    private static final String PAUSE =
            "INSERT INTO pause (tenant_id, by, reason) VALUES ($1, $2, $3) ON CONFLICT (tenant_id) DO NOTHING";

    private static final String RESUME = """
            UPDATE task t SET state = 'queued', reason = NULL, line = q.line, next_run_at = now(), ring_at = DEFAULT
            FROM (SELECT id, nextval('task_line') AS line
                  FROM (SELECT id FROM task WHERE state = 'held' ORDER BY id FOR NO KEY UPDATE) h) q
            WHERE t.id = q.id RETURNING t.id""";

    private final TenantScope scope;

    PgTaskControl(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<Moved> cancel(TenantId tenant, long id, String by) {
        return scope.in(
                tenant,
                connection -> lock(connection, id)
                        .chain(found -> found.map(it -> cancel(connection, tenant, id, it, by))
                                .orElseGet(PgTaskControl::unknown)));
    }

    private static Uni<Moved> cancel(SqlConnection connection, TenantId tenant, long id, Found found, String by) {
        if (found.state().ended()) {
            return Uni.createFrom().item(new Moved.NotAllowed(found.state()));
        }
        // what may have been called is settled by its next claim, which the mark keeps from calling again
        var marked = found.state() == TaskState.RUNNING || found.sent();
        return (marked ? run(connection, ASK_TO_STOP, Tuple.of(id)) : run(connection, CANCEL, Tuple.of(id, by)))
                .chain(() -> run(connection, LOG, Tuple.of(id, "cancel", "Asked by " + by)))
                .chain(() -> AuditTrail.write(connection, tenant, found.note(id, by, AuditAction.TASK_CANCELLED)))
                .replaceWith(new Moved.Done(marked ? found.state() : TaskState.CANCELLED));
    }

    @Override
    public Uni<Moved> retry(TenantId tenant, long id, String by) {
        return scope.in(
                tenant,
                connection -> lock(connection, id)
                        .chain(found -> found.map(it -> retry(connection, tenant, id, it, by))
                                .orElseGet(PgTaskControl::unknown)));
    }

    private static Uni<Moved> retry(SqlConnection connection, TenantId tenant, long id, Found found, String by) {
        if (!found.state().ended() || !found.state().successors().contains(TaskState.QUEUED)) {
            return Uni.createFrom().item(new Moved.NotAllowed(found.state()));
        }
        return run(connection, LOG, Tuple.of(id, "retry", "Asked by " + by))
                .chain(() -> run(connection, RETRY, Tuple.of(id)))
                .chain(() -> AuditTrail.write(connection, tenant, found.note(id, by, AuditAction.TASK_RETRIED)))
                .replaceWith(new Moved.Done(TaskState.QUEUED));
    }

    @Override
    public Uni<Void> pause(TenantId tenant, String by, String reason) {
        return scope.in(
                tenant,
                connection -> run(connection, PAUSE, Tuple.of(tenant.value(), by, reason))
                        .chain(() -> AuditTrail.write(
                                connection,
                                tenant,
                                new AuditNote(by, AuditAction.PAUSED, ACTIONS).with("reason", reason))));
    }

    @Override
    public Uni<List<Long>> resume(TenantId tenant, String by) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery("DELETE FROM pause")
                        .execute()
                        .chain(() -> connection.preparedQuery(RESUME).execute())
                        .map(rows -> Rows.list(rows, row -> row.getLong("id")).stream()
                                .sorted()
                                .toList())
                        .call(tasks -> AuditTrail.write(
                                connection,
                                tenant,
                                new AuditNote(by, AuditAction.RESUMED, ACTIONS).with("tasks", tasks.size()))));
    }

    @Override
    public Uni<Optional<Pause>> paused(TenantId tenant) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery("SELECT since, by, reason FROM pause")
                        .execute()
                        .map(rows -> Rows.first(
                                rows,
                                row -> new Pause(
                                        Rows.time(row, "since"), row.getString("by"), row.getString("reason")))));
    }

    private static Uni<Optional<Found>> lock(SqlConnection connection, long id) {
        return connection.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> Rows.first(rows, Found::of));
    }

    private static Uni<Moved> unknown() {
        return Uni.createFrom().item(new Moved.Unknown());
    }

    private static Uni<Void> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    private record Found(TaskState state, boolean sent, String tool, String target) {

        static Found of(Row row) {
            return new Found(
                    TaskState.of(row.getString("state")),
                    row.getBoolean("sent"),
                    row.getString("tool"),
                    row.getString("target_key"));
        }

        AuditNote note(long id, String by, AuditAction action) {
            return new AuditNote(by, action, target)
                    .about(id)
                    .with("tool", tool)
                    .with("state", state.wire());
        }
    }
}
