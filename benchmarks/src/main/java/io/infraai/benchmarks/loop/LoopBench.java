package io.infraai.benchmarks.loop;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Alerts a second through the whole loop, and how long an alert waits until its action starts. */
public final class LoopBench {

    private static final int PAIRS = 3;
    private static final int SECONDS_OF_LATENCY = 15;

    /** Both keep these for the targets: the moment at which the action began. */
    private static final String STARTED_BY_INFRAAI =
            "SELECT target_key, started_at FROM task WHERE tool = 'no_operation' AND target_key LIKE $1";

    private static final String STARTED_BY_SKELETON = "SELECT target, started_at FROM skeleton WHERE target LIKE $1";

    private static final String DONE_BY_INFRAAI =
            "SELECT count(*) FROM task WHERE state = 'done' AND target_key LIKE $1";

    private static final String DONE_BY_SKELETON =
            "SELECT count(*) FROM skeleton WHERE state = 'done' AND target LIKE $1";

    private record Shape(int alerts, int inFlight, int posts) {}

    /**
     * @param rate alerts a second until the last one's task was finished
     * @param cpu microseconds of the process for one alert
     */
    private record Measured(double rate, double cpu) {}

    private final Rig rig;

    private LoopBench(Rig rig) {
        this.rig = rig;
    }

    /** Prints a table. */
    public static void run() {
        try (var rig = new Rig();
                var infraai = rig.infraai();
                var skeleton = rig.skeleton()) {
            rig.policy(infraai);
            var bench = new LoopBench(rig);
            System.out.println("Warming up …");
            bench.pair(infraai, skeleton, new Shape(100, 4, 300));
            bench.pair(infraai, skeleton, new Shape(1, 32, 5_000));
            System.out.println(
                    "alerts a body | InfraAI alerts/s | skeleton alerts/s | ratio of rates | InfraAI CPU µs/alert"
                            + " | skeleton CPU µs/alert   (medians of " + PAIRS + " pairs)");
            bench.throughput(infraai, skeleton, new Shape(1, 64, 4_000));
            bench.throughput(infraai, skeleton, new Shape(10, 16, 1_000));
            bench.throughput(infraai, skeleton, new Shape(100, 8, 200));
            System.out.println("alert to action started | p50 ms | p99 ms");
            bench.latency("InfraAI, 1 alert/s", infraai, 1, STARTED_BY_INFRAAI);
            bench.latency("skeleton, 1 alert/s", skeleton, 1, STARTED_BY_SKELETON);
            bench.latency("InfraAI, 200 alerts/s", infraai, 200, STARTED_BY_INFRAAI);
            bench.latency("skeleton, 200 alerts/s", skeleton, 200, STARTED_BY_SKELETON);
        }
    }

    private void throughput(ServerProcess infraai, ServerProcess skeleton, Shape shape) {
        List<Measured[]> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            pairs.add(pair(infraai, skeleton, shape));
        }
        System.out.printf(
                Locale.ROOT,
                "%13d | %16.0f | %17.0f | %14.2f | %20.0f | %22.0f%n",
                shape.alerts(),
                median(pairs.stream().mapToDouble(pair -> pair[0].rate()).toArray()),
                median(pairs.stream().mapToDouble(pair -> pair[1].rate()).toArray()),
                median(pairs.stream()
                        .mapToDouble(pair -> pair[0].rate() / pair[1].rate())
                        .toArray()),
                median(pairs.stream().mapToDouble(pair -> pair[0].cpu()).toArray()),
                median(pairs.stream().mapToDouble(pair -> pair[1].cpu()).toArray()));
    }

    private Measured[] pair(ServerProcess infraai, ServerProcess skeleton, Shape shape) {
        return new Measured[] {measure(infraai, shape, DONE_BY_INFRAAI), measure(skeleton, shape, DONE_BY_SKELETON)};
    }

    private Measured measure(ServerProcess server, Shape shape, String doneQuery) {
        var bodies = new Bodies("r" + System.nanoTime());
        var cpu = server.cpuSeconds();
        var start = System.nanoTime();
        new Load(rig.vertx(), server.port(), rig.key()).closed(bodies, shape.alerts(), shape.posts(), shape.inFlight());
        awaitDone(bodies, doneQuery);
        var seconds = (System.nanoTime() - start) / 1e9;
        return new Measured(bodies.made() / seconds, (server.cpuSeconds() - cpu) * 1e6 / bodies.made());
    }

    private void awaitDone(Bodies bodies, String doneQuery) {
        for (long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2); System.nanoTime() < until; ) {
            if (rig.query(doneQuery, "%" + bodies.run() + "-%").getFirst().getLong(0) == bodies.made()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new IllegalStateException("Not every alert was acted on within two minutes");
    }

    private void latency(String name, ServerProcess server, int perSecond, String startedQuery) {
        var bodies = new Bodies("l" + System.nanoTime());
        var sent = new Load(rig.vertx(), server.port(), rig.key()).open(bodies, perSecond, SECONDS_OF_LATENCY);
        var doneQuery = startedQuery.equals(STARTED_BY_INFRAAI) ? DONE_BY_INFRAAI : DONE_BY_SKELETON;
        awaitDone(bodies, doneQuery);
        var waited = rig.query(startedQuery, "%" + bodies.run() + "-%").stream()
                .mapToDouble(row -> {
                    var target = row.getString(0);
                    var number = Long.parseLong(target.substring(target.lastIndexOf('-') + 1));
                    var started = row.getOffsetDateTime(1).toInstant();
                    var micros = ChronoUnit.MICROS.between(Instant.EPOCH, started);
                    return (micros - sent.getOrDefault(number, micros)) / 1_000.0;
                })
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "%23s | %6.1f | %6.1f%n",
                name,
                waited[waited.length / 2],
                waited[Math.min(waited.length - 1, waited.length * 99 / 100)]);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
