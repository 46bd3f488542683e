package io.infraai.engine.tools;

import java.time.Clock;
import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;

import io.infraai.contracts.stream.ToolAnswered;
import io.infraai.contracts.stream.ToolCalled;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.messaging.redis.OutgoingStreamMetadata;

/** Answers calls of reading tools on the stream that the caller named. */
@ApplicationScoped
class ToolCallConsumer {

    private final ReadOnlyTools tools;
    private final MutinyEmitter<ToolAnswered> replies;
    private final Clock clock;

    ToolCallConsumer(
            ReadOnlyTools tools, @Channel("engine-replies-out") MutinyEmitter<ToolAnswered> replies, Clock clock) {
        this.tools = tools;
        this.replies = replies;
        this.clock = clock;
    }

    /** Returns before the answer is there, so that a slow tool holds up no other. */
    @Incoming("calls-in")
    @Acknowledgment(Strategy.MANUAL)
    CompletionStage<Void> onCalled(Message<ToolCalled> bell) {
        answer(bell.getPayload()).subscribe().with(_ -> bell.ack(), bell::nack);
        return Uni.createFrom().voidItem().subscribeAsCompletionStage();
    }

    private Uni<Void> answer(ToolCalled call) {
        if (clock.instant().isAfter(call.deadline())) {
            return Uni.createFrom().voidItem();
        }
        var context = new ToolContext(call.tenant(), call.actor(), call.callId(), call.deadline());
        return tools.call(call.tool(), call.arguments(), context)
                .chain(result -> replies.sendMessage(Message.of(
                        new ToolAnswered(call.tenant(), call.callId(), result),
                        Metadata.of(OutgoingStreamMetadata.to(call.replyTo())))));
    }
}
