package io.infraai.persistence.schema;

import java.time.Duration;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoreUnavailable;
import io.infraai.persistence.tenancy.TenantScope;

/** Ready means ready on this schema: too old a one and one that says that it is too new keep a service out of the way. */
@Readiness
@Singleton
final class SchemaCheck implements AsyncHealthCheck {

    private static final String ASK = "SELECT version, works_from FROM schema_version";
    private static final String UNDEFINED_TABLE = "42P01";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TenantScope scope;
    private final int needed;

    @Inject
    SchemaCheck(TenantScope scope) {
        this(scope, SchemaVersion.NEEDED);
    }

    SchemaCheck(TenantScope scope, int needed) {
        this.scope = scope;
        this.needed = needed;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return found().map(this::response)
                .ifNoItem()
                .after(PATIENCE)
                .failWith(() -> new StoreUnavailable("The database doesn't answer"))
                .onFailure(StoreUnavailable.class)
                .recoverWithItem(_ -> unreachable());
    }

    Uni<SchemaVersion> found() {
        return scope.acrossTenants(connection -> connection
                        .preparedQuery(ASK)
                        .execute()
                        .map(rows -> Rows.first(
                                        rows,
                                        row -> new SchemaVersion(
                                                row.getInteger("version"), row.getInteger("works_from")))
                                .orElse(SchemaVersion.UNTOLD)))
                .onFailure(SchemaCheck::isUntold)
                .recoverWithItem(SchemaVersion.UNTOLD);
    }

    private HealthCheckResponse response(SchemaVersion found) {
        var objection = found.objection(needed);
        var response = HealthCheckResponse.named("Database schema")
                .status(objection.isEmpty())
                .withData("schema", found.version())
                .withData("needed", needed)
                .withData("works_from", found.worksFrom());
        objection.ifPresent(why -> response.withData("what_to_do", why));
        return response.build();
    }

    private HealthCheckResponse unreachable() {
        return HealthCheckResponse.named("Database schema")
                .down()
                .withData("needed", needed)
                .withData("why", "The database doesn't answer")
                .build();
    }

    private static boolean isUntold(Throwable failure) {
        return failure instanceof PgException pg && UNDEFINED_TABLE.equals(pg.getSqlState());
    }
}
