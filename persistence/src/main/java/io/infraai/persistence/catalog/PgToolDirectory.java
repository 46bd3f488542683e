package io.infraai.persistence.catalog;

import java.util.Comparator;
import java.util.List;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;

import io.infraai.contracts.tool.ToolDescription;
import io.infraai.persistence.tenancy.Columns;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgToolDirectory implements ToolDirectory {

    private static final String ADVERTISE = """
            INSERT INTO tool (name, description)
            SELECT name, description::jsonb FROM unnest($1::text[], $2::text[]) AS n(name, description)
            ON CONFLICT (name) DO UPDATE SET description = excluded.description, advertised_at = now()""";

    private final TenantScope scope;

    PgToolDirectory(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<Void> advertise(List<ToolDescription> tools) {
        // in one order everywhere: workers that start together would else wait for each other in a circle
        var sorted = tools.stream()
                .sorted(Comparator.comparing(ToolDescription::name))
                .toList();
        return scope.acrossTenants(connection -> connection
                .preparedQuery(ADVERTISE)
                .execute(Columns.of(sorted)
                        .texts(ToolDescription::name)
                        .texts(StoredJson::write)
                        .tuple())
                .replaceWithVoid());
    }

    @Override
    public Uni<List<ToolDescription>> all() {
        return scope.acrossTenants(connection -> connection
                .preparedQuery("SELECT description::text FROM tool ORDER BY name")
                .execute()
                .map(rows ->
                        Rows.list(rows, row -> StoredJson.read(row.getString("description"), ToolDescription.class))));
    }
}
