package io.infraai.persistence.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.audit.AuditAction;
import io.infraai.contracts.identity.Role;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.audit.AuditNote;
import io.infraai.persistence.audit.AuditTrail;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgApiKeyStore implements ApiKeyStore {

    private static final String COLUMNS = "tenant_id, id, name, hash, roles, created_at, expires_at, revoked_at";

    private static final String INSERT = """
            INSERT INTO api_key (tenant_id, id, name, hash, roles, created_at, expires_at, revoked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)""";

    private final TenantScope scope;

    PgApiKeyStore(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<Optional<ApiKey>> byId(String keyId) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery("SELECT " + COLUMNS + " FROM api_key_by_id($1)")
                .execute(Tuple.of(keyId))
                .map(rows -> Rows.first(rows, PgApiKeyStore::key)));
    }

    @Override
    public Uni<Void> create(ApiKey key, String by) {
        var roles = key.roles().stream().map(Role::wire).toArray(String[]::new);
        var parameters = Tuple.tuple()
                .addString(key.tenant().value())
                .addString(key.id())
                .addString(key.name())
                .addString(key.hash())
                .addArrayOfString(roles)
                .addOffsetDateTime(Rows.offset(key.createdAt()))
                .addOffsetDateTime(Rows.offset(key.expiresAt()))
                .addOffsetDateTime(Rows.offset(key.revokedAt()));
        return scope.in(
                key.tenant(),
                connection -> connection
                        .preparedQuery(INSERT)
                        .execute(parameters)
                        .chain(() -> AuditTrail.write(
                                connection,
                                key.tenant(),
                                new AuditNote(by, AuditAction.KEY_CREATED, "key:" + key.id())
                                        .with("name", key.name())
                                        .with("roles", String.join(",", roles)))));
    }

    @Override
    public Uni<List<ApiKey>> all(TenantId tenant) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery("SELECT " + COLUMNS + " FROM api_key ORDER BY created_at, id")
                        .execute()
                        .map(rows -> Rows.list(rows, PgApiKeyStore::key)));
    }

    @Override
    public Uni<Boolean> revoke(TenantId tenant, String keyId, String by) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery("UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1")
                        .execute(Tuple.of(keyId))
                        .map(rows -> rows.rowCount() == 1)
                        .call(found -> found
                                ? AuditTrail.write(
                                        connection, tenant, new AuditNote(by, AuditAction.KEY_REVOKED, "key:" + keyId))
                                : Uni.createFrom().voidItem()));
    }

    @Override
    public Uni<Boolean> anyWith(Role role) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery("SELECT any_key_with($1) AS found")
                .execute(Tuple.of(role.wire()))
                .map(rows -> rows.iterator().next().getBoolean("found")));
    }

    private static ApiKey key(Row row) {
        return new ApiKey(
                new TenantId(row.getString("tenant_id")),
                row.getString("id"),
                row.getString("name"),
                row.getString("hash"),
                Arrays.stream(row.getArrayOfStrings("roles")).map(Role::of).collect(Collectors.toSet()),
                Rows.time(row, "created_at"),
                Rows.timeOrNull(row, "expires_at"),
                Rows.timeOrNull(row, "revoked_at"));
    }
}
