package io.infraai.persistence.conversation;

import java.time.Duration;

import jakarta.inject.Singleton;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.TenantScope;

@Singleton
final class PgConversationSweep implements ConversationSweep {

    private final TenantScope scope;

    PgConversationSweep(TenantScope scope) {
        this.scope = scope;
    }

    @Override
    public Uni<Integer> clearEvents(Duration age, int limit) {
        return cleared("SELECT sweep_old_events(make_interval(secs => $1::float8), $2) AS cleared", age, limit);
    }

    @Override
    public Uni<Integer> clearDocuments(Duration age, int limit) {
        return cleared("SELECT sweep_old_documents(make_interval(secs => $1::float8), $2) AS cleared", age, limit);
    }

    private Uni<Integer> cleared(String sql, Duration age, int limit) {
        return scope.acrossTenants(connection -> connection
                .preparedQuery(sql)
                .execute(Tuple.of(Rows.seconds(age), limit))
                .map(rows -> rows.iterator().next().getInteger("cleared")));
    }
}
