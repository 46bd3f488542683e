package io.infraai.simulators.vcenter;

/**
 * Something that a call changed.
 *
 * @param object the id of the machine or snapshot
 */
public record Effect(What what, String object) {

    /** The kinds of change that are told apart. */
    public enum What {
        POWERED_ON,
        POWERED_OFF,
        RESET,
        GUEST_REBOOTED,
        GUEST_SHUT_DOWN,
        SNAPSHOT_CREATED,
        SNAPSHOT_REMOVED
    }
}
