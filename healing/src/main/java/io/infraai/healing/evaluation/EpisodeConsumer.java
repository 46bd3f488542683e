package io.infraai.healing.evaluation;

import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.infraai.contracts.stream.EpisodesOpened;
import io.infraai.logs.LogKey;
import io.infraai.messaging.redis.tracing.Spans;

/** Hears the bell. */
@ApplicationScoped
class EpisodeConsumer {

    private final Planning planning;
    private final Spans spans;

    EpisodeConsumer(Planning planning, Spans spans) {
        this.planning = planning;
        this.spans = spans;
    }

    /**
     * Acknowledges the bell once every episode of it has its decisions. Returns before that, since the next message isn't
     * handed out earlier: how many are decided about at once is the channel's {@code max-in-flight}.
     */
    @Incoming("episodes-in")
    @Acknowledgment(Strategy.MANUAL)
    CompletionStage<Void> onOpened(Message<EpisodesOpened> bell) {
        var opened = bell.getPayload();
        LogKey.TENANT.put(opened.tenant());
        var trace = spans.of(bell);
        LogKey.putTrace(trace);
        if (opened.episodes().size() == 1) {
            LogKey.EPISODE_ID.put(opened.episodes().getFirst());
        }
        planning.decide(opened, trace).subscribe().with(_ -> bell.ack(), bell::nack);
        return Uni.createFrom().voidItem().subscribeAsCompletionStage();
    }
}
