package io.infraai.persistence.tenancy;

import java.util.List;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;

@Singleton
final class PgTenants implements Tenants {

    private final TenantScope scope;

    PgTenants(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<List<Tenant>> all() {
        return scope.acrossTenants(connection -> connection
                .preparedQuery("SELECT id, policy_epoch FROM every_tenant()")
                .execute()
                .map(rows -> Rows.list(rows, PgTenants::tenant)));
    }

    @Override
    public Uni<Boolean> create(TenantId tenant) {
        return scope.in(
                tenant,
                connection -> connection
                        .preparedQuery("INSERT INTO tenant (id) VALUES ($1) ON CONFLICT DO NOTHING")
                        .execute(Tuple.of(tenant.value()))
                        .map(RowSet::rowCount)
                        .map(created -> created == 1));
    }

    private static Tenant tenant(Row row) {
        return new Tenant(new TenantId(row.getString("id")), row.getLong("policy_epoch"));
    }
}
