package io.infraai.persistence.tenancy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import io.infraai.contracts.identity.TenantId;

/**
 * The only class that opens a connection. Its transactions belong to one tenant: row-level security shows and takes that
 * tenant's rows and no others.
 */
@Singleton
public final class TenantScope {

    private static final String NAME_TENANT = "SELECT set_config('app.tenant', $1, true)";
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration REPLICA_LIMIT = Duration.ofSeconds(2);
    private static final int TRIES = 3;

    private final Pool pool;
    private final Replica replica;
    private final Timer committed = timer("committed");
    private final Timer failed = timer("failed");

    TenantScope(Pool pool, Replica replica) {
        this.pool = pool;
        this.replica = replica;
    }

    /** In the global registry, to which Quarkus adds those of the application. */
    private static Timer timer(String outcome) {
        return Metrics.globalRegistry.timer("infraai_database_transactions", "outcome", outcome);
    }

    /**
     * Runs the work in a transaction that sees this tenant's rows only, again when it loses against a concurrent one.
     *
     * @return fails with {@link StoreUnavailable} when the database is away or takes longer than five seconds
     */
    public <T> Uni<T> in(TenantId tenant, Function<SqlConnection, Uni<T>> work) {
        return bounded(pool, LIMIT, connection -> transaction(connection, named(tenant, work)));
    }

    /**
     * As {@link #in}, for work that is a single statement: COMMIT is sent behind it without waiting for its result, so all of it
     * takes one round trip. After a statement that failed COMMIT is the end of a transaction that did nothing.
     */
    public <T> Uni<T> once(TenantId tenant, Function<SqlConnection, Uni<T>> statement) {
        return bounded(pool, LIMIT, connection -> oneTrip(connection, tenant, statement));
    }

    /**
     * As {@link #in}, for work that only reads and whose answer may be some seconds old: on the replica while there is one that
     * keeps up, on the primary otherwise, and also when the replica fails at it or takes longer than two seconds.
     */
    public <T> Uni<T> reading(TenantId tenant, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> replica.fit()
                        .map(fit -> bounded(
                                        fit, REPLICA_LIMIT, connection -> transaction(connection, named(tenant, work)))
                                .onItem()
                                .invoke(replica::answered)
                                .onFailure()
                                .recoverWithUni(failure -> {
                                    replica.failed(failure);
                                    return in(tenant, work);
                                }))
                        .orElseGet(() -> in(tenant, work)));
    }

    /** Runs the work in a transaction that sees no tenant's rows: for tables that have none, and for the database's functions that cross tenants. */
    public <T> Uni<T> acrossTenants(Function<SqlConnection, Uni<T>> work) {
        return bounded(pool, LIMIT, connection -> transaction(connection, work));
    }

    private static <T> Function<SqlConnection, Uni<T>> named(TenantId tenant, Function<SqlConnection, Uni<T>> work) {
        return connection -> Uni.combine()
                .all()
                .unis(connection.preparedQuery(NAME_TENANT).execute(Tuple.of(tenant.value())), later(connection, work))
                .with((_, result) -> result);
    }

    /**
     * Past the limit the caller is told so, but the transaction isn't torn off: a connection goes back to the pool only after
     * its own end. One that still waits for a connection then does nothing any more.
     */
    private <T> Uni<T> bounded(Pool pool, Duration limit, Function<SqlConnection, Uni<T>> transact) {
        return Uni.createFrom().deferred(() -> {
            var abandoned = new AtomicBoolean();
            var start = System.nanoTime();
            var transaction = pool.getConnection()
                    .chain(connection -> abandoned.get()
                            ? connection
                                    .close()
                                    .chain(() -> Uni.createFrom()
                                            .<T>failure(new StoreUnavailable("Nobody waits for this any more")))
                            : transact.apply(connection))
                    .onFailure(DatabaseFailures::isConflict)
                    .retry()
                    .atMost(TRIES - 1)
                    .onFailure()
                    .transform(DatabaseFailures::translate)
                    // the wait for a connection included: that is what callers feel
                    .onItemOrFailure()
                    .invoke((_, failure) -> (failure == null ? committed : failed)
                            .record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
            return Uni.createFrom()
                    .<T>emitter(emitter -> transaction.subscribe().with(emitter::complete, emitter::fail))
                    .ifNoItem()
                    .after(limit)
                    .failWith(() -> {
                        abandoned.set(true);
                        return new StoreUnavailable("The database took longer than " + limit.toSeconds() + " s");
                    });
        });
    }

    /**
     * BEGIN, the tenant's name and the work's first statement are sent without waiting for each other's answers. Should one
     * of them fail, so does what follows: without a tenant there are no rows to see, and none can be written.
     */
    private static <T> Uni<T> transaction(SqlConnection connection, Function<SqlConnection, Uni<T>> work) {
        return Uni.combine()
                .all()
                .unis(connection.begin(), later(connection, work))
                .asTuple()
                .chain(done -> done.getItem1().commit().replaceWith(done.getItem2()))
                .onFailure()
                .call(() -> rollback(connection))
                .eventually(connection::close);
    }

    /** Ends once all four have been answered: the connection is given back with nothing under way. */
    private static <T> Uni<T> oneTrip(
            SqlConnection connection, TenantId tenant, Function<SqlConnection, Uni<T>> statement) {
        return Uni.combine()
                .all()
                .unis(
                        connection.query("BEGIN").execute(),
                        connection.preparedQuery(NAME_TENANT).execute(Tuple.of(tenant.value())),
                        later(connection, statement),
                        connection.query("COMMIT").execute())
                .collectFailures()
                .with((_, _, result, _) -> result)
                .onFailure(CompositeException.class)
                .transform(all -> all.getCauses().getFirst())
                .eventually(connection::close);
    }

    private static <T> Uni<T> later(SqlConnection connection, Function<SqlConnection, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> work.apply(connection));
    }

    private static Uni<Void> rollback(SqlConnection connection) {
        var open = connection.transaction();
        return open == null
                ? Uni.createFrom().voidItem()
                : open.rollback().onFailure().recoverWithNull();
    }
}
