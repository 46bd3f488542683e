package io.infraai.persistence.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.audit.AuditNote;
import io.infraai.persistence.audit.AuditTrail;
import io.infraai.persistence.task.DecisionPass.Decided;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.GroupCommit;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgTaskCreation implements TaskCreation {

    private static final Duration DAY = Duration.ofDays(1);

    /** Longer parameters are in the task alone. */
    private static final int MOST_SHOWN = 2_000;

    private final TenantScope scope;
    private final GroupCommit<Call, List<Long>> plans;

    PgTaskCreation(TenantScope scope, Vertx vertx) {
        this.scope = scope;
        // one at a time: two would only wait for each other's targets
        this.plans = new GroupCommit<>(
                vertx,
                new GroupCommit.Limits(1, 500, 10_000),
                call -> call.decisions().size(),
                this::planAll);
    }

    @Override
    public Uni<List<Long>> plan(TenantId tenant, List<EpisodeDecisions> decisions, Judge judge) {
        return decisions.isEmpty()
                ? Uni.createFrom().item(List.of())
                : plans.submit(tenant, new Call(List.copyOf(decisions), judge));
    }

    private Uni<List<List<Long>>> planAll(TenantId tenant, List<Call> calls) {
        return scope.in(
                        tenant,
                        connection -> lockTargets(connection, tenant, calls)
                                .chain(() -> look(connection, calls))
                                .chain(pass -> {
                                    for (var i = 0; i < calls.size(); i++) {
                                        for (var episode : calls.get(i).decisions()) {
                                            pass.add(i, episode, calls.get(i).judge());
                                        }
                                    }
                                    return write(connection, tenant, pass).map(queued -> new Planned(pass, queued));
                                }))
                .map(planned -> {
                    planned.pass()
                            .decisions()
                            .forEach(each -> calls.get(each.call()).judge().decided(each.episode(), each.outcome()));
                    return perCall(planned.queued(), calls.size());
                });
    }

    private static Uni<Void> lockTargets(SqlConnection connection, TenantId tenant, List<Call> calls) {
        var targets = targets(calls);
        return targets.length == 0
                ? Uni.createFrom().voidItem()
                : run(connection, CreationSql.LOCK_TARGETS, Tuple.of(tenant.value(), targets));
    }

    /** Only after the locks: each statement sees what was committed before it began. */
    private static Uni<DecisionPass> look(SqlConnection connection, List<Call> calls) {
        var episodes = calls.stream()
                .flatMap(call -> call.decisions().stream())
                .map(EpisodeDecisions::episode)
                .toArray(UUID[]::new);
        return Uni.combine()
                .all()
                .unis(
                        connection.preparedQuery(CreationSql.TAKE_EPISODES).execute(Tuple.of(episodes)),
                        connection
                                .preparedQuery(CreationSql.HISTORY)
                                .execute(Tuple.of(
                                        targets(calls), longestCooldown(calls).toMillis())),
                        connection.preparedQuery(CreationSql.PAUSED).execute())
                .with((found, tasks, paused) -> new DecisionPass(
                        undecided(found),
                        history(tasks),
                        paused.iterator().next().getBoolean("paused")));
    }

    private static Uni<List<Queued>> write(SqlConnection connection, TenantId tenant, DecisionPass pass) {
        var tasks = pass.withTask();
        Uni<Map<String, Long>> ids = tasks.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : connection
                        .preparedQuery(CreationSql.INSERT_TASKS)
                        .execute(NewTaskRow.columns(tenant, NewTaskRow.of(tasks)))
                        .map(PgTaskCreation::idsByKey);
        return ids.chain(created ->
                decide(connection, tenant, pass.decisions(), created).replaceWith(() -> queued(tasks, created)));
    }

    private static Uni<Void> decide(
            SqlConnection connection, TenantId tenant, List<Decided> decisions, Map<String, Long> ids) {
        return decisions.isEmpty()
                ? Uni.createFrom().voidItem()
                : run(
                        connection,
                        CreationSql.INSERT_DECISIONS,
                        Columns.of(decisions)
                                .value(tenant.value())
                                .uuids(Decided::episode)
                                .longs(each -> each.proposal().policyId())
                                .ints(each -> each.proposal().policyRevision())
                                .ints(Decided::place)
                                .texts(each -> each.outcome().wire())
                                .texts(Decided::reason)
                                .longs(each -> each.task() == null
                                        ? null
                                        : ids.get(each.task().idempotencyKey()))
                                .tuple());
    }

    @Override
    public Uni<Requested> request(TenantId tenant, NewTask task) {
        var row = NewTaskRow.of(task);
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(CreationSql.REQUEST_TASK)
                        .execute(NewTaskRow.columns(tenant, List.of(row)))
                        .chain(rows -> Rows.first(rows, created -> created.getLong("id"))
                                .map(id -> AuditTrail.write(connection, tenant, asked(task, id))
                                        .replaceWith(new Requested(id, true, true)))
                                .orElseGet(() -> earlier(connection, row))));
    }

    private static AuditNote asked(NewTask task, long id) {
        var params = StoredJson.write(task.parameters());
        return new AuditNote(task.requestedBy(), AuditAction.TASK_REQUESTED, task.targetKey())
                .about(id)
                .with("tool", task.tool())
                .with("params", params.length() <= MOST_SHOWN ? params : null)
                .with("dry_run", Boolean.toString(task.dryRun()));
    }

    private static Uni<Requested> earlier(SqlConnection connection, NewTaskRow row) {
        return connection
                .preparedQuery(CreationSql.EARLIER)
                .execute(Tuple.of(row.key(), row.tool(), row.target(), row.params(), row.dryRun()))
                .map(rows -> rows.iterator().next())
                .map(found -> new Requested(found.getLong("id"), false, found.getBoolean("same")));
    }

    private static List<Queued> queued(List<Decided> tasks, Map<String, Long> ids) {
        return tasks.stream()
                .filter(each -> each.initialState() == TaskState.QUEUED)
                .map(each -> new Queued(each.call(), Objects.requireNonNull(ids.get(NewTaskRow.keyOf(each)))))
                .toList();
    }

    private static List<List<Long>> perCall(List<Queued> queued, int calls) {
        var perCall = new ArrayList<List<Long>>();
        for (var i = 0; i < calls; i++) {
            perCall.add(new ArrayList<>());
        }
        queued.forEach(each -> perCall.get(each.call()).add(each.task()));
        return perCall;
    }

    private static String[] targets(List<Call> calls) {
        return acting(calls).stream()
                .map(Proposal::task)
                .map(task -> task == null ? "" : task.targetKey())
                .distinct()
                .toArray(String[]::new);
    }

    private static Duration longestCooldown(List<Call> calls) {
        return acting(calls).stream()
                .map(proposal -> proposal.limits().cooldown())
                .reduce(DAY, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private static List<Proposal> acting(List<Call> calls) {
        return calls.stream()
                .flatMap(call -> call.decisions().stream())
                .flatMap(episode -> episode.proposals().stream())
                .filter(proposal -> proposal.outcome().acts() && proposal.task() != null)
                .toList();
    }

    private static Map<UUID, Boolean> undecided(RowSet<Row> rows) {
        var undecided = new HashMap<UUID, Boolean>();
        rows.forEach(row -> undecided.put(row.getUUID("id"), row.getBoolean("open")));
        return undecided;
    }

    private static DecisionPass.History history(RowSet<Row> rows) {
        var history = new DecisionPass.History();
        rows.forEach(row -> history.found(
                row.getString("target_key"),
                row.getLong("policy_id"),
                Duration.ofMillis(row.getLong("since")),
                Math.toIntExact(row.getLong("day"))));
        return history;
    }

    private static Map<String, Long> idsByKey(RowSet<Row> rows) {
        var ids = new HashMap<String, Long>();
        rows.forEach(row -> ids.put(row.getString("idem_key"), row.getLong("id")));
        return ids;
    }

    private static Uni<Void> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    /** One caller's decisions, with the judge it brought. */
    private record Call(List<EpisodeDecisions> decisions, Judge judge) {}

    private record Queued(int call, long task) {}

    private record Planned(DecisionPass pass, List<Queued> queued) {}
}
