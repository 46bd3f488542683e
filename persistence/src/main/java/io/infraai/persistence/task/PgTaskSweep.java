package io.infraai.persistence.task;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgTaskSweep implements TaskSweep {

    private static final String DUE = """
            SELECT tenant_id, id
            FROM sweep_due_tasks(make_interval(secs => $1::float8), make_interval(secs => $2::float8), $3)""";

    private final TenantScope scope;

    PgTaskSweep(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<List<TaskRung>> due(Duration age, int limit) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery(DUE)
                .execute(Tuple.of(Rows.seconds(age), Rows.seconds(PgTaskExecution.LONGEST_LEASE), limit))
                .map(rows -> Rows.list(
                        rows, row -> new TaskRung(new TenantId(row.getString("tenant_id")), row.getLong("id")))));
    }

    @Override
    public Uni<List<Waiting>> waiting() {
        return scope.acrossTenants(connection -> connection
                .preparedQuery("SELECT what, count, oldest FROM count_waiting($1)")
                .execute(Tuple.of(Waiting.MOST))
                .map(rows -> Rows.list(
                        rows,
                        row -> new Waiting(
                                row.getString("what"),
                                row.getLong("count"),
                                Duration.ofMillis(row.getLong("oldest"))))));
    }

    @Override
    public Uni<Integer> endStale(int limit) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery("SELECT sweep_stale_tasks($1) AS ended")
                .execute(Tuple.of(limit))
                .map(rows -> rows.iterator().next().getInteger("ended")));
    }
}
