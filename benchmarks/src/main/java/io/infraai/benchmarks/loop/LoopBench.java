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

    /**
     * What can be asked every few milliseconds without taking a core for it; whether each alert was really acted on is
     * counted when the clock stands.
     *
     * @param idle whether nothing waits any more
     * @param done how many alerts of a run were acted on
     */
    private record Ledger(String idle, String done) {

        static final Ledger OF_INFRAAI = new Ledger(
                "SELECT NOT EXISTS (SELECT 1 FROM undecided) AND NOT EXISTS (SELECT 1 FROM task WHERE state IN ('queued', 'running'))",
                "SELECT count(*) FROM task WHERE state = 'done' AND target_key LIKE $1");

        /** It works in the order of its rows. */
        static final Ledger OF_SKELETON = new Ledger(
                "SELECT state = 'done' FROM skeleton ORDER BY id DESC LIMIT 1",
                "SELECT count(*) FROM skeleton WHERE state = 'done' AND target LIKE $1");
    }

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
            bench.latency("InfraAI, 1 alert/s", infraai, 1, STARTED_BY_INFRAAI, Ledger.OF_INFRAAI);
            bench.latency("skeleton, 1 alert/s", skeleton, 1, STARTED_BY_SKELETON, Ledger.OF_SKELETON);
            bench.latency("InfraAI, 200 alerts/s", infraai, 200, STARTED_BY_INFRAAI, Ledger.OF_INFRAAI);
            bench.latency("skeleton, 200 alerts/s", skeleton, 200, STARTED_BY_SKELETON, Ledger.OF_SKELETON);
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
        return new Measured[] {measure(infraai, shape, Ledger.OF_INFRAAI), measure(skeleton, shape, Ledger.OF_SKELETON)
        };
    }

    private Measured measure(ServerProcess server, Shape shape, Ledger ledger) {
        var bodies = new Bodies("r" + System.nanoTime());
        var cpu = server.cpuSeconds();
        var start = System.nanoTime();
        new Load(rig.vertx(), server.port(), rig.key()).closed(bodies, shape.alerts(), shape.posts(), shape.inFlight());
        awaitIdle(ledger);
        var seconds = (System.nanoTime() - start) / 1e9;
        var used = server.cpuSeconds() - cpu;
        checkDone(bodies, ledger);
        return new Measured(bodies.made() / seconds, used * 1e6 / bodies.made());
    }

    private void awaitIdle(Ledger ledger) {
        for (long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2); System.nanoTime() < until; ) {
            if (rig.query(ledger.idle()).getFirst().getBoolean(0)) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new IllegalStateException("Not every alert was acted on within two minutes");
    }

    private void checkDone(Bodies bodies, Ledger ledger) {
        var done =
                rig.query(ledger.done(), "%" + bodies.run() + "-%").getFirst().getLong(0);
        if (done != bodies.made()) {
            throw new IllegalStateException("Of " + bodies.made() + " alerts " + done + " were acted on");
        }
    }

    private void latency(String name, ServerProcess server, int perSecond, String startedQuery, Ledger ledger) {
        var bodies = new Bodies("l" + System.nanoTime());
        var sent = new Load(rig.vertx(), server.port(), rig.key()).open(bodies, perSecond, SECONDS_OF_LATENCY);
        awaitIdle(ledger);
        checkDone(bodies, ledger);
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
