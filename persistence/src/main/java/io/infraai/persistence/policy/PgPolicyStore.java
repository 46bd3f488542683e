package io.infraai.persistence.policy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.PolicyDocument;
import io.infraai.persistence.audit.AuditNote;
import io.infraai.persistence.audit.AuditTrail;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

/** Every change first takes the tenant's row, so that changes commit in the order of their epochs. */
@Singleton
final class PgPolicyStore implements PolicyStore {

    private static final String COLUMNS =
            "id, revision, epoch, document::text, deleted_at IS NOT NULL AS deleted, created_at, updated_at";

    private static final String NEXT_EPOCH =
            "UPDATE tenant SET policy_epoch = policy_epoch + 1 WHERE id = $1 RETURNING policy_epoch";

    private static final String INSERT = """
            INSERT INTO policies (tenant_id, revision, epoch, document, updated_by) VALUES ($1, 1, $2, $3::text::jsonb, $4)
            RETURNING %s""".formatted(COLUMNS);

    private static final String CURRENT = "SELECT revision FROM policies WHERE id = $1 AND deleted_at IS NULL";

    private static final String REPLACE = """
            UPDATE policies SET revision = revision + 1, epoch = $2, document = $3::text::jsonb, updated_at = now(), updated_by = $4
            WHERE id = $1 RETURNING %s""".formatted(COLUMNS);

    private static final String DELETE = """
            UPDATE policies SET revision = revision + 1, epoch = $2, deleted_at = now(), updated_at = now(), updated_by = $3
            WHERE id = $1 RETURNING %s""".formatted(COLUMNS);

    private static final String REMEMBER = """
            INSERT INTO policy_revision (tenant_id, policy_id, revision, document, deleted, by)
            SELECT tenant_id, id, revision, document, deleted_at IS NOT NULL, updated_by FROM policies WHERE id = $1""";

    private static final String DIGEST = """
            SELECT encode(sha256(convert_to(document::text, 'UTF8')), 'hex') AS digest FROM policy_revision
            WHERE policy_id = $1 AND revision = $2""";

    private static final String BY_ID = "SELECT " + COLUMNS + " FROM policies WHERE id = $1 AND deleted_at IS NULL";

    private static final String ALL =
            "SELECT " + COLUMNS + " FROM policies WHERE deleted_at IS NULL ORDER BY priority, id";

    private static final String CHANGED =
            "SELECT " + COLUMNS + " FROM policies WHERE epoch > $1 AND ($1 > 0 OR deleted_at IS NULL) ORDER BY epoch";

    private final TenantScope scope;

    PgPolicyStore(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<PolicyDocument> create(TenantId tenant, ObjectNode document, String by) {
        return scope.in(
                tenant,
                connection -> nextEpoch(connection, tenant)
                        .chain(epoch -> save(
                                connection, INSERT, Tuple.of(tenant.value(), epoch, StoredJson.write(document), by)))
                        .call(saved -> audit(connection, tenant, by, AuditAction.POLICY_CREATED, saved)));
    }

    @Override
    public Uni<Saved> replace(TenantId tenant, long id, OptionalInt expected, ObjectNode document, String by) {
        return change(
                tenant,
                id,
                expected,
                (connection, epoch) -> save(connection, REPLACE, Tuple.of(id, epoch, StoredJson.write(document), by))
                        .call(saved -> audit(connection, tenant, by, AuditAction.POLICY_CHANGED, saved)));
    }

    @Override
    public Uni<Saved> delete(TenantId tenant, long id, OptionalInt expected, String by) {
        return change(
                tenant,
                id,
                expected,
                (connection, epoch) -> save(connection, DELETE, Tuple.of(id, epoch, by))
                        .call(saved -> audit(connection, tenant, by, AuditAction.POLICY_DELETED, saved)));
    }

    private Uni<Saved> change(TenantId tenant, long id, OptionalInt expected, Write write) {
        return scope.in(
                tenant,
                connection -> lock(connection, tenant)
                        .chain(() -> connection.preparedQuery(CURRENT).execute(Tuple.of(id)))
                        .map(rows -> Rows.first(rows, row -> row.getInteger("revision")))
                        .chain(current -> current.map(
                                        revision -> expected.isPresent() && expected.getAsInt() != revision
                                                ? Uni.createFrom().<Saved>item(new Saved.Conflict(revision))
                                                : nextEpoch(connection, tenant)
                                                        .chain(epoch -> write.apply(connection, epoch))
                                                        .map(Saved.Done::new))
                                .orElseGet(() -> Uni.createFrom().item(new Saved.Unknown()))));
    }

    private static Uni<PolicyDocument> save(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).chain(rows -> {
            var saved = document(rows.iterator().next());
            return connection
                    .preparedQuery(REMEMBER)
                    .execute(Tuple.of(saved.id()))
                    .replaceWith(saved);
        });
    }

    /** The document itself is kept with its revision; its digest shows that it is still the same. */
    private static Uni<Void> audit(
            SqlConnection connection, TenantId tenant, String by, AuditAction action, PolicyDocument saved) {
        var note = new AuditNote(by, action, "policy:" + saved.id())
                .with("revision", saved.revision())
                .with("name", saved.document().path("name").asText())
                .with("mode", saved.document().path("mode").textValue());
        return connection
                .preparedQuery(DIGEST)
                .execute(Tuple.of(saved.id(), saved.revision()))
                .chain(rows -> AuditTrail.write(
                        connection,
                        tenant,
                        note.with("document_sha256", rows.iterator().next().getString("digest"))));
    }

    private static Uni<Void> lock(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery("SELECT FROM tenant WHERE id = $1 FOR NO KEY UPDATE")
                .execute(Tuple.of(tenant.value()))
                .replaceWithVoid();
    }

    private static Uni<Long> nextEpoch(SqlConnection connection, TenantId tenant) {
        return connection
                .preparedQuery(NEXT_EPOCH)
                .execute(Tuple.of(tenant.value()))
                .map(rows -> Rows.first(rows, row -> row.getLong("policy_epoch"))
                        .orElseThrow(() -> new IllegalArgumentException("There is no tenant " + tenant)));
    }

    @Override
    public Uni<Optional<PolicyDocument>> byId(TenantId tenant, long id) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(BY_ID)
                        .execute(Tuple.of(id))
                        .map(rows -> Rows.first(rows, PgPolicyStore::document)));
    }

    @Override
    public Uni<List<PolicyDocument>> all(TenantId tenant) {
        return scope.in(
                tenant,
                connection ->
                        connection.preparedQuery(ALL).execute().map(rows -> Rows.list(rows, PgPolicyStore::document)));
    }

    @Override
    public Uni<List<PolicyDocument>> changedSince(TenantId tenant, long epoch) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery(CHANGED)
                        .execute(Tuple.of(epoch))
                        .map(rows -> Rows.list(rows, PgPolicyStore::document)));
    }

    private static PolicyDocument document(Row row) {
        return new PolicyDocument(
                row.getLong("id"),
                row.getInteger("revision"),
                row.getLong("epoch"),
                StoredJson.object(row.getString("document")),
                row.getBoolean("deleted"),
                Rows.time(row, "created_at"),
                Rows.time(row, "updated_at"));
    }

    @FunctionalInterface
    private interface Write {
        Uni<PolicyDocument> apply(SqlConnection connection, long epoch);
    }
}
