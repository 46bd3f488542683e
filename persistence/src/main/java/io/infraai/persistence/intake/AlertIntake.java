package io.infraai.persistence.intake;

import java.util.List;
import java.util.UUID;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertKey;
import io.infraai.contracts.identity.TenantId;

/** Takes webhooks' alerts in; for the gateway. */
public interface AlertIntake {

    /**
     * Stores a batch whole or not at all, and completes after COMMIT. Doing it again changes nothing more.
     *
     * @param batch at most 500 alerts; callers cut larger messages
     */
    Uni<Receipt> accept(TenantId tenant, Batch batch);

    /**
     * @param traceparent the W3C trace context of its taking in; absent when that isn't traced
     */
    record Batch(
            List<Received> alerts,
            List<Quarantined> quarantined,
            @Nullable String traceparent) {
        public Batch {
            alerts = List.copyOf(alerts);
            quarantined = List.copyOf(quarantined);
        }

        /** One that is no part of a trace. */
        public Batch(List<Received> alerts, List<Quarantined> quarantined) {
            this(alerts, quarantined, null);
        }

        public Batch in(@Nullable String trace) {
            return new Batch(alerts, quarantined, trace);
        }
    }

    /**
     * @param index its place in the message
     */
    record Received(int index, AlertKey key, Alert alert) {}

    /**
     * An alert that can't be taken.
     *
     * @param reason what is wrong with it, for its sender
     * @param sample the start of it, at most 4 KiB, made printable
     */
    record Quarantined(int index, String reason, String sample) {}

    /**
     * What became of a batch.
     *
     * @param episodes those that were opened, in the order of the batch
     */
    record Receipt(int opened, int repeated, int resolved, int stale, List<UUID> episodes) {
        public Receipt {
            episodes = List.copyOf(episodes);
        }
    }
}
