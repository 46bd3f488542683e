package io.infraai.gateway.tools;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

import io.infraai.contracts.identity.Actor;
import io.infraai.contracts.stream.ToolAnswered;
import io.infraai.contracts.stream.ToolCalled;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.gateway.bells.Bells;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;

/**
 * Has engines call reading tools, since a gateway holds no infrastructure clients, and waits for their answers on this
 * instance's own stream.
 */
@ApplicationScoped
class ReadingCalls {

    private static final Duration TRAVEL = Duration.ofSeconds(2);

    private final Bells bells;
    private final String replyTo;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final ConcurrentMap<String, UniEmitter<? super ToolResult>> waiting = new ConcurrentHashMap<>();

    ReadingCalls(
            Bells bells,
            Clock clock,
            @ConfigProperty(name = "mp.messaging.incoming.gateway-replies-in.stream") String replyTo) {
        this.bells = bells;
        this.clock = clock;
        this.replyTo = replyTo;
    }

    /**
     * What the tool says; fails with 504 when it says nothing in its time.
     */
    Uni<ToolResult> call(Actor actor, ToolDescription tool, ObjectNode arguments) {
        var callId = callId();
        var deadline = clock.instant().plus(tool.timeout());
        var call = new ToolCalled(actor.tenant(), callId, replyTo, tool.name(), arguments, actor.subject(), deadline);
        return Uni.createFrom()
                .<ToolResult>emitter(emitter -> {
                    waiting.put(callId, emitter);
                    bells.toolCalled(call);
                })
                .ifNoItem()
                .after(tool.timeout().plus(TRAVEL))
                .failWith(() -> new ProblemException(
                        ErrorCode.TOOL_TIMED_OUT, tool.name() + " gave no answer within " + tool.timeout()))
                .onTermination()
                .invoke(() -> waiting.remove(callId));
    }

    /** An answer nobody waits for any more is let go. */
    @Incoming("gateway-replies-in")
    Uni<Void> onAnswer(ToolAnswered answer) {
        var emitter = waiting.remove(answer.callId());
        if (emitter != null) {
            emitter.complete(answer.result());
        }
        return Uni.createFrom().voidItem();
    }

    private String callId() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
