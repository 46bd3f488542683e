package io.infraai.persistence.catalog;

import java.util.Comparator;
import java.util.List;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.tool.ToolDescription;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgToolDirectory implements ToolDirectory {

    private static final String ADVERTISE = """
            INSERT INTO tool (name, description, service, advertised_at, settled_at)
            SELECT name, description::jsonb, $1, now(), CASE WHEN $2 THEN now() END
              FROM unnest($3::text[], $4::text[]) AS n(name, description)
            ON CONFLICT (name, service) DO UPDATE
              SET description = excluded.description, advertised_at = excluded.advertised_at,
                  settled_at = coalesce(excluded.settled_at, tool.settled_at)""";

    private static final String KNOWN = """
            SELECT DISTINCT ON (name) description::text FROM tool
              JOIN (SELECT service, max(settled_at) AS newest FROM tool GROUP BY service) AS s USING (service)
             WHERE newest IS NULL OR advertised_at > newest - make_interval(secs => $1)
             ORDER BY name, advertised_at DESC""";

    private final TenantScope scope;

    PgToolDirectory(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<Void> advertise(String service, boolean settled, List<ToolDescription> tools) {
        // in one order everywhere: workers that start together would else wait for each other in a circle
        var sorted = tools.stream()
                .sorted(Comparator.comparing(ToolDescription::name))
                .toList();
        return scope.acrossTenants(connection -> connection
                .preparedQuery(ADVERTISE)
                .execute(Columns.of(sorted)
                        .value(service)
                        .value(settled)
                        .texts(ToolDescription::name)
                        .texts(StoredJson::write)
                        .tuple())
                .replaceWithVoid());
    }

    @Override
    public Uni<Catalogue> all() {
        return scope.acrossTenants(connection -> connection
                .preparedQuery(KNOWN)
                .execute(Tuple.of((double) KEPT.toSeconds()))
                .map(rows -> new Catalogue(
                        Rows.list(rows, row -> StoredJson.read(row.getString("description"), ToolDescription.class)))));
    }
}
