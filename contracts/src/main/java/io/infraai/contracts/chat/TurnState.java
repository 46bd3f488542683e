package io.infraai.contracts.chat;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a turn stands. The legal moves are {@link #successors()}; the database checks them too. */
public enum TurnState {
    QUEUED,
    /** An engine holds it. */
    RUNNING,
    /** For tasks that it asked for, and so perhaps for a person: nobody holds it. */
    WAITING,
    DONE,
    FAILED,
    CANCELLED;

    public Set<TurnState> successors() {
        return switch (this) {
            case QUEUED -> EnumSet.of(RUNNING, CANCELLED);
            case RUNNING -> EnumSet.of(WAITING, DONE, FAILED, CANCELLED);
            case WAITING -> EnumSet.of(QUEUED, CANCELLED);
            case DONE, FAILED, CANCELLED -> EnumSet.noneOf(TurnState.class);
        };
    }

    public boolean ended() {
        return successors().isEmpty();
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such state
     */
    @JsonCreator
    public static TurnState of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
