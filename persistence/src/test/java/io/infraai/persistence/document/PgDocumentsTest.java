package io.infraai.persistence.document;

import java.time.Duration;

import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.Documents;
import io.infraai.persistence.conversation.ConversationSweep;
import io.infraai.persistence.conversation.Sweeps;
import io.infraai.persistence.tenancy.Database;

import static io.infraai.persistence.tenancy.Database.await;
import static org.assertj.core.api.Assertions.assertThat;

class PgDocumentsTest {

    private final Database database = Database.shared();
    private final Documents documents = new PgDocuments(database.scope());
    private final ConversationSweep sweep = Sweeps.of(database);

    @Test
    void aDocumentIsReadPageByPage() {
        var tenant = database.newTenant();
        var id = await(documents.keep(tenant, "pod_logs", "0123456789"));

        assertThat(await(documents.page(tenant, id, 0, 4))).contains(new Documents.Page("0123", 0, 10));
        assertThat(await(documents.page(tenant, id, 8, 4))).contains(new Documents.Page("89", 8, 10));
    }

    @Test
    void anotherTenantsDocumentIsNoDocument() {
        var id = await(documents.keep(database.newTenant(), "pod_logs", "theirs"));

        assertThat(await(documents.page(database.newTenant(), id, 0, 4))).isEmpty();
        assertThat(await(documents.page(database.newTenant(), "no-id", 0, 4))).isEmpty();
    }

    @Test
    void aDocumentIsGoneOnceItIsOldAndSweptAway() {
        var tenant = database.newTenant();
        var id = await(database.scope()
                        .in(tenant, connection -> connection.preparedQuery("""
                                INSERT INTO document (tenant_id, origin, content, created_at)
                                VALUES ($1, 'pod_logs', 'old', now() - interval '8 days') RETURNING id""").execute(Tuple.of(tenant.value()))))
                .iterator()
                .next()
                .getUUID("id")
                .toString();
        assertThat(await(documents.page(tenant, id, 0, 4))).isPresent();

        var young = await(documents.keep(tenant, "pod_logs", "new"));

        assertThat(await(sweep.clearDocuments(Duration.ofDays(7), 100))).isPositive();

        assertThat(await(documents.page(tenant, id, 0, 4))).isEmpty();
        assertThat(await(documents.page(tenant, young, 0, 4))).isPresent();
    }
}
