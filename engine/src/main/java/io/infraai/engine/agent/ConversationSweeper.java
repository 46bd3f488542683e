package io.infraai.engine.agent;

import java.time.Duration;
import java.util.function.BiFunction;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import io.infraai.persistence.conversation.ConversationSweep;

/** Clears away what conversations leave behind, a little at a time. */
@ApplicationScoped
class ConversationSweeper {

    private static final Logger LOG = Logger.getLogger(ConversationSweeper.class);

    /** Turns or documents in one transaction: some thousands of rows at most. */
    private static final int AT_ONCE = 100;

    private final ConversationSweep sweep;
    private final AgentConfig config;

    ConversationSweeper(ConversationSweep sweep, AgentConfig config) {
        this.sweep = sweep;
        this.config = config;
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> clear() {
        return all(sweep::clearEvents, config.keepEvents())
                .chain(() -> all(sweep::clearDocuments, config.keepDocuments()))
                .onFailure()
                .invoke(e -> LOG.warnf("Old conversations are cleared away later: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Batch after batch, until one isn't full. */
    private static Uni<Void> all(BiFunction<Duration, Integer, Uni<Integer>> batch, Duration age) {
        return Uni.createFrom()
                .deferred(() -> batch.apply(age, AT_ONCE))
                .repeat()
                .whilst(cleared -> cleared == AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
