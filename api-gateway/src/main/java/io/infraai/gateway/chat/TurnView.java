package io.infraai.gateway.chat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent.Completed;
import io.infraai.contracts.chat.ReplyEvent.Failed;
import io.infraai.contracts.chat.ReplyEvent.Reasoned;
import io.infraai.contracts.chat.TurnState;
import io.infraai.contracts.chat.Usage;

/**
 * A turn as its user sees it.
 *
 * @param reply absent as long as there is none
 * @param approvals what a person has still to decide about
 * @param error why there is no answer
 * @param seq number of its last frame
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record TurnView(
        String sessionId,
        UUID turnId,
        TurnState state,
        String message,
        @Nullable String reply,
        List<Steps.Step> steps,
        Usage usage,
        List<JsonNode> approvals,
        @Nullable Fault error,
        String turnUrl,
        long seq,
        Instant createdAt,
        @Nullable Instant doneAt) {

    record Fault(String code, String message) {}

    static TurnView of(ChatTurn turn) {
        var steps = Steps.of(turn.events());
        return new TurnView(
                turn.sessionId(),
                turn.id(),
                turn.state(),
                turn.message(),
                reply(turn),
                steps.all(),
                usage(turn),
                turn.state().ended() ? List.of() : steps.approvals(),
                error(turn),
                url(turn.sessionId(), turn.id()),
                seq(turn),
                turn.createdAt(),
                turn.doneAt());
    }

    static String url(String sessionId, UUID turnId) {
        return "/api/chat/" + sessionId + "/turns/" + turnId;
    }

    /** Whether there is nothing to wait for but a person. */
    static boolean awaitsPerson(ChatTurn turn) {
        return turn.state() == TurnState.WAITING
                && !Steps.of(turn.events()).approvals().isEmpty();
    }

    private static @Nullable String reply(ChatTurn turn) {
        return turn.events().stream()
                .map(NumberedReply::event)
                .filter(Completed.class::isInstance)
                .map(event -> ((Completed) event).text())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Fault error(ChatTurn turn) {
        return turn.events().stream()
                .map(NumberedReply::event)
                .filter(Failed.class::isInstance)
                .map(event -> new Fault(((Failed) event).reason().wire(), ((Failed) event).message()))
                .findFirst()
                .orElse(null);
    }

    /** The last event has the whole turn's; until then it is what was used so far. */
    private static Usage usage(ChatTurn turn) {
        var sum = Usage.NONE;
        for (var reply : turn.events()) {
            switch (reply.event()) {
                case Reasoned reasoned -> sum = sum.plus(reasoned.usage());
                case Completed completed -> sum = completed.usage();
                case Failed failed -> sum = failed.usage();
                default -> {}
            }
        }
        return sum;
    }

    /** 0 when nothing happened yet. */
    static long seq(ChatTurn turn) {
        if (turn.events().isEmpty()) {
            return 0;
        }
        var last = turn.events().getLast();
        var frames = Frames.of(turn.sessionId(), turn.id(), last, false);
        return frames.isEmpty() ? last.sequence() : frames.getLast().place();
    }
}
