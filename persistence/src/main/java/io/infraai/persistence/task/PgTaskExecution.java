package io.infraai.persistence.task;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.ClaimedTask;
import io.infraai.contracts.remediation.TaskOutcome;
import io.infraai.contracts.remediation.TaskOutcome.Ask;
import io.infraai.contracts.remediation.TaskOutcome.Ended;
import io.infraai.contracts.remediation.TaskOutcome.TryAgain;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.GroupCommit;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgTaskExecution implements TaskExecution {

    /** A lease is never longer; one that reaches twice as far ahead shows that the clock was set back, and counts as over. */
    static final Duration LONGEST_LEASE = Duration.ofSeconds(30);

    private static final Finished NOT_OURS = new Finished(Optional.empty(), OptionalLong.empty());

    private static final GroupCommit.Limits LIMITS = new GroupCommit.Limits(1, 500, 20_000);

    private final TenantScope scope;
    private final GroupCommit<Claim, Optional<ClaimedTask>> claims;
    private final GroupCommit<Fenced<JsonNode>, Boolean> intents;
    private final GroupCommit<Fenced<Duration>, Boolean> heartbeats;
    private final GroupCommit<Fenced<TaskOutcome>, Finished> endings;

    PgTaskExecution(TenantScope scope, Vertx vertx) {
        this.scope = scope;
        this.claims = new GroupCommit<>(vertx, LIMITS, _ -> 1, this::claimAll);
        this.intents = new GroupCommit<>(vertx, LIMITS, _ -> 1, this::intendAll);
        this.heartbeats = new GroupCommit<>(vertx, LIMITS, _ -> 1, this::heartbeatAll);
        this.endings = new GroupCommit<>(vertx, LIMITS, _ -> 1, this::finishAll);
    }

    @Override
    public Uni<Optional<ClaimedTask>> claim(TenantId tenant, long taskId, String worker, Duration lease) {
        return claims.submit(tenant, new Claim(taskId, worker, atMostLongest(lease)));
    }

    @Override
    public Uni<Boolean> intend(ClaimedTask task, JsonNode target) {
        return intents.submit(task.tenant(), new Fenced<>(task, target));
    }

    @Override
    public Uni<Boolean> heartbeat(ClaimedTask task, Duration lease) {
        return heartbeats.submit(task.tenant(), new Fenced<>(task, atMostLongest(lease)));
    }

    @Override
    public Uni<Finished> finish(ClaimedTask task, TaskOutcome outcome) {
        return outcome instanceof Ask ask ? ask(task, ask) : endings.submit(task.tenant(), new Fenced<>(task, outcome));
    }

    private Uni<Finished> ask(ClaimedTask task, Ask ask) {
        var parameters = Tuple.tuple()
                .addLong(task.taskId())
                .addLong(task.fence())
                .addString(StoredJson.write(ask.target()))
                .addString(ask.summary())
                .addString(ask.undo().map(StoredJson::write).orElse(null))
                .addLong(ask.validity().toMillis())
                .addLong((long) ask.mostPerHour())
                .addString(StoredJson.write(evidence(ask)));
        return scope.in(
                task.tenant(),
                connection -> connection
                        .preparedQuery(ExecutionSql.KEEP_EPISODE)
                        .execute(Tuple.of(task.taskId()))
                        .chain(() -> connection.preparedQuery(ExecutionSql.ASK).execute(parameters))
                        .map(rows -> Rows.first(rows, PgTaskExecution::finished).orElse(NOT_OURS)));
    }

    /** What the worker found out about the target; the alert's part of it is added where it is stored. */
    private static JsonNode evidence(Ask ask) {
        var evidence = JsonNodeFactory.instance.objectNode();
        evidence.set("dry_run", ask.dryRun());
        if (!ask.observed().isEmpty()) {
            evidence.set("observed", ask.observed());
        }
        return evidence;
    }

    @Override
    public Uni<Boolean> release(ClaimedTask task) {
        return scope.in(
                task.tenant(),
                connection -> connection
                        .preparedQuery(ExecutionSql.RELEASE)
                        .execute(Tuple.of(task.taskId(), task.fence()))
                        .map(RowSet::rowCount)
                        .map(released -> released == 1));
    }

    private Uni<List<Optional<ClaimedTask>>> claimAll(TenantId tenant, List<Claim> asked) {
        var parameters = Columns.of(asked)
                .longs(Claim::taskId)
                .texts(Claim::worker)
                .longs(claim -> claim.lease().toMillis())
                .value(2 * LONGEST_LEASE.toMillis())
                .tuple();
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(ExecutionSql.CLAIM)
                        .execute(parameters)
                        .chain(rows ->
                                logEndings(connection, tenant, rows).replaceWith(granted(tenant, rows, asked.size()))));
    }

    private static List<Optional<ClaimedTask>> granted(TenantId tenant, RowSet<Row> rows, int asked) {
        var granted = new ArrayList<Optional<ClaimedTask>>(Collections.nCopies(asked, Optional.empty()));
        for (var row : rows) {
            if (isRunning(row)) {
                granted.set(place(row), Optional.of(claimed(tenant, row)));
            }
        }
        return granted;
    }

    /** Tasks whose claim found that they may not start any more. */
    private static Uni<Void> logEndings(SqlConnection connection, TenantId tenant, RowSet<Row> rows) {
        var ended = Rows.list(rows, row -> row).stream()
                .filter(row -> !isRunning(row))
                .toList();
        if (ended.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var ids = ended.stream().map(row -> row.getLong("id")).toArray(Long[]::new);
        return connection
                .preparedQuery(ExecutionSql.LOG)
                .execute(Columns.of(ended)
                        .value(tenant.value())
                        .longs(row -> row.getLong("id"))
                        .texts(row -> row.getString("tool"))
                        .texts(row -> row.getString("target_key"))
                        .texts(row -> row.getString("state"))
                        .texts(row -> row.getString("reason"))
                        .ints(row -> row.getInteger("attempt"))
                        .tuple())
                .chain(() -> connection.preparedQuery(ExecutionSql.AUDIT).execute(Tuple.of(ids)))
                .replaceWithVoid();
    }

    private Uni<List<Boolean>> intendAll(TenantId tenant, List<Fenced<JsonNode>> items) {
        return applied(tenant, ExecutionSql.INTEND, items, fenced(items).texts(item -> StoredJson.write(item.value())));
    }

    private Uni<List<Boolean>> heartbeatAll(TenantId tenant, List<Fenced<Duration>> items) {
        return applied(
                tenant,
                ExecutionSql.HEARTBEAT,
                items,
                fenced(items).longs(item -> item.value().toMillis()));
    }

    private Uni<List<Boolean>> applied(TenantId tenant, String sql, List<?> items, Columns<?> parameters) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(sql)
                        .execute(parameters.tuple())
                        .map(rows -> {
                            var places = new HashSet<>(Rows.list(rows, PgTaskExecution::place));
                            return IntStream.range(0, items.size())
                                    .mapToObj(places::contains)
                                    .toList();
                        }));
    }

    private Uni<List<Finished>> finishAll(TenantId tenant, List<Fenced<TaskOutcome>> items) {
        var parameters = fenced(items)
                .texts(item -> state(item.value()))
                .longs(item -> delay(item.value()))
                .ints(item -> item.value() instanceof TryAgain again && !again.counted() ? 1 : 0)
                .texts(item -> item.value().summary())
                .texts(item -> item.value() instanceof Ended ended ? StoredJson.write(ended.detail()) : null)
                .tuple();
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(ExecutionSql.FINISH)
                        .execute(parameters)
                        .map(rows -> finished(rows, items.size())));
    }

    private static List<Finished> finished(RowSet<Row> rows, int asked) {
        var finished = new ArrayList<>(Collections.nCopies(asked, NOT_OURS));
        for (var row : rows) {
            finished.set(place(row), finished(row));
        }
        return finished;
    }

    private static Finished finished(Row row) {
        var next = row.getLong("next");
        return new Finished(
                Optional.of(TaskState.of(row.getString("state"))),
                next == null ? OptionalLong.empty() : OptionalLong.of(next));
    }

    private static String state(TaskOutcome outcome) {
        return switch (outcome) {
            case Ended ended when ended.state().ended() -> ended.state().wire();
            case Ended ended -> throw new IllegalArgumentException("A task doesn't end as " + ended.state());
            case TryAgain _ -> TaskState.QUEUED.wire();
            case Ask _ -> throw new IllegalArgumentException("A request for approval is written by itself");
        };
    }

    private static long delay(TaskOutcome outcome) {
        return outcome instanceof TryAgain again ? again.after().toMillis() : 0;
    }

    private static <V> Columns<Fenced<V>> fenced(List<Fenced<V>> items) {
        return Columns.of(items)
                .longs(item -> item.task().taskId())
                .longs(item -> item.task().fence());
    }

    private static boolean isRunning(Row row) {
        return TaskState.RUNNING.wire().equals(row.getString("state"));
    }

    private static int place(Row row) {
        return Math.toIntExact(row.getLong("ord")) - 1;
    }

    private static Duration atMostLongest(Duration lease) {
        return lease.compareTo(LONGEST_LEASE) > 0 ? LONGEST_LEASE : lease;
    }

    private static ClaimedTask claimed(TenantId tenant, Row row) {
        var intent = Optional.ofNullable(TaskRows.jsonOrNull(row, "intent"));
        var approved = Optional.ofNullable(TaskRows.jsonOrNull(row, "approved"));
        return new ClaimedTask(
                tenant,
                row.getLong("id"),
                row.getUUID("uid"),
                row.getLong("fence"),
                row.getString("tool"),
                TaskRows.kind(row),
                row.getString("target_key"),
                StoredJson.tree(row.getString("params")),
                row.getInteger("approvals_needed") > 0 && intent.isEmpty() && approved.isEmpty(),
                approved,
                intent,
                row.getInteger("attempt"),
                row.getInteger("crashes"),
                row.getBoolean("taken_over"),
                row.getBoolean("may_act"),
                row.getBoolean("dry_run"),
                TaskRows.guards(row),
                row.getString("requested_by"),
                Duration.ofMillis(row.getLong("age")),
                row.getString("traceparent"));
    }

    private record Claim(long taskId, String worker, Duration lease) {}

    /** A write that counts only while the claim is the task's latest. */
    private record Fenced<V>(ClaimedTask task, V value) {}
}
