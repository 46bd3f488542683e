package io.infraai.contracts.remediation;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Whether what a task did helped. That the call worked is {@link TaskState#DONE} and says nothing of it. */
public enum Effect {
    /** Not judged yet. */
    AWAITED,
    /** The alert resolved, or the metric holds. */
    EFFECTIVE,
    /** The time was up and it was still as before. */
    INEFFECTIVE,
    /** Nobody could tell: nothing further is done by itself. */
    UNKNOWN;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such word
     */
    @JsonCreator
    public static Effect of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
