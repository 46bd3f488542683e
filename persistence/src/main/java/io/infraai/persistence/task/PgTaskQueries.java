package io.infraai.persistence.task;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgTaskQueries implements TaskQueries {

    private static final String FIND = """
            SELECT %s FROM task
            WHERE (cardinality($1::text[]) = 0 OR state = ANY ($1))
              AND (cardinality($5::text[]) = 0 OR effect = ANY ($5))
              AND ($2::uuid IS NULL OR id IN (%s))
              AND ($3::bigint IS NULL OR id < $3)
            ORDER BY id DESC LIMIT $4""".formatted(TaskRows.COLUMNS, TaskRows.idsOf("= $2"));

    private static final String BY_ID = "SELECT " + TaskRows.COLUMNS + " FROM task WHERE id = $1";

    private static final String JOURNAL = """
            SELECT action, target, status, coalesce(result, '') AS result, attempt, created_at
            FROM job_logs WHERE task_id = $1 ORDER BY id""";

    private static final String SUMMARY = """
            SELECT state, count(*) AS tasks,
                   (extract(epoch FROM now() - min(next_run_at) FILTER (WHERE next_run_at <= now())) * 1000)::bigint AS waited
            FROM task GROUP BY state""";

    private final TenantScope scope;

    PgTaskQueries(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<List<Task>> find(TenantId tenant, Filter filter) {
        var states = filter.states().stream().map(TaskState::wire).toArray(String[]::new);
        var effects = filter.effects().stream().map(Effect::wire).toArray(String[]::new);
        var before = filter.before().isPresent() ? (Long) filter.before().getAsLong() : null;
        return scope.reading(
                tenant,
                connection -> connection
                        .preparedQuery(FIND)
                        .execute(Tuple.of(states, filter.episode(), before, filter.limit(), effects))
                        .map(rows -> Rows.list(rows, TaskRows::task)));
    }

    @Override
    public Uni<Optional<Task>> byId(TenantId tenant, long id) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(BY_ID)
                        .execute(Tuple.of(id))
                        .chain(found -> journal(connection, id)
                                .map(journal -> Rows.first(found, row -> TaskRows.task(row, journal)))));
    }

    private static Uni<List<Task.JobLog>> journal(SqlConnection connection, long id) {
        return connection.preparedQuery(JOURNAL).execute(Tuple.of(id)).map(rows -> Rows.list(rows, TaskRows::log));
    }

    @Override
    public Uni<Summary> summary(TenantId tenant) {
        return scope.reading(
                tenant,
                connection -> connection.preparedQuery(SUMMARY).execute().map(PgTaskQueries::summary));
    }

    private static Summary summary(RowSet<Row> rows) {
        Map<TaskState, Long> byState = new EnumMap<>(TaskState.class);
        Optional<Duration> oldest = Optional.empty();
        for (var row : rows) {
            var state = TaskState.of(row.getString("state"));
            byState.put(state, row.getLong("tasks"));
            if (state == TaskState.QUEUED) {
                oldest = Optional.ofNullable(row.getLong("waited")).map(Duration::ofMillis);
            }
        }
        return new Summary(byState, oldest);
    }
}
