package io.infraai.persistence.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.intake.IntakePlan.Change;
import io.infraai.persistence.intake.IntakePlan.StateRow;
import io.infraai.persistence.task.TaskRows;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.GroupCommit;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoreUnavailable;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgAlertIntake implements AlertIntake {

    /** A sender is told to come back before it loses patience. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private static final int RACES = 5;

    /** Gives a row even when no key is known, so that the time comes along. */
    private static final String LOCK_STATES = """
            SELECT t.at, s.* FROM (SELECT now() AS at) t LEFT JOIN LATERAL (
                SELECT encode(alert_key, 'hex') AS key, seq, open, starts_at, latest_start, ended_at, last_seen, closed_at, repeats, flaps
                FROM alert_state WHERE alert_key = ANY (ARRAY(SELECT decode(k, 'hex') FROM unnest($1::text[]) k))
                ORDER BY alert_key FOR NO KEY UPDATE) s ON true""";

    private static final String STATE_ROWS = """
            unnest($2::text[], $3::uuid[], $4::int[], $5::bool[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[],
                   $9::timestamptz[], $10::timestamptz[], $11::int[], $12::int[])
            AS n(key, episode_id, seq, open, starts_at, latest_start, ended_at, last_seen, closed_at, repeats, flaps)""";

    private static final String INSERT_STATES = """
            INSERT INTO alert_state (tenant_id, alert_key, episode_id, seq, open, starts_at, latest_start, ended_at, last_seen,
                                     closed_at, repeats, flaps)
            SELECT $1, decode(key, 'hex'), episode_id, seq, open, starts_at, latest_start, ended_at, last_seen, closed_at, repeats, flaps
            FROM %s ON CONFLICT DO NOTHING""".formatted(STATE_ROWS);

    private static final String UPDATE_STATES = """
            UPDATE alert_state s SET episode_id = n.episode_id, seq = n.seq, open = n.open, starts_at = n.starts_at,
                latest_start = n.latest_start, ended_at = n.ended_at, last_seen = n.last_seen, closed_at = n.closed_at,
                repeats = n.repeats, flaps = n.flaps
            FROM %s WHERE s.tenant_id = $1 AND s.alert_key = decode(n.key, 'hex')""".formatted(STATE_ROWS);

    private static final String INSERT_EPISODES = """
            WITH opened AS (
                INSERT INTO episode (tenant_id, id, alert_key, seq, payload, state, ends_at, closed_at, repeats, traceparent)
                SELECT $1, id, decode(key, 'hex'), seq, payload::jsonb, state, ends_at,
                       CASE WHEN state <> 'firing' THEN now() END, repeats, traceparent
                FROM unnest($2::uuid[], $3::text[], $4::int[], $5::text[], $6::text[], $7::timestamptz[], $8::int[],
                            $9::text[])
                     AS n(id, key, seq, payload, state, ends_at, repeats, traceparent)
                RETURNING id)
            INSERT INTO undecided (tenant_id, episode_id) SELECT $1, id FROM opened""";

    private static final String CHANGE_EPISODES = """
            WITH n AS (SELECT * FROM unnest($2::uuid[], $3::text[], $4::timestamptz[], $5::int[]) AS n(id, state, ends_at, repeats)),
            locked AS (SELECT id FROM episode WHERE tenant_id = $1 AND id IN (SELECT id FROM n) ORDER BY id FOR NO KEY UPDATE)
            UPDATE episode e SET state = n.state, ends_at = n.ends_at, repeats = n.repeats,
                closed_at = CASE WHEN n.state <> 'firing' THEN now() END
            FROM locked JOIN n USING (id) WHERE e.tenant_id = $1 AND e.id = locked.id""";

    /**
     * A task that may have been called already isn't ended here: its next claim settles it. Those that are done and wait for this
     * end are judged now, before what is only looked at.
     */
    private static final String END_TASKS = """
            WITH ours AS (%s),
            ended AS (
                UPDATE task SET state = 'cancelled', reason = 'The alert resolved', done_at = now()
                WHERE id = ANY (ARRAY(SELECT id FROM ours))
                  AND state IN ('queued', 'held', 'awaiting_approval') AND intent IS NULL
                RETURNING tenant_id, id, tool, target_key, state, reason, attempt),
            due AS (
                UPDATE task SET verify_at = '-infinity'
                WHERE id = ANY (ARRAY(SELECT id FROM ours)) AND effect = 'awaited' AND verify -> 'promql' IS NULL)
            INSERT INTO job_logs (tenant_id, task_id, action, target, status, result, attempt)
            SELECT tenant_id, id, tool, target_key, state, reason, attempt FROM ended""".formatted(TaskRows.idsOf("= ANY ($1::uuid[])"));

    private static final String INSERT_QUARANTINE = """
            INSERT INTO quarantine (tenant_id, reason, sample)
            SELECT $1, reason, sample FROM unnest($2::text[], $3::text[]) AS n(reason, sample)""";

    private final TenantScope scope;
    private final GroupCommit<Batch, Receipt> commits;

    PgAlertIntake(TenantScope scope, Vertx vertx) {
        this.scope = scope;
        this.commits = new GroupCommit<>(
                vertx,
                new GroupCommit.Limits(1, 2_000, 10_000),
                batch -> batch.alerts().size() + batch.quarantined().size() + 1,
                this::store);
    }

    @Override
    public Uni<Receipt> accept(TenantId tenant, Batch batch) {
        return commits.submit(tenant, batch)
                .ifNoItem()
                .after(LIMIT)
                .failWith(() -> new StoreUnavailable("Not stored within " + LIMIT.toSeconds() + " s"));
    }

    private Uni<List<Receipt>> store(TenantId tenant, List<Batch> batches) {
        return scope.in(
                        tenant,
                        connection -> lock(connection, batches).chain(plan -> {
                            var receipts = batches.stream().map(plan::add).toList();
                            return write(connection, tenant, plan, batches).replaceWith(receipts);
                        }))
                .onFailure(LostRace.class)
                .retry()
                .atMost(RACES);
    }

    private static Uni<IntakePlan> lock(SqlConnection connection, List<Batch> batches) {
        var keys = batches.stream()
                .flatMap(batch -> batch.alerts().stream())
                .map(received -> received.key().hex())
                .distinct()
                .toArray(String[]::new);
        return connection.preparedQuery(LOCK_STATES).execute(Tuple.of(keys)).map(PgAlertIntake::plan);
    }

    private static IntakePlan plan(RowSet<Row> rows) {
        Map<String, AlertState> states = new HashMap<>();
        var now = Instant.EPOCH;
        for (var row : rows) {
            now = Rows.time(row, "at");
            var key = row.getString("key");
            if (key != null) {
                states.put(key, state(row));
            }
        }
        return new IntakePlan(states, now);
    }

    private static AlertState state(Row row) {
        return new AlertState(
                row.getInteger("seq"),
                row.getBoolean("open"),
                Rows.timeOrNull(row, "starts_at"),
                Rows.timeOrNull(row, "latest_start"),
                Rows.timeOrNull(row, "ended_at"),
                Rows.time(row, "last_seen"),
                Rows.timeOrNull(row, "closed_at"),
                row.getInteger("repeats"),
                row.getInteger("flaps"));
    }

    private static Uni<Void> write(SqlConnection connection, TenantId tenant, IntakePlan plan, List<Batch> batches) {
        var writes = new ArrayList<Uni<Void>>();
        insertStates(connection, tenant, plan.newStates(), writes);
        if (!plan.changedStates().isEmpty()) {
            writes.add(run(connection, UPDATE_STATES, states(tenant, plan.changedStates())));
        }
        if (!plan.newEpisodes().isEmpty()) {
            writes.add(run(connection, INSERT_EPISODES, episodes(tenant, plan)));
        }
        var quarantined =
                batches.stream().flatMap(batch -> batch.quarantined().stream()).toList();
        if (!quarantined.isEmpty()) {
            writes.add(run(
                    connection,
                    INSERT_QUARANTINE,
                    Columns.of(quarantined)
                            .value(tenant.value())
                            .texts(Quarantined::reason)
                            .texts(Quarantined::sample)
                            .tuple()));
        }
        if (!plan.changedEpisodes().isEmpty()) {
            writes.add(change(connection, tenant, plan.changedEpisodes()));
        }
        // they don't depend on each other, so they are sent without waiting for the one before
        return writes.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(writes).andFailFast().replaceWithVoid();
    }

    private static void insertStates(
            SqlConnection connection, TenantId tenant, List<StateRow> rows, List<Uni<Void>> writes) {
        if (rows.isEmpty()) {
            return;
        }
        writes.add(connection
                .preparedQuery(INSERT_STATES)
                .execute(states(tenant, rows))
                .chain(done -> done.rowCount() == rows.size()
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(new LostRace())));
    }

    private static Uni<Void> change(SqlConnection connection, TenantId tenant, List<Change> changed) {
        var ended = changed.stream().filter(Change::closed).map(Change::id).toArray(UUID[]::new);
        var told = run(
                connection,
                CHANGE_EPISODES,
                Columns.of(changed)
                        .value(tenant.value())
                        .uuids(Change::id)
                        .texts(Change::state)
                        .times(Change::endsAt)
                        .ints(Change::repeats)
                        .tuple());
        // only with the episodes locked: tasks that are being planned for them are committed by then, or never will be
        return ended.length == 0 ? told : told.chain(() -> run(connection, END_TASKS, Tuple.of(ended)));
    }

    private static Tuple states(TenantId tenant, List<StateRow> rows) {
        return Columns.of(rows)
                .value(tenant.value())
                .texts(row -> row.key().hex())
                .uuids(StateRow::episode)
                .ints(row -> row.state().seq())
                .flags(row -> row.state().open())
                .times(row -> row.state().startsAt())
                .times(row -> row.state().latestStart())
                .times(row -> row.state().endedAt())
                .times(row -> row.state().lastSeen())
                .times(row -> row.state().closedAt())
                .ints(row -> row.state().repeats())
                .ints(row -> row.state().flaps())
                .tuple();
    }

    private static Tuple episodes(TenantId tenant, IntakePlan plan) {
        return Columns.of(plan.newEpisodes())
                .value(tenant.value())
                .uuids(Change::id)
                .texts(each -> each.key().hex())
                .ints(Change::seq)
                .texts(each -> each.alert() == null ? null : StoredJson.write(each.alert()))
                .texts(Change::state)
                .times(Change::endsAt)
                .ints(Change::repeats)
                .texts(Change::traceparent)
                .tuple();
    }

    private static Uni<Void> run(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    /** A concurrent transaction heard of an alert for the first time, too, and was faster. */
    private static final class LostRace extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LostRace() {
            super("Another transaction stored the same alert first", null, false, false);
        }
    }
}
