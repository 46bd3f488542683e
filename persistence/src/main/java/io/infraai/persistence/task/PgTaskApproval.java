package io.infraai.persistence.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.ApprovalState;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.audit.AuditNote;
import io.infraai.persistence.audit.AuditTrail;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgTaskApproval implements TaskApproval {

    private final TenantScope scope;

    PgTaskApproval(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<List<Approval>> find(TenantId tenant, Filter filter) {
        var states = filter.states().stream().map(ApprovalState::wire).toArray(String[]::new);
        var decided = filter.after().map(Place::decided).orElse(null);
        var id = filter.after().map(Place::id).orElse(null);
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(ApprovalSql.FIND)
                        .execute(Tuple.of(states, decided, id, filter.limit()))
                        .map(rows -> Rows.list(rows, PgTaskApproval::approval)));
    }

    @Override
    public Uni<Optional<Approval>> byId(TenantId tenant, long id) {
        return scope.in(tenant, connection -> read(connection, id));
    }

    @Override
    public Uni<Answer> approve(TenantId tenant, long id, Voice voice, boolean fourEyes) {
        return answer(tenant, id, (connection, standing) -> {
            if (fourEyes && standing.requestedBy().equals(voice.by())) {
                return Uni.createFrom().item(new Answer.OwnRequest());
            }
            if (standing.agreed().contains(voice.by())) {
                return Uni.createFrom().item(new Answer.AgreedBefore());
            }
            var enough = standing.agreed().size() + 1 >= (fourEyes ? standing.needed() : 1);
            return vote(connection, tenant, id, voice, true)
                    .chain(() -> enough
                            ? letGo(connection, id, standing)
                            : Uni.createFrom().voidItem())
                    .chain(() -> log(connection, standing.taskId(), "approve", said("Approved", voice)))
                    .chain(() -> AuditTrail.write(connection, tenant, standing.note(id, voice, AuditAction.APPROVED)))
                    .chain(() -> counted(connection, id));
        });
    }

    @Override
    public Uni<Answer> reject(TenantId tenant, long id, Voice voice) {
        var reason = said("Rejected", voice);
        return answer(
                tenant,
                id,
                (connection, standing) -> vote(connection, tenant, id, voice, false)
                        .chain(() -> decide(connection, id, ApprovalState.REJECTED, reason))
                        .chain(() -> end(connection, standing.taskId(), TaskState.CANCELLED, reason))
                        .chain(() -> log(connection, standing.taskId(), "reject", reason))
                        .chain(() ->
                                AuditTrail.write(connection, tenant, standing.note(id, voice, AuditAction.REJECTED)))
                        .chain(() -> counted(connection, id)));
    }

    private Uni<Answer> answer(TenantId tenant, long id, Work work) {
        return scope.in(
                tenant,
                connection -> run(connection, ApprovalSql.LOCK_TASK, Tuple.of(id))
                        .chain(() ->
                                connection.preparedQuery(ApprovalSql.STANDING).execute(Tuple.of(id)))
                        .chain(rows -> Rows.first(rows, Standing::of)
                                .map(standing -> ifOpen(connection, standing, work))
                                .orElseGet(() -> Uni.createFrom().item(new Answer.Unknown()))));
    }

    private static Uni<Answer> ifOpen(SqlConnection connection, Standing standing, Work work) {
        if (standing.state() != ApprovalState.OPEN) {
            return Uni.createFrom().item(standing.notOpen());
        }
        if (standing.over()) {
            return end(connection, standing.taskId(), TaskState.EXPIRED, "Nobody approved it in time")
                    .replaceWith(Answer.NotOpen.byNobody(ApprovalState.EXPIRED));
        }
        if (standing.policyChanged()) {
            return end(connection, standing.taskId(), TaskState.CANCELLED, "The policy that asked for it changed")
                    .replaceWith(Answer.NotOpen.byNobody(ApprovalState.WITHDRAWN));
        }
        return work.on(connection, standing);
    }

    private static Uni<Void> letGo(SqlConnection connection, long id, Standing standing) {
        return run(connection, ApprovalSql.DECIDE, Tuple.of(id, ApprovalState.APPROVED.wire(), null))
                .chain(() -> run(connection, ApprovalSql.LET_GO, Tuple.of(standing.taskId())));
    }

    private static Uni<Void> decide(SqlConnection connection, long id, ApprovalState state, String reason) {
        return run(connection, ApprovalSql.DECIDE, Tuple.of(id, state.wire(), reason));
    }

    /** A trigger closes the request, if nobody has decided about it. */
    private static Uni<Void> end(SqlConnection connection, long task, TaskState state, String reason) {
        return run(connection, ApprovalSql.END, Tuple.of(task, state.wire(), reason));
    }

    private static Uni<Void> vote(SqlConnection connection, TenantId tenant, long id, Voice voice, boolean approve) {
        return run(connection, ApprovalSql.VOTE, Tuple.of(tenant.value(), id, voice.by(), approve, voice.comment()));
    }

    private static Uni<Void> log(SqlConnection connection, long task, String action, String what) {
        return run(connection, ApprovalSql.LOG, Tuple.of(task, action, what));
    }

    private static Uni<Answer> counted(SqlConnection connection, long id) {
        return read(connection, id).map(now -> new Answer.Counted(now.orElseThrow()));
    }

    private static Uni<Optional<Approval>> read(SqlConnection connection, long id) {
        return connection
                .preparedQuery(ApprovalSql.BY_ID)
                .execute(Tuple.of(id))
                .map(rows -> Rows.first(rows, PgTaskApproval::approval));
    }

    private static Uni<Void> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    private static String said(String verb, Voice voice) {
        return verb + " by " + voice.by() + (voice.comment() == null ? "" : ": " + voice.comment());
    }

    private static Approval approval(Row row) {
        return new Approval(
                row.getLong("id"),
                ApprovalState.of(row.getString("state")),
                row.getString("reason"),
                row.getLong("task_id"),
                row.getString("tool"),
                StoredJson.tree(row.getString("params")),
                row.getString("target_key"),
                StoredJson.tree(row.getString("target")),
                row.getString("sentence"),
                TaskRows.jsonOrNull(row, "dry_run"),
                TaskRows.jsonOrNull(row, "undo"),
                TaskRows.jsonOrNull(row, "evidence"),
                row.getUUID("episode_id"),
                row.getLong("policy_id"),
                row.getInteger("policy_revision"),
                row.getString("requested_by"),
                row.getInteger("needed"),
                List.of(StoredJson.read(row.getString("votes"), Approval.Vote[].class)),
                Rows.time(row, "created_at"),
                Rows.time(row, "expires_at"),
                Rows.timeOrNull(row, "decided_at"),
                Rows.timeOrNull(row, "used_at"));
    }

    /** What is done to a request that is open. */
    @FunctionalInterface
    private interface Work {
        Uni<Answer> on(SqlConnection connection, Standing standing);
    }

    /** A request under its task's lock. */
    private record Standing(
            long taskId,
            ApprovalState state,
            Action action,
            int needed,
            String requestedBy,
            boolean over,
            boolean policyChanged,
            List<String> agreed,
            Optional<String> decidedBy,
            Optional<Instant> decidedAt) {

        Answer notOpen() {
            var byPeople = state == ApprovalState.APPROVED || state == ApprovalState.REJECTED;
            return new Answer.NotOpen(state, decidedBy.filter(_ -> byPeople), decidedAt);
        }

        static Standing of(Row row) {
            return new Standing(
                    row.getLong("task_id"),
                    ApprovalState.of(row.getString("state")),
                    new Action(row.getString("tool"), row.getString("target_key"), row.getString("target")),
                    row.getInteger("needed"),
                    row.getString("requested_by"),
                    row.getBoolean("over"),
                    row.getBoolean("policy_changed"),
                    List.of(row.getArrayOfStrings("agreed")),
                    Optional.ofNullable(row.getString("decided_by")),
                    Optional.ofNullable(Rows.timeOrNull(row, "decided_at")));
        }

        AuditNote note(long id, Voice voice, AuditAction said) {
            return new AuditNote(voice.by(), said, action.target())
                    .about(taskId)
                    .with("approval_id", id)
                    .with("tool", action.tool())
                    .with("identity", action.identity())
                    .with("requested_by", requestedBy)
                    .with("comment", voice.comment());
        }
    }

    /** What people are asked about. */
    private record Action(String tool, String target, String identity) {}
}
