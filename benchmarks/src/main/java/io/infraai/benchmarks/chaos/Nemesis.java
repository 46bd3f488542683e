package io.infraai.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

import io.infraai.benchmarks.chaos.Fault.Killed;
import io.infraai.benchmarks.chaos.Fault.Paused;
import io.infraai.benchmarks.chaos.Fault.PostgresKilled;
import io.infraai.benchmarks.chaos.Fault.RedisKilled;
import io.infraai.benchmarks.chaos.Fault.RedisLost;
import io.infraai.benchmarks.chaos.Plan.Planned;
import io.infraai.embedded.EmbeddedServers;

/** Does to a site what was planned, one fault after the other; what stands still meanwhile is struck by the next ones, too. */
final class Nemesis implements AutoCloseable {

    /** Faults that may lag behind the alerts that they belong to; whoever sends these waits for it. */
    private static final int BEHIND = 2;

    private final Site site;
    private final EmbeddedServers servers;
    private final long began = System.nanoTime();
    private final Semaphore behind = new Semaphore(BEHIND);
    private final ExecutorService hand = Executors.newSingleThreadExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private CompletableFuture<Void> struck = CompletableFuture.completedFuture(null);

    Nemesis(Site site) {
        this.site = site;
        this.servers = site.rig().servers();
    }

    /** Soon; waits while too much of what was planned before is yet to come. */
    void strike(Planned planned) {
        behind.acquireUninterruptibly();
        struck = struck.thenRunAsync(
                        () -> {
                            tell(planned);
                            strike(planned.fault());
                        },
                        hand)
                .whenComplete((_, _) -> behind.release());
    }

    private void tell(Planned planned) {
        System.out.printf(
                Locale.ROOT,
                "%7.1f | %11d | %s%n",
                (System.nanoTime() - began) / 1e9,
                planned.after(),
                planned.fault().told());
    }

    private void strike(Fault fault) {
        switch (fault) {
            case Killed(var service) -> site.service(service).kill();
            case Paused(var service, var time) -> site.service(service).pause(time, clock);
            case RedisKilled(var away) -> {
                servers.killRedis();
                pass(away);
                servers.startRedis();
            }
            case RedisLost(var away) -> {
                servers.killRedis();
                deleteRedisData();
                pass(away);
                servers.startRedis();
            }
            case PostgresKilled(var away) -> {
                servers.killPostgres();
                pass(away);
                servers.startPostgres();
            }
        }
    }

    private static void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private void deleteRedisData() {
        try (var files = Files.walk(servers.directory().resolve("redis"))) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until all has struck and nothing is away or stands still any more. */
    @Override
    public void close() {
        struck.join();
        hand.close();
        // what is planned already comes yet
        clock.close();
    }
}
