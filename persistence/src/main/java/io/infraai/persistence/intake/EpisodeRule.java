package io.infraai.persistence.intake;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.AlertStatus;

/**
 * Decides what a message means for its alert's episodes. Starts and ends are compared with each other only, since they carry
 * the sender's clock; {@code now} is the database's. A start that was counted to an episode never opens another one.
 */
final class EpisodeRule {

    /** How far two starts of one firing may lie apart: replicas of one Prometheus notice at different moments. */
    static final Duration MERGE_WINDOW = Duration.ofMinutes(5);

    /** A firing that is still repeated this long after its end wasn't over. */
    static final Duration REOPEN_AFTER = Duration.ofMinutes(10);

    private EpisodeRule() {}

    static Step apply(@Nullable AlertState state, Message message, Instant now) {
        if (message.status() == AlertStatus.RESOLVED) {
            return resolved(state, message, now);
        }
        if (state == null) {
            return open(Effect.OPENED, 1, 0, message.startsAt(), now);
        }
        return state.open() ? firingWhileOpen(state, message, now) : firingWhileClosed(state, message, now);
    }

    private static Step firingWhileOpen(AlertState state, Message message, Instant now) {
        var latest = later(state.latestStart(), message.startsAt());
        var known = later(state.latestStart(), state.lastSeen());
        if (message.startsAt().isAfter(known.plus(MERGE_WINDOW))) {
            return open(Effect.SUPERSEDED, state.seq() + 1, state.flaps() + 1, message.startsAt(), now);
        }
        return new Step(
                Effect.REPEATED,
                new AlertState(
                        state.seq(),
                        true,
                        state.startsAt(),
                        latest,
                        null,
                        now,
                        null,
                        state.repeats() + 1,
                        state.flaps()));
    }

    private static Step firingWhileClosed(AlertState state, Message message, Instant now) {
        if (state.endedAt() == null || message.startsAt().isAfter(state.endedAt())) {
            return open(Effect.OPENED, state.seq() + 1, state.flaps() + 1, message.startsAt(), now);
        }
        if (state.closedAt() == null || now.isBefore(state.closedAt().plus(REOPEN_AFTER))) {
            return new Step(Effect.STALE, seen(state, now));
        }
        if (state.seq() == 0) {
            return open(Effect.OPENED, 1, state.flaps(), message.startsAt(), now);
        }
        var latest = later(state.latestStart(), message.startsAt());
        return new Step(
                Effect.REOPENED,
                new AlertState(
                        state.seq(),
                        true,
                        state.startsAt(),
                        latest,
                        null,
                        now,
                        null,
                        state.repeats() + 1,
                        state.flaps()));
    }

    private static Step resolved(@Nullable AlertState state, Message message, Instant now) {
        var end = message.endsAt() == null ? message.startsAt() : later(message.endsAt(), message.startsAt());
        if (state == null) {
            // so that the firing, should it arrive late, is known to be over
            return new Step(Effect.RECORDED, new AlertState(0, false, null, null, end, now, now, 0, 0));
        }
        if (!state.open()) {
            var newer = state.endedAt() == null || end.isAfter(state.endedAt());
            return new Step(Effect.RECORDED, newer ? over(state, end, now) : seen(state, now));
        }
        var starts = state.startsAt();
        return starts != null && end.isBefore(starts)
                ? new Step(Effect.RECORDED, seen(state, now))
                : new Step(Effect.RESOLVED, over(state, later(state.latestStart(), end), now));
    }

    private static Step open(Effect effect, int seq, int flaps, Instant start, Instant now) {
        return new Step(effect, new AlertState(seq, true, start, start, null, now, null, 0, flaps));
    }

    private static AlertState over(AlertState state, Instant end, Instant now) {
        return new AlertState(
                state.seq(),
                false,
                state.startsAt(),
                state.latestStart(),
                end,
                now,
                now,
                state.repeats(),
                state.flaps());
    }

    private static AlertState seen(AlertState state, Instant now) {
        return new AlertState(
                state.seq(),
                state.open(),
                state.startsAt(),
                state.latestStart(),
                state.endedAt(),
                now,
                state.closedAt(),
                state.repeats(),
                state.flaps());
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }

    /** What a message says that matters here. */
    record Message(
            AlertStatus status, Instant startsAt, @Nullable Instant endsAt) {}

    record Step(Effect effect, AlertState next) {}

    enum Effect {
        /** An episode began. */
        OPENED,
        /** An episode began, and shows that the one before had ended. */
        SUPERSEDED,
        /** The open episode was heard of again. */
        REPEATED,
        /** The newest episode hadn't ended after all. */
        REOPENED,
        /** The open episode ended. */
        RESOLVED,
        /** A resolution that ended nothing. */
        RECORDED,
        /** An old message of something that is over. */
        STALE
    }
}
