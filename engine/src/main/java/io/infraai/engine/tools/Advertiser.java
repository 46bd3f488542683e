package io.infraai.engine.tools;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.adapters.tool.ToolsChanged;
import io.infraai.persistence.catalog.ToolDirectory;

/** Tells the services without infrastructure clients which tools can be asked here, at the start, when that changes, and every minute. */
@ApplicationScoped
class Advertiser {

    private static final Logger LOG = Logger.getLogger(Advertiser.class);

    private final ReadOnlyTools tools;
    private final ToolDirectory directory;
    private final Clock clock;
    private final Instant settledAt;

    Advertiser(ReadOnlyTools tools, ToolDirectory directory, Clock clock) {
        this.tools = tools;
        this.directory = directory;
        this.clock = clock;
        this.settledAt = clock.instant().plus(ToolDirectory.KEPT);
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> advertise() {
        return Uni.createFrom()
                .deferred(this::renew)
                .onFailure()
                .retry()
                .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(30))
                .indefinitely();
    }

    void onChange(@Observes ToolsChanged changed) {
        LOG.infof("There are %d reading tools now", tools.descriptions().size());
        advertise().subscribe().with(_ -> {});
    }

    private Uni<Void> renew() {
        var settled = clock.instant().isAfter(settledAt);
        return directory.advertise("engine", settled, tools.descriptions());
    }
}
