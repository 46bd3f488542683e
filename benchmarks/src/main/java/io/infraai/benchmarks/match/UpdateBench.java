package io.infraai.benchmarks.match;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** What one policy more or less costs while a reader matches alerts without a break, and the memory of an index. */
final class UpdateBench {

    private static final int UPDATES = 2_000;

    private final List<JsonAlert> alerts;

    UpdateBench(List<JsonAlert> alerts) {
        this.alerts = alerts;
    }

    void measure(int size) {
        var rules = new Workload(42).rules(size + 2 * UPDATES);
        var loaded = rules.subList(0, size);
        var policies = loaded.stream().map(Rule::asPolicy).toList();

        long start = usedHeap();
        var infraAi = new InfraAi();
        policies.forEach(infraAi::put);
        long withOurs = usedHeap();
        var eventRuler = new EventRuler();
        loaded.forEach(eventRuler::add);
        System.out.printf(
                Locale.ROOT,
                "Heap at %,d policies, beyond the policies themselves: InfraAI %,d bytes a policy, Event Ruler %,d%n%n",
                policies.size(),
                (withOurs - start) / size,
                (usedHeap() - withOurs) / size);

        System.out.println(
                "change, a reader running |  CPU µs p50 |        p99 | clock µs p50 |        p99 | reader's slowest alert, ms");
        var extra = rules.subList(size, rules.size());
        measure(infraAi, extra, infraAi::adding, infraAi::deleting);
        measure(eventRuler, extra, eventRuler::adding, eventRuler::deleting);
    }

    /** The first half of the rules warms up, the second counts. */
    private void measure(
            Contender contender, List<Rule> rules, Function<Rule, Runnable> adding, Function<Rule, Runnable> deleting) {
        var reader = new Reader(contender, alerts);
        var thread = Thread.ofPlatform().daemon().start(reader);
        try {
            for (var half : List.of(rules.subList(0, UPDATES), rules.subList(UPDATES, rules.size()))) {
                reader.slowest = 0;
                var added = timed(half.stream().map(adding).toList());
                var deleted = timed(half.stream().map(deleting).toList());
                if (half.getLast().equals(rules.getLast())) {
                    print(contender.name() + " add", added, reader);
                    print(contender.name() + " delete", deleted, reader);
                }
            }
        } finally {
            reader.stopped.set(true);
        }
        join(thread);
    }

    private static Figures[] timed(List<Runnable> changes) {
        var cpu = new double[changes.size()];
        var clock = new double[changes.size()];
        for (int i = 0; i < cpu.length; i++) {
            long cpuBegun = CpuClock.now();
            long begun = System.nanoTime();
            changes.get(i).run();
            clock[i] = (System.nanoTime() - begun) / 1e3;
            cpu[i] = (CpuClock.now() - cpuBegun) / 1e3;
        }
        return new Figures[] {Figures.of(cpu), Figures.of(clock)};
    }

    private static void print(String change, Figures[] figures, Reader reader) {
        System.out.printf(
                Locale.ROOT,
                "%-24s | %,11.1f | %,10.1f | %,12.1f | %,10.1f | %.1f%n",
                change,
                figures[0].median(),
                figures[0].quantile(0.99),
                figures[1].median(),
                figures[1].quantile(0.99),
                reader.slowest / 1e6);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Matches one alert after another and remembers the slowest. */
    private static final class Reader implements Runnable {

        private final Contender contender;
        private final List<JsonAlert> alerts;
        private final AtomicBoolean stopped = new AtomicBoolean();
        private volatile long slowest;

        private Reader(Contender contender, List<JsonAlert> alerts) {
            this.contender = contender;
            this.alerts = alerts;
        }

        @Override
        public void run() {
            for (int i = 0; !stopped.get(); i = (i + 1) % alerts.size()) {
                long begun = System.nanoTime();
                contender.count(alerts.get(i));
                long spent = System.nanoTime() - begun;
                if (spent > slowest) {
                    slowest = spent;
                }
            }
        }
    }
}
