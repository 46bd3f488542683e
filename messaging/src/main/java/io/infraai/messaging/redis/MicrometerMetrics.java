package io.infraai.messaging.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;

/** Counts in the global registry, to which Quarkus adds those of the application. The only class that needs Micrometer. */
final class MicrometerMetrics implements StreamMetrics {

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> meters = new ArrayList<>();
    private final Counter delivered;
    private final Counter acknowledged;
    private final Counter refused;
    private final Counter deadLettered;
    private final Counter reclaimed;

    MicrometerMetrics(String channel, String stream) {
        registry = Metrics.globalRegistry;
        tags = Tags.of("channel", channel, "stream", label(stream));
        delivered = counter("delivered", "Messages handed to the application");
        acknowledged = counter("acked", "Messages acknowledged by the application");
        refused = counter("nacked", "Messages refused by the application");
        deadLettered = counter("dead.lettered", "Entries written to the dead letters");
        reclaimed = counter("reclaimed", "Entries taken over after they had been pending for too long");
    }

    /** What follows a hash tag makes a stream one instance's own, and its name another one at each start. */
    static String label(String stream) {
        var end = stream.indexOf('}') + 1;
        return end == 0 ? stream : stream.substring(0, end);
    }

    private Counter counter(String name, String description) {
        var counter = Counter.builder("redis.streams." + name)
                .description(description)
                .tags(tags)
                .register(registry);
        meters.add(counter);
        return counter;
    }

    @Override
    public void delivered() {
        delivered.increment();
    }

    @Override
    public void acknowledged() {
        acknowledged.increment();
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void deadLettered() {
        deadLettered.increment();
    }

    @Override
    public void reclaimed() {
        reclaimed.increment();
    }

    @Override
    public void watchInFlight(Supplier<Number> inFlight) {
        meters.add(Gauge.builder("redis.streams.in.flight", inFlight)
                .description("Entries read and not settled")
                .tags(tags)
                .register(registry));
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
