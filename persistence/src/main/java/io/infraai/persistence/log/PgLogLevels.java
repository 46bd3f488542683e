package io.infraai.persistence.log;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.logs.LevelName;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgLogLevels implements LogLevels {

    private static final String ALL =
            "SELECT category, level, until, set_by FROM log_level WHERE until > now() ORDER BY category";

    private static final String FORGET = "DELETE FROM log_level WHERE until <= now()";

    private static final String SET = """
            INSERT INTO log_level (category, level, until, set_by)
            SELECT $1, $2, now() + make_interval(secs => $3::float8), $4
            WHERE (SELECT count(*) FROM log_level WHERE category <> $1) < $5::int
            ON CONFLICT (category) DO UPDATE SET level = excluded.level, until = excluded.until, set_by = excluded.set_by
            RETURNING category, level, until, set_by""";

    private final TenantScope scope;

    PgLogLevels(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<List<LogLevel>> all() {
        return scope.acrossTenants(
                connection -> connection.preparedQuery(ALL).execute().map(rows -> Rows.list(rows, PgLogLevels::level)));
    }

    @Override
    public Uni<Optional<LogLevel>> set(String category, LevelName level, Duration time, String by) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery(FORGET)
                .execute()
                .chain(() -> connection
                        .preparedQuery(SET)
                        .execute(Tuple.of(category, level.name(), Rows.seconds(time), by, MOST)))
                .map(rows -> Rows.first(rows, PgLogLevels::level)));
    }

    @Override
    public Uni<Boolean> reset(String category) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery("DELETE FROM log_level WHERE category = $1")
                .execute(Tuple.of(category))
                .map(rows -> rows.rowCount() == 1));
    }

    private static LogLevel level(Row row) {
        return new LogLevel(
                row.getString("category"),
                LevelName.valueOf(row.getString("level")),
                Rows.time(row, "until"),
                row.getString("set_by"));
    }
}
