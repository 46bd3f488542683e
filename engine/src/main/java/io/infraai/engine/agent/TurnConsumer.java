package io.infraai.engine.agent;

import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

import io.infraai.contracts.stream.TurnRung;
import io.infraai.logs.LogKey;
import io.infraai.messaging.redis.tracing.Spans;

/** Hears the bell. */
@ApplicationScoped
class TurnConsumer {

    private final TurnRunner runner;
    private final Spans spans;

    TurnConsumer(TurnRunner runner, Spans spans) {
        this.runner = runner;
        this.spans = spans;
    }

    /**
     * Acknowledges the bell once the turn is ended, let go, or found to need nothing. Returns before that, since the next
     * message isn't handed out earlier: how many turns are worked on at once is the channel's {@code max-in-flight}.
     */
    @Incoming("turns-in")
    @Acknowledgment(Strategy.MANUAL)
    CompletionStage<Void> onRung(Message<TurnRung> bell) {
        var rung = bell.getPayload();
        LogKey.TENANT.put(rung.tenant());
        LogKey.TURN_ID.put(rung.turnId());
        var trace = spans.of(bell);
        LogKey.putTrace(trace);
        runner.run(rung, trace).subscribe().with(_ -> bell.ack(), bell::nack);
        return Uni.createFrom().voidItem().subscribeAsCompletionStage();
    }
}
