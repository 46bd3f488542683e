package io.infraai.worker.sweep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.contracts.audit.AuditHead;
import io.infraai.contracts.identity.TenantId;
import io.infraai.persistence.audit.AuditSealing;
import io.infraai.persistence.audit.AuditSealing.Backlog;
import io.infraai.persistence.audit.AuditSealing.Sealed;

/**
 * Puts what was entered into the audit log into its chain, and writes the chain's head into our log from time to time: whoever
 * keeps that can tell later that nothing was cut off the chain's end.
 */
@ApplicationScoped
class AuditSealer {

    private static final Logger LOG = Logger.getLogger(AuditSealer.class);
    private static final Duration BETWEEN_HEADS = Duration.ofHours(1);

    /** Blocks of one tenant in one round, so that no tenant's backlog holds up the others for long. */
    private static final int BLOCKS = 20;

    private final AuditSealing sealing;
    private final Clock clock;
    private final Map<TenantId, Instant> headsWritten = new ConcurrentHashMap<>();
    private volatile Instant sealedUntil;

    AuditSealer(AuditSealing sealing, Clock clock, MeterRegistry metrics) {
        this.sealing = sealing;
        this.clock = clock;
        this.sealedUntil = clock.instant();
        Gauge.builder("infraai_audit_lag_seconds", this, AuditSealer::lag)
                .description("How long the oldest entry of the audit log that isn't chained may have waited")
                .register(metrics);
    }

    @Scheduled(every = "{infraai.worker.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> seal() {
        return sealing.backlog()
                .invoke(this::note)
                .onItem()
                .transformToMulti(backlog -> Multi.createFrom().iterable(backlog))
                .onItem()
                .transformToUniAndConcatenate(each -> seal(each.tenant(), BLOCKS))
                .toUni()
                .onFailure()
                .invoke(e -> LOG.warnf("The audit log's chain is put off by a second: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void note(List<Backlog> backlog) {
        var oldest = backlog.stream().map(Backlog::age).max(Duration::compareTo).orElse(Duration.ZERO);
        sealedUntil = clock.instant().minus(oldest);
    }

    private Uni<Void> seal(TenantId tenant, int blocks) {
        return sealing.seal(tenant).chain(block -> {
            block.map(Sealed::head).ifPresent(head -> writeHead(tenant, head));
            return blocks > 1 && block.map(Sealed::full).orElse(false)
                    ? seal(tenant, blocks - 1)
                    : Uni.createFrom().voidItem();
        });
    }

    private void writeHead(TenantId tenant, AuditHead head) {
        var now = clock.instant();
        var due = headsWritten.getOrDefault(tenant, Instant.EPOCH).plus(BETWEEN_HEADS);
        if (!due.isAfter(now)) {
            headsWritten.put(tenant, now);
            LOG.infof("Head of the audit log, tenant=%s, seq=%d, hash=%s", tenant.value(), head.seq(), head.hash());
        }
    }

    private double lag() {
        return Math.max(0, Duration.between(sealedUntil, clock.instant()).toMillis() / 1000.0);
    }
}
