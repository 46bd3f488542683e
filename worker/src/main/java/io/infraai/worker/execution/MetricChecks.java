package io.infraai.worker.execution;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import io.infraai.adapters.prometheus.Prometheus;
import io.infraai.adapters.prometheus.Prometheus.Reading;
import io.infraai.contracts.remediation.MetricCheck;

/** Asks a policy's metric guards right before the task acts. */
@ApplicationScoped
class MetricChecks {

    private final Prometheus prometheus;

    MetricChecks(Prometheus prometheus) {
        this.prometheus = prometheus;
    }

    /** The first one that doesn't hold, told for the journal; empty when the task may act. */
    Uni<Optional<String>> hold(List<MetricCheck> checks) {
        return Multi.createFrom()
                .iterable(checks)
                .onItem()
                .transformToUniAndConcatenate(
                        check -> prometheus.value(check.query()).map(value -> refusal(check, value)))
                .select()
                .where(Optional::isPresent)
                .toUni()
                .map(refusal -> refusal == null ? Optional.empty() : refusal);
    }

    private static Optional<String> refusal(MetricCheck check, Reading reading) {
        return switch (reading) {
            case Reading.None(var why) -> Optional.of("the metric guard has no answer: " + why);
            case Reading.Value(var value) ->
                check.holds(value)
                        ? Optional.empty()
                        : Optional.of("the metric guard doesn't hold: " + check.query() + " is " + value + ", not "
                                + check.wanted());
        };
    }
}
