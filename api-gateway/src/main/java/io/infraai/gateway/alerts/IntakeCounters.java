package io.infraai.gateway.alerts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import io.infraai.persistence.intake.AlertIntake.Receipt;

/** {@code infraai_alerts_received_total} by what became of the alerts. */
final class IntakeCounters {

    private final Counter opened;
    private final Counter repeated;
    private final Counter resolved;
    private final Counter stale;
    private final Counter quarantined;
    private final Counter truncated;

    IntakeCounters(MeterRegistry metrics) {
        this.opened = counter(metrics, "opened");
        this.repeated = counter(metrics, "repeated");
        this.resolved = counter(metrics, "resolved");
        this.stale = counter(metrics, "stale");
        this.quarantined = counter(metrics, "quarantined");
        this.truncated = metrics.counter("infraai.alerts.truncated");
    }

    private static Counter counter(MeterRegistry metrics, String outcome) {
        return metrics.counter("infraai.alerts.received", "outcome", outcome);
    }

    void count(Receipt receipt, int setAside) {
        opened.increment(receipt.opened());
        repeated.increment(receipt.repeated());
        resolved.increment(receipt.resolved());
        stale.increment(receipt.stale());
        quarantined.increment(setAside);
    }

    /** They were never sent, and nobody sends them again. */
    void truncated(long leftOut) {
        truncated.increment((double) leftOut);
    }
}
