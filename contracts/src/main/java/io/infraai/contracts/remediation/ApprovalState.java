package io.infraai.contracts.remediation;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a request for approval stands. */
public enum ApprovalState {
    OPEN,
    APPROVED,
    REJECTED,
    /** Nobody answered in time, or the task grew too old after they did. */
    EXPIRED,
    /** The task ended in another way: it was cancelled, its alert resolved, its policy changed. */
    WITHDRAWN;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such state
     */
    @JsonCreator
    public static ApprovalState of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
