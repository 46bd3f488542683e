package io.infraai.persistence.task;

import java.util.Arrays;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.tenancy.StoredJson;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/** What a statement reads, in pages: unlike its time, the same on every machine. The server has no statistics of the queue yet. */
class PlansTest {

    private static final int QUEUED = 20_000;
    private static final int CLAIMED = 10;

    /** A claim reads its task, the head of its line, and writes to eight indexes, some levels deep each. */
    private static final int PAGES_PER_TASK = 200;

    /** All that waits is in a thousand pages. */
    private static final int PAGES_PER_LOOK = 60;

    private final Tasks tasks = Tasks.fresh();

    @Test
    void aClaimReadsNoMoreWhenManyTasksWait() {
        var first = tasks.requested("web-0");
        tasks.database.change("""
                INSERT INTO task (tenant_id, idem_key, target_key, tool, kind, params, state, line, max_age, stale_at, requested_by)
                SELECT tenant_id, 'copy-' || n, 'web-' || n, tool, kind, params, state, nextval('task_line'), max_age, stale_at,
                       requested_by FROM task, generate_series(1, %d) n WHERE id = ?""".formatted(QUEUED), first);
        var ids = LongStream.range(first, first + CLAIMED).boxed().toArray(Long[]::new);

        var plan = explained(
                ExecutionSql.CLAIM,
                Tuple.of(ids, filled(new String[CLAIMED], "w"), filled(new Long[CLAIMED], 30_000L), 60_000L));

        assertThat(plan.path("Actual Rows").asInt()).isEqualTo(CLAIMED);
        assertThat(plan.path("Shared Hit Blocks").asInt()
                        + plan.path("Shared Read Blocks").asInt())
                .isLessThan(CLAIMED * PAGES_PER_TASK);
    }

    @Test
    void aLookAtWhatIsDueReadsNoMoreWhenMuchWaits() {
        nothingWaits();
        var first = tasks.planned("Waits", "waits");
        tasks.database.change("UPDATE task SET verify = '{\"alert_clears\": \"10m\"}' WHERE id = ?", first);
        tasks.finish(tasks.claimed(first), TaskState.DONE);
        tasks.database.change("""
                INSERT INTO task (tenant_id, idem_key, target_key, tool, kind, params, state, max_age, stale_at, requested_by, done_at,
                                  episode_id, verify, effect, verify_at, verify_until)
                SELECT tenant_id, 'done-' || n, 'waits-' || n, tool, kind, params, state, max_age, stale_at, requested_by, done_at,
                       episode_id, '{"alert_clears": "10m"}', 'awaited',
                       now() + CASE WHEN n >= %d THEN interval '5 min' ELSE '0' END, now() + interval '10 min'
                FROM task, generate_series(1, %d) n WHERE id = ?""".formatted(CLAIMED, QUEUED), first);
        tasks.resolve("Waits");

        var plan = explained(
                VerificationSql.CLAIM, Tuple.of(false, 15.0, 0), VerificationSql.CLAIM, Tuple.of(false, 15.0, 1_000));

        assertThat(plan.path("Actual Rows").asInt()).isEqualTo(CLAIMED);
        assertThat(plan.path("Shared Hit Blocks").asInt()
                        + plan.path("Shared Read Blocks").asInt())
                .isLessThan(CLAIMED * PAGES_PER_LOOK);
        nothingWaits();
    }

    private void nothingWaits() {
        tasks.database.change("UPDATE task SET effect = 'unknown', verify_at = NULL WHERE effect = 'awaited'");
    }

    private JsonNode explained(String sql, Tuple parameters) {
        return explained("SELECT 1", Tuple.tuple(), sql, parameters);
    }

    /**
     * @param first run before it: a function's own plans are made, and read the catalogue, when it is called for the first time
     */
    private JsonNode explained(String first, Tuple before, String sql, Tuple parameters) {
        return await(tasks.database
                        .scope()
                        .in(
                                tasks.tenant,
                                connection -> connection
                                        .preparedQuery(first)
                                        .execute(before)
                                        .chain(() -> connection
                                                .preparedQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql)
                                                .execute(parameters))
                                        .map(rows -> StoredJson.tree(rows.iterator()
                                                .next()
                                                .get(JsonArray.class, 0)
                                                .encode()))))
                .path(0)
                .path("Plan");
    }

    private static <V> V[] filled(V[] array, V value) {
        Arrays.fill(array, value);
        return array;
    }
}
