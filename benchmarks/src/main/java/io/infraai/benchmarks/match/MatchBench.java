package io.infraai.benchmarks.match;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** From an alert's JSON to its policies, at 10 to 100,000 policies; then the cost of changing one of 100,000. */
public final class MatchBench {

    private static final int[] SIZES = {10, 1_000, 10_000, 100_000};
    private static final int PAIRS = 7;
    private static final long WARM_UP = 2_000_000_000L;
    private static final long ROUND = 400_000_000L;
    private static final int ALERTS = 1_000;

    private final List<JsonAlert> alerts = new Workload(7).alerts(ALERTS);
    private long sink;

    private MatchBench() {}

    /** Prints the tables. */
    public static void run() {
        new MatchBench().measure();
    }

    private void measure() {
        System.out.printf(
                Locale.ROOT,
                "Matching: one thread, CPU time, %d alerts of %.0f bytes on average in rotation, %d rounds in turns%n%n",
                ALERTS,
                alerts.stream()
                        .mapToInt(alert -> alert.bytes().length)
                        .average()
                        .orElse(0),
                PAIRS);
        System.out.println(
                "policies | matches/alert | engine      | ns/alert min |     median |        max | Event Ruler / it");
        var medians = new double[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            medians[i] = measure(SIZES[i]);
        }
        System.out.printf(
                Locale.ROOT,
                "%nInfraAI at %,d policies costs %.2f times what it costs at %d%n%n",
                SIZES[SIZES.length - 1],
                medians[medians.length - 1] / medians[0],
                SIZES[0]);
        new UpdateBench(alerts).measure(SIZES[SIZES.length - 1]);
        if (sink == 42) {
            System.out.println();
        }
    }

    /** The median of InfraAI's rounds. */
    private double measure(int size) {
        var rules = new Workload(42).rules(size);
        var infraAi = new InfraAi();
        rules.forEach(rule -> infraAi.put(rule.asPolicy()));
        var eventRuler = new EventRuler();
        rules.forEach(eventRuler::add);
        var scan = new Scan(rules);
        agree(size > 10_000 ? 200 : ALERTS, scan, infraAi, eventRuler);

        var contenders = List.of(infraAi, eventRuler, scan);
        contenders.forEach(each -> nanosPerAlert(each, WARM_UP));
        var times = new double[contenders.size()][PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            for (int i = 0; i < contenders.size(); i++) {
                times[i][pair] = nanosPerAlert(contenders.get(i), i == 2 ? ROUND / 4 : ROUND);
            }
        }
        double matches = alerts.stream().mapToInt(infraAi::count).average().orElse(0);
        for (int i = 0; i < contenders.size(); i++) {
            print(size, matches, contenders.get(i).name(), times[i], times[1]);
        }
        return Figures.of(times[0]).median();
    }

    private static void print(int size, double matches, String name, double[] times, double[] yardstick) {
        var figures = Figures.of(times);
        var ratio = Figures.of(IntStream.range(0, times.length)
                .mapToDouble(i -> yardstick[i] / times[i])
                .toArray());
        System.out.printf(
                Locale.ROOT,
                "%,8d | %13.2f | %-11s | %,12.0f | %,10.0f | %,10.0f | %.2f%n",
                size,
                matches,
                name,
                figures.min(),
                figures.median(),
                figures.max(),
                ratio.median());
    }

    private void agree(int count, Scan right, Contender... others) {
        for (var alert : alerts.subList(0, count)) {
            var expected = right.ids(alert);
            for (var other : others) {
                if (!other.ids(alert).equals(expected)) {
                    throw new IllegalStateException(
                            "%s finds other policies than the scan for %s".formatted(other.name(), alert.text()));
                }
            }
        }
    }

    private double nanosPerAlert(Contender contender, long budget) {
        long begun = CpuClock.now();
        long spent;
        int done = 0;
        do {
            // a few at a time, since reading the clock costs as much as an alert
            for (int i = 0; i < 16; i++) {
                sink += contender.count(alerts.get((done + i) % ALERTS));
            }
            done += 16;
            spent = CpuClock.now() - begun;
        } while (spent < budget);
        return (double) spent / done;
    }
}
