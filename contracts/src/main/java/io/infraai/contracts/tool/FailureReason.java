package io.infraai.contracts.tool;

/** Why a tool couldn't, in classes that say whether trying again makes sense. */
public enum FailureReason {
    TARGET_NOT_FOUND(false),
    NOT_PERMITTED(false),
    INVALID_PARAMETERS(false),
    /** The target is no longer what it was when it was identified. */
    TARGET_CHANGED(false),
    /** The platform says not now: a disruption budget, a rate limit. Nothing was done. */
    REFUSED_FOR_NOW(true),
    /** Not even tried: the platform's circuit breaker is open or its lanes are full. Costs no attempt. */
    HELD_BACK(true),
    /** Nothing was sent, or it surely didn't arrive. */
    UNREACHABLE(true),
    /** Sent, and no usable answer: it may have been done. */
    TIMED_OUT(true);

    private final boolean retryable;

    FailureReason(boolean retryable) {
        this.retryable = retryable;
    }

    public boolean retryable() {
        return retryable;
    }

    /** Whether the platform may have done what it was asked although no answer says so. */
    public boolean mayHaveHappened() {
        return this == TIMED_OUT;
    }
}
