package io.infraai.worker.sweep;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.persistence.task.TaskSweep;
import io.infraai.persistence.task.TaskSweep.Waiting;

/**
 * Tells in metrics what waits in the database. Asked for by the clock, not by whoever scrapes; every worker tells the same, so
 * that it is told as long as one lives: the largest counts, not the sum.
 */
@ApplicationScoped
class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);

    private static final String UNDECIDED = "undecided";
    private static final String UNVERIFIED = "unverified";

    private final TaskSweep sweep;
    private final MeterRegistry metrics;
    private final Map<String, Waiting> latest = new ConcurrentHashMap<>();

    Backlog(TaskSweep sweep, MeterRegistry metrics) {
        this.sweep = sweep;
        this.metrics = metrics;
    }

    @Scheduled(every = "{infraai.worker.backlog}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return sweep.waiting()
                .invoke(all -> all.forEach(this::told))
                .onFailure()
                // what was true some time ago is told no longer
                .invoke(e -> {
                    LOG.debugf("The backlog isn't known: %s", e.getMessage());
                    latest.clear();
                })
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void told(Waiting waiting) {
        latest.put(waiting.what(), waiting);
        // the registry keeps the first of each name and tags, and makes no second
        if (waiting.what().equals(UNDECIDED)) {
            Gauge.builder("infraai_episodes_undecided", () -> count(UNDECIDED)).register(metrics);
        } else if (waiting.what().equals(UNVERIFIED)) {
            Gauge.builder("infraai_verifications_awaited", () -> count(UNVERIFIED))
                    .register(metrics);
        } else {
            Gauge.builder("infraai_tasks_open", () -> count(waiting.what()))
                    .tag("state", waiting.what())
                    .register(metrics);
            Gauge.builder("infraai_tasks_oldest_seconds", () -> seconds(waiting.what()))
                    .tag("state", waiting.what())
                    .register(metrics);
        }
    }

    private double count(String what) {
        var waiting = latest.get(what);
        return waiting == null ? Double.NaN : waiting.count();
    }

    private double seconds(String what) {
        var waiting = latest.get(what);
        return waiting == null ? Double.NaN : waiting.oldest().toMillis() / 1_000.0;
    }
}
