package io.infraai.persistence.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.stream.EpisodesOpened;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgEpisodeSweep implements EpisodeSweep {

    private final TenantScope scope;

    PgEpisodeSweep(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<List<EpisodesOpened>> undecided(Duration age, int limit) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery(
                        "SELECT tenant_id, id FROM sweep_undecided_episodes(make_interval(secs => $1::float8), $2)")
                .execute(Tuple.of(Rows.seconds(age), limit))
                .map(PgEpisodeSweep::byTenant));
    }

    @Override
    public Uni<Integer> closeSilent(Duration silence, int limit) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery("SELECT sweep_silent_episodes(make_interval(secs => $1::float8), $2) AS closed")
                .execute(Tuple.of(Rows.seconds(silence), limit))
                .map(rows -> rows.iterator().next().getInteger("closed")));
    }

    private static List<EpisodesOpened> byTenant(RowSet<Row> rows) {
        var byTenant = new LinkedHashMap<String, List<UUID>>();
        for (var row : rows) {
            byTenant.computeIfAbsent(row.getString("tenant_id"), _ -> new ArrayList<>())
                    .add(row.getUUID("id"));
        }
        return byTenant.entrySet().stream()
                .map(each -> new EpisodesOpened(new TenantId(each.getKey()), each.getValue()))
                .toList();
    }
}
