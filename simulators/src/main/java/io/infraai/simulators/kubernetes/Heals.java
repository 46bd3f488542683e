package io.infraai.simulators.kubernetes;

/** What helps against a breakage. */
public enum Heals {
    /** A new pod in the broken one's place is healthy. */
    BY_RESTART,
    /** A new pod in the broken one's place breaks as well. */
    NEVER
}
