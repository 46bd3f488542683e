package io.infraai.engine.model;

import java.time.Duration;
import java.util.Locale;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.infraai.contracts.chat.Usage;

/** What one model does, told in metrics: the label is its configured name. */
final class ModelMeters {

    private final String model;
    private final MeterRegistry metrics;

    ModelMeters(String model, MeterRegistry metrics) {
        this.model = model;
        this.metrics = metrics;
    }

    /** One while nobody is let to it but a try now and then. */
    void watch(Breaker breaker) {
        Gauge.builder("infraai_model_breaker_open", breaker, it -> it.isOpen() ? 1 : 0)
                .tag("model", model)
                .strongReference(true)
                .register(metrics);
    }

    void answered(Duration took, Usage usage) {
        metrics.timer("infraai_model_requests", "model", model, "outcome", "answered")
                .record(took);
        metrics.counter("infraai_model_tokens", "model", model, "direction", "in")
                .increment((double) usage.tokensIn());
        metrics.counter("infraai_model_tokens", "model", model, "direction", "out")
                .increment((double) usage.tokensOut());
        metrics.counter("infraai_model_cost_micros", "model", model).increment((double) usage.costMicros());
    }

    void failed(Duration took, ModelFailure reason) {
        var outcome = reason.name().toLowerCase(Locale.ROOT);
        metrics.timer("infraai_model_requests", "model", model, "outcome", outcome)
                .record(took);
    }
}
