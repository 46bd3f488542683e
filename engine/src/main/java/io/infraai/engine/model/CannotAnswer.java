package io.infraai.engine.model;

import java.time.Duration;
import java.util.Optional;

/** Ends an attempt; never leaves this package. */
final class CannotAnswer extends RuntimeException {

    private final ModelFailure reason;
    private final String sentence;
    private final boolean passing;
    private final boolean blame;
    private final transient Optional<Duration> retryAfter;

    private CannotAnswer(
            ModelFailure reason, String sentence, boolean passing, boolean blame, Optional<Duration> retryAfter) {
        super(sentence, null, false, false);
        this.reason = reason;
        this.sentence = sentence;
        this.passing = passing;
        this.blame = blame;
        this.retryAfter = retryAfter;
    }

    /** @param sentence for the user, without secrets */
    CannotAnswer(ModelFailure reason, String sentence) {
        this(reason, sentence, false, blames(reason), Optional.empty());
    }

    /**
     * Sent again, it may well work.
     *
     * @param retryAfter what the provider asked for
     */
    static CannotAnswer forNow(ModelFailure reason, String sentence, Optional<Duration> retryAfter) {
        return new CannotAnswer(reason, sentence, true, blames(reason), retryAfter);
    }

    /** It had less time than it may take, so it isn't to blame. */
    static CannotAnswer hurried(String sentence) {
        return new CannotAnswer(ModelFailure.TIMED_OUT, sentence, false, false, Optional.empty());
    }

    ModelFailure reason() {
        return reason;
    }

    String sentence() {
        return sentence;
    }

    boolean passing() {
        return passing;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** What the model itself declined, another isn't asked for. */
    boolean otherModelMay() {
        return reason != ModelFailure.REFUSED;
    }

    boolean blamesTheProvider() {
        return blame;
    }

    private static boolean blames(ModelFailure reason) {
        return switch (reason) {
            case UNREACHABLE, PROVIDER_ERROR, TIMED_OUT, UNUSABLE_ANSWER -> true;
            case NOT_CONFIGURED, NOT_PERMITTED, HELD_BACK, INVALID_REQUEST, REFUSED, TOO_LARGE -> false;
        };
    }
}
