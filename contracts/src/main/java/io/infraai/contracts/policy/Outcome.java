package io.infraai.contracts.policy;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What came of one policy that matched one alert. */
public enum Outcome {
    /** A task was queued. */
    DISPATCHED,
    /** A task waits for a person. */
    AWAITING_APPROVAL,
    /** A task waits for something else: a pause to end. */
    HELD,
    /** A guard said no: cooldown, daily limit. */
    SUPPRESSED,
    /** The action can't be carried out as written: a value is missing, a tool unknown, a target protected. */
    REJECTED,
    /** The policy only observes. */
    OBSERVED,
    /** A policy before it acts already. */
    SUPERSEDED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether policies after this one stand back. */
    public boolean acts() {
        return this == DISPATCHED || this == AWAITING_APPROVAL || this == HELD;
    }
}
