package io.infraai.contracts.asset;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How a look for assets stands. */
public enum DiscoveryState {
    RUNNING,
    /** Every address was looked at. */
    DONE,
    /** Its deadline passed, or nobody waits for it any more. */
    STOPPED,
    /** It said that it runs and hasn't been heard of since: its process is gone. */
    LOST;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such state
     */
    @JsonCreator
    public static DiscoveryState of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
