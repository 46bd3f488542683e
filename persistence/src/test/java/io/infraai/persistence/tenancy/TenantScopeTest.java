package io.infraai.persistence.tenancy;

import java.util.List;
import java.util.stream.IntStream;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;

import static io.infraai.persistence.tenancy.Database.await;
import static io.infraai.persistence.tenancy.Database.awaitAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Statements that are sent with their transaction's end right behind them. */
class TenantScopeTest {

    private final Database database = Database.shared();
    private final TenantId tenant = database.newTenant();

    /** More at once than there are connections, and each statement is new to its connection, where it is prepared first. */
    @Test
    void aSingleStatementRunsWithinItsTenantsTransactionOnEveryConnection() {
        List<Uni<String>> asked = IntStream.range(0, 64)
                .mapToObj(number -> database.scope()
                        .once(
                                tenant,
                                connection -> connection
                                        .preparedQuery(
                                                "SELECT current_setting('app.tenant', true) AS tenant, " + number)
                                        .execute()
                                        .map(rows -> rows.iterator().next().getString("tenant"))))
                .toList();

        assertThat(awaitAll(asked)).hasSize(64).containsOnly(tenant.value());
        Uni<String> left = database.scope()
                .acrossTenants(connection -> connection
                        .query("SELECT coalesce(current_setting('app.tenant', true), '')")
                        .execute()
                        .map(rows -> rows.iterator().next().getString(0)));
        assertThat(await(left))
                .as("nothing of the tenant stays with a connection")
                .isEmpty();
    }

    @Test
    void aStatementThatFailsSaysWhyAndLeavesTheConnectionAsItWas() {
        for (var i = 0; i < 40; i++) {
            assertThatThrownBy(() -> await(written("no tenant's name!", "x")))
                    .isInstanceOfSatisfying(
                            PgException.class,
                            failure -> assertThat(failure.getSqlState()).isEqualTo("42501"));
        }
        await(written(tenant.value(), "kept"));

        List<String> stored = await(database.scope()
                .in(
                        tenant,
                        connection -> connection
                                .query("SELECT content FROM document")
                                .execute()
                                .map(rows -> Rows.list(rows, row -> row.getString("content")))));
        assertThat(stored).containsExactly("kept");
    }

    private Uni<Void> written(String as, String content) {
        return database.scope()
                .once(
                        tenant,
                        connection -> connection
                                .preparedQuery(
                                        "INSERT INTO document (tenant_id, origin, content) VALUES ($1, 'test', $2)")
                                .execute(Tuple.of(as, content))
                                .replaceWithVoid());
    }
}
