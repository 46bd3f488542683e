package io.infraai.gateway.bells;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.stream.EpisodesOpened;
import io.infraai.contracts.stream.PoliciesChanged;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.stream.ToolCalled;
import io.infraai.contracts.stream.TurnCancelled;
import io.infraai.contracts.stream.TurnRung;
import io.infraai.messaging.redis.tracing.Spans;

/**
 * Rings other services after a commit. Nothing waits for a bell and no failure of one is anybody's failure: the sweepers ring
 * again.
 */
@ApplicationScoped
public final class Bells {

    private static final Logger LOG = Logger.getLogger(Bells.class);

    /** More than that is a Redis that hangs; what is refused then, the sweepers ring. */
    private static final int MOST_WAITING = 10_000;

    private final Emitter<EpisodesOpened> episodes;
    private final Emitter<PoliciesChanged> policies;
    private final Emitter<TaskRung> tasks;
    private final Emitter<ToolCalled> calls;
    private final Emitter<TurnRung> turns;
    private final Emitter<TurnCancelled> cancels;
    private final Spans spans;

    Bells(
            @Channel("gateway-episodes-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    Emitter<EpisodesOpened> episodes,
            @Channel("gateway-policies-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    Emitter<PoliciesChanged> policies,
            @Channel("gateway-tasks-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    Emitter<TaskRung> tasks,
            @Channel("gateway-calls-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    Emitter<ToolCalled> calls,
            @Channel("gateway-turns-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    Emitter<TurnRung> turns,
            @Channel("gateway-cancels-out") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = MOST_WAITING)
                    Emitter<TurnCancelled> cancels,
            Spans spans) {
        this.episodes = episodes;
        this.policies = policies;
        this.tasks = tasks;
        this.calls = calls;
        this.turns = turns;
        this.cancels = cancels;
        this.spans = spans;
    }

    /** The trace that the request at hand belongs to, to be stored with what it asks for. */
    public @Nullable String trace() {
        return spans.current();
    }

    public void episodesOpened(TenantId tenant, List<UUID> ids, @Nullable String trace) {
        if (!ids.isEmpty()) {
            ring(episodes, new EpisodesOpened(tenant, ids), trace);
        }
    }

    public void policiesChanged(TenantId tenant) {
        ring(policies, new PoliciesChanged(tenant));
    }

    public void taskDue(TenantId tenant, long taskId) {
        ring(tasks, new TaskRung(tenant, taskId));
    }

    public void toolCalled(ToolCalled call) {
        ring(calls, call);
    }

    public void turnDue(TenantId tenant, UUID turnId) {
        ring(turns, new TurnRung(tenant, turnId));
    }

    public void turnCancelled(TenantId tenant, UUID turnId) {
        ring(cancels, new TurnCancelled(tenant, turnId));
    }

    private <T> void ring(Emitter<T> channel, T bell) {
        ring(channel, bell, trace());
    }

    private <T> void ring(Emitter<T> channel, T bell, @Nullable String trace) {
        try {
            channel.send(spans.bell(bell, trace).withNack(failure -> {
                LOG.debugf("A bell was not rung: %s", failure.getMessage());
                return CompletableFuture.completedFuture(null);
            }));
        } catch (IllegalStateException e) {
            LOG.debugf("A bell was not rung: %s", e.getMessage());
        }
    }
}
