package io.infraai.persistence.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertKey;
import io.infraai.contracts.alert.Episode;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.Task;
import io.infraai.persistence.task.TaskRows;
import io.infraai.persistence.tenancy.GroupCommit;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgEpisodeQueries implements EpisodeQueries {

    private static final String BY_IDS = """
            SELECT id, encode(alert_key, 'hex') AS key, seq, payload::text, opened_at, closed_at IS NULL AS open, traceparent
            FROM episode WHERE id = ANY ($1::uuid[])""";

    private static final String SINCE = """
            SELECT id, encode(alert_key, 'hex') AS key, seq, payload::text, opened_at, closed_at IS NULL AS open,
                   traceparent
            FROM episode WHERE opened_at > now() - make_interval(secs => $1::float8)
            ORDER BY opened_at DESC, id DESC LIMIT $2""";

    /** Repeats of the newest episode are counted beside its alert, so that a repeat writes one row. */
    private static final String VIEW = """
            SELECT e.id, encode(e.alert_key, 'hex') AS key, e.seq, e.state, e.payload::text, e.ends_at, e.opened_at, e.closed_at,
                   CASE WHEN s.seq = e.seq THEN s.repeats ELSE e.repeats END AS repeats
            FROM episode e JOIN alert_state s USING (tenant_id, alert_key)
            """;

    private static final String FIND = VIEW + """
            WHERE ($1::text IS NULL OR e.state = $1) AND e.payload @> jsonb_build_object('labels', $2::text::jsonb)
              AND ($3::timestamptz IS NULL OR (e.opened_at, e.id) < ($3, $4::uuid))
            ORDER BY e.opened_at DESC, e.id DESC LIMIT $5""";

    private static final String FIND_ONE = VIEW + "WHERE e.id = $1";

    private static final String DECISIONS = """
            SELECT d.episode_id, d.policy_id, d.policy_revision, p.name, d.outcome, d.reason, d.task_id, d.decided_at
            FROM decision d LEFT JOIN policies p ON p.id = d.policy_id
            WHERE d.episode_id = ANY ($1::uuid[]) ORDER BY d.episode_id, d.place""";

    private static final String TASKS = """
            SELECT %s FROM task
            WHERE id IN (%s)
            ORDER BY id""".formatted(TaskRows.COLUMNS, TaskRows.idsOf("= ANY ($1::uuid[])"));

    private final TenantScope scope;

    /** Bells come one by one; what is looked up for them shares a transaction as writes share a commit. */
    private final GroupCommit<List<UUID>, List<Episode>> lookUps;

    PgEpisodeQueries(TenantScope scope, Vertx vertx) {
        this.scope = scope;
        this.lookUps = new GroupCommit<>(vertx, new GroupCommit.Limits(1, 500, 10_000), List::size, this::lookUp);
    }

    @Override
    public Uni<List<Episode>> byIds(TenantId tenant, List<UUID> ids) {
        return lookUps.submit(tenant, ids);
    }

    private Uni<List<List<Episode>>> lookUp(TenantId tenant, List<List<UUID>> calls) {
        var ids = calls.stream().flatMap(List::stream).distinct().toArray(UUID[]::new);
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(BY_IDS)
                        .execute(Tuple.of(ids))
                        .map(rows -> {
                            var found = new HashMap<UUID, Episode>();
                            rows.forEach(row -> found.put(row.getUUID("id"), episode(tenant, row)));
                            return calls.stream()
                                    .map(call -> call.stream()
                                            .map(found::get)
                                            .filter(Objects::nonNull)
                                            .toList())
                                    .toList();
                        }));
    }

    @Override
    public Uni<List<Episode>> since(TenantId tenant, Duration age, int limit) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(SINCE)
                        .execute(Tuple.of(Rows.seconds(age), limit))
                        .map(rows -> Rows.list(rows, row -> episode(tenant, row))));
    }

    @Override
    public Uni<List<EpisodeView>> find(TenantId tenant, Filter filter) {
        var before = filter.before();
        var parameters = Tuple.tuple()
                .addString(filter.state())
                .addString(StoredJson.write(filter.labels()))
                .addOffsetDateTime(Rows.offset(before == null ? null : before.openedAt()))
                .addUUID(before == null ? null : before.id())
                .addInteger(filter.limit());
        return scope.reading(
                tenant,
                connection -> connection
                        .preparedQuery(FIND)
                        .execute(parameters)
                        .chain(rows -> completed(connection, Rows.list(rows, Found::of))));
    }

    @Override
    public Uni<Optional<EpisodeView>> byId(TenantId tenant, UUID id) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(FIND_ONE)
                        .execute(Tuple.of(id))
                        .chain(rows -> completed(connection, Rows.list(rows, Found::of)))
                        .map(views -> views.stream().findFirst()));
    }

    private static Uni<List<EpisodeView>> completed(SqlConnection connection, List<Found> episodes) {
        if (episodes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var ids = episodes.stream().map(Found::id).toArray(UUID[]::new);
        return Uni.combine()
                .all()
                .unis(
                        connection.preparedQuery(DECISIONS).execute(Tuple.of(ids)),
                        connection.preparedQuery(TASKS).execute(Tuple.of(ids)))
                .with((decisions, tasks) -> {
                    var byEpisode = new HashMap<UUID, List<DecisionView>>();
                    decisions.forEach(row -> byEpisode
                            .computeIfAbsent(row.getUUID("episode_id"), _ -> new ArrayList<>())
                            .add(decision(row)));
                    var tasksOf = Rows.list(tasks, TaskRows::task).stream()
                            .collect(Collectors.groupingBy(PgEpisodeQueries::episodeOf));
                    return episodes.stream()
                            .map(each -> each.view(
                                    byEpisode.getOrDefault(each.id(), List.of()),
                                    tasksOf.getOrDefault(each.id(), List.of())))
                            .toList();
                });
    }

    private static UUID episodeOf(Task task) {
        return Objects.requireNonNull(task.episodeId());
    }

    private static Episode episode(TenantId tenant, Row row) {
        return new Episode(
                tenant,
                row.getUUID("id"),
                new AlertKey(row.getString("key")),
                row.getInteger("seq"),
                StoredJson.read(row.getString("payload"), Alert.class),
                Rows.time(row, "opened_at"),
                row.getBoolean("open"),
                row.getString("traceparent"));
    }

    private static DecisionView decision(Row row) {
        return new DecisionView(
                row.getLong("policy_id"),
                row.getInteger("policy_revision"),
                row.getString("name"),
                Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getLong("task_id"),
                Rows.time(row, "decided_at"));
    }

    /** An episode before its decisions and tasks are known. */
    private record Found(UUID id, Row row) {

        static Found of(Row row) {
            return new Found(row.getUUID("id"), row);
        }

        EpisodeView view(List<DecisionView> decisions, List<Task> tasks) {
            var alert = StoredJson.read(row.getString("payload"), Alert.class);
            return new EpisodeView(
                    id,
                    row.getString("key"),
                    row.getInteger("seq"),
                    row.getString("state"),
                    alert.labels(),
                    alert.annotations(),
                    alert.startsAt(),
                    Rows.timeOrNull(row, "ends_at"),
                    Rows.time(row, "opened_at"),
                    Rows.timeOrNull(row, "closed_at"),
                    row.getInteger("repeats"),
                    decisions,
                    tasks);
        }
    }
}
