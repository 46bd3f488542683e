package io.infraai.contracts.policy;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How far a policy may go by itself. */
public enum PolicyMode {
    /** Records what it would do. */
    OBSERVE,
    /** Asks a person. */
    APPROVE,
    /** Acts. */
    AUTO;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such mode
     */
    @JsonCreator
    public static PolicyMode of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
