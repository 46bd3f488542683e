package io.infraai.persistence.document;

import java.util.Optional;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Documents;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgDocuments implements Documents {

    private static final String KEEP =
            "INSERT INTO document (tenant_id, origin, content) VALUES ($1, $2, $3) RETURNING id";

    private static final String PAGE =
            "SELECT substr(content, $2 + 1, $3) AS text, length(content) AS total FROM document WHERE id = $1";

    private final TenantScope scope;

    PgDocuments(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<String> keep(TenantId tenant, String origin, String text) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(KEEP)
                        .execute(Tuple.of(tenant.value(), origin, text.replace("\u0000", "\uFFFD")))
                        .map(rows -> rows.iterator().next().getUUID("id").toString()));
    }

    @Override
    public Uni<Optional<Page>> page(TenantId tenant, String id, int offset, int length) {
        return uuid(id).map(it -> scope.in(
                        tenant,
                        connection -> connection
                                .preparedQuery(PAGE)
                                .execute(Tuple.of(it, offset, length))
                                .map(rows -> Rows.first(
                                        rows,
                                        row -> new Page(row.getString("text"), offset, row.getInteger("total"))))))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
