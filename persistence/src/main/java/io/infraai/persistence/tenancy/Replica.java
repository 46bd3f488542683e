package io.infraai.persistence.tenancy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A server that follows the primary, if one is configured. Once a second it is asked how far it has come: it is read from while that
 * is near enough, and left alone as soon as it isn't, or anything about it is in doubt.
 */
@Singleton
final class Replica {

    private static final Logger LOG = Logger.getLogger(Replica.class);

    private static final String WRITTEN = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS place";

    /** Null where it is none, such as one that was promoted. */
    private static final String REPLAYED = """
            SELECT CASE WHEN pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint END AS place""";

    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Pool primary;
    private final Optional<Pool> pool;
    private final Duration maxLag;
    private final Vertx vertx;
    private final ReplicaLag lag = new ReplicaLag();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicLong timer = new AtomicLong(-1);
    private final AtomicBoolean said = new AtomicBoolean();
    private volatile State state;

    @Inject
    Replica(
            Pool primary,
            @ReactiveDataSource("replica") InjectableInstance<Pool> pool,
            ReplicaConfig config,
            Vertx vertx) {
        this(primary, pool.listActive().stream().findFirst(), config.maxLag(), vertx);
    }

    Replica(Pool primary, Optional<Pool> pool, Duration maxLag, Vertx vertx) {
        this.primary = primary;
        this.pool = pool;
        this.maxLag = maxLag;
        this.vertx = vertx;
        this.state = new State(pool.isPresent() ? "it wasn't asked yet" : "none is configured", null);
    }

    void start(@Observes StartupEvent start) {
        if (pool.isEmpty()) {
            return;
        }
        Gauge.builder(
                        "infraai_replica_lag_seconds",
                        () -> lag().map(Replica::seconds).orElse(Double.NaN))
                .description("How old the replica's data may be")
                .register(Metrics.globalRegistry);
        timer.set(vertx.setPeriodic(ROUND.toMillis(), _ -> look()));
    }

    @PreDestroy
    void stop() {
        vertx.cancelTimer(timer.get());
    }

    /** Why it is read from or isn't, for people. */
    String note() {
        return isFit() ? "it keeps up" : state.note();
    }

    boolean isFit() {
        return lag().filter(it -> it.compareTo(maxLag) <= 0).isPresent();
    }

    /** How old its data may be; empty where that isn't known, or it can't be read from at all. */
    Optional<Duration> lag() {
        var since = state.caughtUpAt();
        return since == null ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - since));
    }

    /** Where to read, unless it must be the primary. */
    Optional<Pool> fit() {
        if (pool.isEmpty() || isFit()) {
            return pool;
        }
        reads("primary").increment();
        return Optional.empty();
    }

    void answered() {
        reads("replica").increment();
    }

    /** What failed on the replica is asked of the primary; until the next look, so is all that follows. */
    void failed(Throwable failure) {
        reads("primary").increment();
        become(new State("it failed: " + failure.getMessage(), null));
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            var _ = looked().onTermination()
                    .invoke(() -> looking.set(false))
                    .subscribe()
                    .with(this::become);
        }
    }

    /**
     * The primary first: what it had written then, and the replica has replayed by now, the replica lacks no more. A primary that
     * doesn't answer in time may be busy; meanwhile the replica's data only seem to grow older.
     */
    Uni<State> looked() {
        var asked = System.nanoTime();
        return place(primary, WRITTEN)
                .invoke(written -> written.ifPresent(place -> lag.written(asked, place)))
                .onFailure()
                .recoverWithItem(Optional.empty())
                .chain(() -> place(pool.orElseThrow(), REPLAYED))
                .map(replayed -> replayed.map(lag::replayed)
                        .map(since -> new State("it is more than " + maxLag.toSeconds() + " s behind", since))
                        .orElseGet(() -> new State("it follows no primary, or has only begun to", null)))
                .onFailure()
                .recoverWithItem(failure -> new State("it doesn't answer: " + failure.getMessage(), null));
    }

    private static Uni<Optional<Long>> place(Pool pool, String sql) {
        return pool.query(sql)
                .execute()
                .map(rows -> Optional.ofNullable(rows.iterator().next().getLong("place")))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private void become(State next) {
        state = next;
        var fit = isFit();
        if (said.getAndSet(fit) != fit) {
            LOG.infof("The replica is %s: %s", fit ? "read from" : "left alone", note());
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Counter reads(String from) {
        return Counter.builder("infraai_replica_reads")
                .description("Reads that the replica might answer, by who did")
                .tag("from", from)
                .register(Metrics.globalRegistry);
    }

    /**
     * @param note what is wrong with it, should it not be fit
     * @param caughtUpAt since when it may lack something, in nanoseconds; null where it isn't known or doesn't matter
     */
    record State(String note, @Nullable Long caughtUpAt) {}
}
