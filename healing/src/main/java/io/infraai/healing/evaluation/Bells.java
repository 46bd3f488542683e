package io.infraai.healing.evaluation;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.eclipse.microprofile.reactive.messaging.OnOverflow.Strategy;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.stream.EpisodesOpened;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.messaging.redis.tracing.Spans;

/** Rings for other services. Never before the commit that a bell tells of; a bell that is lost is rung again by a sweeper. */
@ApplicationScoped
public class Bells {

    private static final Logger LOG = Logger.getLogger(Bells.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final MutinyEmitter<TaskRung> tasks;
    private final MutinyEmitter<EpisodesOpened> episodes;
    private final Spans spans;

    Bells(
            @Channel("healing-tasks-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = 10_000)
                    MutinyEmitter<TaskRung> tasks,
            @Channel("healing-episodes-out") @OnOverflow(value = Strategy.BUFFER, bufferSize = 10_000)
                    MutinyEmitter<EpisodesOpened> episodes,
            Spans spans) {
        this.tasks = tasks;
        this.episodes = episodes;
        this.spans = spans;
    }

    /** Completes in any case: the workers' sweeper finds what isn't rung for. */
    Uni<Void> ring(TenantId tenant, List<Long> taskIds, @Nullable String trace) {
        if (taskIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(taskIds.stream()
                        .map(id -> tasks.sendMessage(spans.bell(new TaskRung(tenant, id), trace)))
                        .toList())
                .andFailFast()
                .replaceWithVoid()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(e -> LOG.warnf("Bells for %d tasks weren't rung: %s", taskIds.size(), e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Fails when Redis can't be reached, so that the caller may do without. */
    public Uni<Void> ring(EpisodesOpened opened) {
        return Uni.createFrom()
                .deferred(() -> episodes.send(opened))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }
}
