package io.infraai.contracts.remediation;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Where a task stands. The legal moves are {@link #successors()}; the database checks them too. */
public enum TaskState {
    AWAITING_APPROVAL,
    HELD,
    QUEUED,
    RUNNING,
    /** The call worked, or there was nothing left to do. */
    DONE,
    FAILED,
    /** It may or may not have happened, and the target can't tell: a person decides. */
    IN_DOUBT,
    /** Three workers died over it. */
    DEAD,
    EXPIRED,
    CANCELLED;

    public Set<TaskState> successors() {
        return switch (this) {
            case AWAITING_APPROVAL, HELD -> EnumSet.of(QUEUED, EXPIRED, CANCELLED, FAILED);
            case QUEUED -> EnumSet.of(RUNNING, HELD, EXPIRED, CANCELLED);
            case RUNNING -> EnumSet.of(QUEUED, AWAITING_APPROVAL, DONE, FAILED, IN_DOUBT, DEAD, EXPIRED, CANCELLED);
            case FAILED, DEAD, EXPIRED, IN_DOUBT -> EnumSet.of(QUEUED);
            case DONE, CANCELLED -> EnumSet.noneOf(TaskState.class);
        };
    }

    /** Whether it can only be moved on by a person, or not at all. */
    public boolean ended() {
        return switch (this) {
            case DONE, FAILED, IN_DOUBT, DEAD, EXPIRED, CANCELLED -> true;
            case AWAITING_APPROVAL, HELD, QUEUED, RUNNING -> false;
        };
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such state
     */
    @JsonCreator
    public static TaskState of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
