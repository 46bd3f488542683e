package io.infraai.persistence.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.persistence.policy.Policies;
import io.infraai.persistence.task.TaskQueries.Filter;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * From the last release to this one. Version 11 counts as the last: all later migrations came together. {@code v11.sql} holds rows as
 * its services wrote them, {@code v11-statements.sql} what they were seen to ask while its tests ran.
 */
class UpgradeTest {

    private static final String LAST_RELEASE = "11";

    private static final Database DATABASE = Database.empty();
    private static final Map<String, List<String>> BEFORE = new TreeMap<>();

    @BeforeAll
    static void upgrade() {
        DATABASE.migrated(LAST_RELEASE);
        DATABASE.runAsSuperuser(resource("v11.sql"));
        DATABASE.queryAsSuperuser(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'flyway_schema_history'")
                .forEach(table -> BEFORE.put(table, rows(table)));
        DATABASE.migrated("latest");
    }

    @Test
    void everyRowOfTheLastReleaseIsStillThereAsItWas() {
        assertThat(BEFORE).hasSizeGreaterThanOrEqualTo(24).allSatisfy((table, rows) -> {
            assertThat(rows).as("the fixture has rows of " + table).isNotEmpty();
            assertThat(rows)
                    .allSatisfy(row -> assertThat(holding(table, row))
                            .as(table + " " + row)
                            .isEqualTo(1));
        });
    }

    @Test
    void tasksOfTheLastReleaseAreWorkedOnByThisOne() {
        var tasks = new Tasks(DATABASE, new TenantId("acme"));
        var all = await(
                tasks.queries.find(tasks.tenant, new Filter(Set.of(), Set.of(), null, OptionalLong.empty(), 100)));
        assertThat(all).extracting("state").containsAll(Set.of(TaskState.values()));
        assertThat(await(Policies.on(DATABASE).all(tasks.tenant))).hasSize(1);

        var queued = tasks.claimed(id("v11:queued1"));
        assertThat(tasks.intend(queued)).isTrue();
        tasks.finish(queued, TaskState.DONE);
        var sent = tasks.claimed(id("v11:running2"));

        assertThat(tasks.state(queued.taskId())).isEqualTo(TaskState.DONE);
        assertThat(sent.intent()).contains(JsonNodeFactory.instance.objectNode().put("uid", "u-4"));
    }

    @Test
    void everyStatementOfTheLastReleaseIsStillAllowedAndUnderstood() throws SQLException {
        var statements = List.of(resource("v11-statements.sql").split("\n;\n"));
        var refused = new ArrayList<String>();
        try (var connection = DATABASE.application()) {
            for (var statement : statements) {
                explain(connection, statement, refused);
            }
        }

        assertThat(statements).hasSizeGreaterThan(80);
        assertThat(refused).isEmpty();
    }

    @Test
    void aStatementOnWhatIsGoneIsRefused() throws SQLException {
        var refused = new ArrayList<String>();
        try (var connection = DATABASE.application()) {
            explain(connection, "SELECT colour FROM task WHERE id = $1", refused);
            explain(connection, "DELETE FROM task WHERE id = $1", refused);
        }

        assertThat(refused).hasSize(2);
    }

    /** Planned with the application's rights, as the server does with a prepared statement; nothing is run. */
    private static void explain(Connection connection, String sql, List<String> refused) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("EXPLAIN (GENERIC_PLAN) " + sql);
        } catch (SQLException e) {
            refused.add(e.getMessage() + ": " + sql);
        }
    }

    private static long id(String key) {
        return Long.parseLong(DATABASE.queryAsSuperuser("SELECT id FROM task WHERE idem_key = ?", key)
                .getFirst());
    }

    private static List<String> rows(String table) {
        return DATABASE.queryAsSuperuser("SELECT to_jsonb(t)::text FROM " + table + " t");
    }

    private static int holding(String table, String row) {
        return DATABASE.queryAsSuperuser("SELECT 1 FROM " + table + " t WHERE to_jsonb(t) @> ?::jsonb", row)
                .size();
    }

    private static String resource(String name) {
        try (var stream = Objects.requireNonNull(UpgradeTest.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
