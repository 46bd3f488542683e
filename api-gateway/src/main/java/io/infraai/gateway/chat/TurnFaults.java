package io.infraai.gateway.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent.Failed;
import io.infraai.contracts.chat.TurnFailure;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;

/** Says over HTTP why a turn ended without an answer. */
final class TurnFaults {

    private static final String SOON = "10";

    private TurnFaults() {}

    static Problem of(ChatTurn turn, Clock clock) {
        var failed = turn.events().stream()
                .map(NumberedReply::event)
                .filter(Failed.class::isInstance)
                .map(Failed.class::cast)
                .findFirst();
        var reason = failed.map(Failed::reason).orElse(TurnFailure.CANCELLED);
        return new Problem(
                code(reason),
                failed.map(Failed::message).orElse("The turn was cancelled"),
                List.of(),
                headers(reason, clock),
                Map.of("session_id", turn.sessionId(), "turn_id", turn.id().toString()));
    }

    private static ErrorCode code(TurnFailure reason) {
        return switch (reason) {
            case MODEL_UNAVAILABLE -> ErrorCode.MODEL_UNAVAILABLE;
            case MODEL_CONFUSED -> ErrorCode.MODEL_CONFUSED;
            case BUDGET_EXHAUSTED -> ErrorCode.BUDGET_EXHAUSTED;
            case QUOTA_EXHAUSTED -> ErrorCode.QUOTA_EXHAUSTED;
            case CANCELLED -> ErrorCode.TURN_CANCELLED;
            case ACCESS_ENDED -> ErrorCode.UNAUTHENTICATED;
            case ABANDONED -> ErrorCode.TURN_ABANDONED;
            case INTERNAL -> ErrorCode.INTERNAL;
        };
    }

    private static Map<String, String> headers(TurnFailure reason, Clock clock) {
        return switch (reason) {
            case MODEL_UNAVAILABLE, ABANDONED -> Map.of("Retry-After", SOON);
            // the day that a quota is for ends at midnight, UTC
            case QUOTA_EXHAUSTED ->
                Map.of("Retry-After", Long.toString(untilMidnight(clock).toSeconds() + 1));
            case MODEL_CONFUSED, BUDGET_EXHAUSTED, CANCELLED, ACCESS_ENDED, INTERNAL -> Map.of();
        };
    }

    private static Duration untilMidnight(Clock clock) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        return Duration.between(now, now.truncatedTo(ChronoUnit.DAYS).plusDays(1));
    }
}
