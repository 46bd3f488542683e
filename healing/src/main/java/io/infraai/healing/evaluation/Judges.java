package io.infraai.healing.evaluation;

import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.infraai.healing.guard.Guards;
import io.infraai.messaging.redis.tracing.Step;

/** Makes the judge of each planning: the guards, watched. */
@ApplicationScoped
class Judges {

    private final Guards guards;
    private final MeterRegistry metrics;
    private final Counter unmatched;

    Judges(Guards guards, MeterRegistry metrics) {
        this.guards = guards;
        this.metrics = metrics;
        this.unmatched = metrics.counter("infraai_episodes_unmatched");
    }

    /**
     * @param steps the spans of the plannings, by episode
     */
    Decisions of(Map<UUID, Step> steps) {
        return new Decisions(guards, metrics, steps);
    }

    /** Episodes that no policy is about. */
    void unmatched(long episodes) {
        unmatched.increment((double) episodes);
    }
}
