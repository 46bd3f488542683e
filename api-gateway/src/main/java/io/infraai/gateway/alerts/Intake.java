package io.infraai.gateway.alerts;

import java.time.Clock;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.identity.TenantId;
import io.infraai.gateway.bells.Bells;
import io.infraai.messaging.redis.tracing.Spans;
import io.infraai.messaging.redis.tracing.Step;
import io.infraai.messaging.redis.tracing.Trail;
import io.infraai.persistence.intake.AlertIntake;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Receipt;

/** Stores webhooks: check, commit, ring; batch after batch, answered when all of it is committed. */
@ApplicationScoped
class Intake {

    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final AlertIntake store;
    private final Bells bells;
    private final IntakeConfig config;
    private final IntakeGate gate;
    private final IntakeCounters counters;
    private final Clock clock;
    private final Spans spans;

    Intake(AlertIntake store, Bells bells, IntakeConfig config, MeterRegistry metrics, Clock clock, Spans spans) {
        this.store = store;
        this.bells = bells;
        this.config = config;
        this.gate = new IntakeGate(config.inWork().asLongValue(), config.patience());
        this.counters = new IntakeCounters(metrics);
        this.clock = clock;
        this.spans = spans;
    }

    /** Completes after COMMIT of the last batch. */
    Uni<IntakeAnswer> take(TenantId tenant, byte[] body) {
        return spans.during(
                "take alerts in",
                Trail.under(spans.current()),
                step -> gate.enter(body.length, () -> {
                            var webhook = Webhook.of(body);
                            step.tell("infraai.alerts.received", webhook.count());
                            counters.truncated(webhook.truncated());
                            var alerts = new AlertReader(webhook, tenant, config.replicaLabels(), clock.instant());
                            return rest(tenant, alerts, IntakeAnswer.none(webhook.count()), step);
                        })
                        .invoke(answer -> step.tell("infraai.alerts.opened", answer.opened())
                                .tell(
                                        "infraai.alerts.quarantined",
                                        answer.quarantined().size())));
    }

    private Uni<IntakeAnswer> rest(TenantId tenant, AlertReader alerts, IntakeAnswer soFar, Step step) {
        if (alerts.atEnd()) {
            return Uni.createFrom().item(soFar);
        }
        var batch = alerts.next(config.batch()).in(step.traceparent());
        return stored(tenant, batch)
                .map(receipt -> soFar.and(receipt, batch.quarantined()))
                .chain(sum -> rest(tenant, alerts, sum, step));
    }

    private Uni<Receipt> stored(TenantId tenant, Batch batch) {
        return store.accept(tenant, batch)
                .ifNoItem()
                .after(config.storeTimeout())
                .fail()
                .invoke(receipt -> committed(tenant, batch, receipt));
    }

    private void committed(TenantId tenant, Batch batch, Receipt receipt) {
        Failpoints.hit("after_commit_before_ring");
        bells.episodesOpened(tenant, List.copyOf(receipt.episodes()), batch.traceparent());
        counters.count(receipt, batch.quarantined().size());
        if (!batch.quarantined().isEmpty()) {
            LOG.warnf(
                    "Alerts set aside, tenant=%s count=%d first=%s",
                    tenant,
                    batch.quarantined().size(),
                    batch.quarantined().getFirst().reason());
        }
    }
}
