package io.infraai.benchmarks.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.infraai.benchmarks.chaos.Fault.Killed;
import io.infraai.benchmarks.chaos.Fault.Paused;
import io.infraai.benchmarks.chaos.Fault.PostgresKilled;
import io.infraai.benchmarks.chaos.Fault.RedisKilled;
import io.infraai.benchmarks.chaos.Fault.RedisLost;

/**
 * The faults in their order, each tied to the progress of the alerts and not to a clock, so that it comes while there is work under
 * way however fast the machine is.
 */
record Plan(List<Planned> faults) {

    /**
     * @param after so many new alerts were sent
     */
    record Planned(int after, Fault fault) {}

    Plan {
        faults = List.copyOf(faults);
    }

    static Plan draw(Options options) {
        var random = new Random(options.seed());
        var moments = IntStream.generate(() -> random.nextInt(options.alerts()))
                .limit(options.faults())
                .sorted()
                .toArray();
        return new Plan(IntStream.of(moments)
                .mapToObj(moment -> new Planned(moment, fault(random)))
                .toList());
    }

    /** Of twenty: eleven kills, four pauses, three times Redis, twice PostgreSQL. */
    private static Fault fault(Random random) {
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> new Killed(any(Site.GATEWAYS, random));
            case 3, 4, 5 -> new Killed(any(Site.HEALERS, random));
            case 6, 7, 8, 9, 10 -> new Killed(any(Site.WORKERS, random));
            case 11 -> new Paused(any(Site.GATEWAYS, random), longerThanALease(random));
            case 12 -> new Paused(any(Site.HEALERS, random), longerThanALease(random));
            case 13, 14 -> new Paused(any(Site.WORKERS, random), longerThanALease(random));
            case 15, 16 -> new RedisKilled(upToTwoSeconds(random));
            case 17 -> new RedisLost(upToTwoSeconds(random));
            default -> new PostgresKilled(upToTwoSeconds(random));
        };
    }

    private static String any(List<String> services, Random random) {
        return services.get(random.nextInt(services.size()));
    }

    private static Duration longerThanALease(Random random) {
        return Site.LEASE.multipliedBy(10 + random.nextInt(10)).dividedBy(10).plusMillis(500);
    }

    private static Duration upToTwoSeconds(Random random) {
        return Duration.ofMillis(100L * (1 + random.nextInt(20)));
    }
}
