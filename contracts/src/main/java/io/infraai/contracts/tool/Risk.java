package io.infraai.contracts.tool;

/** How much harm a tool can do. */
public enum Risk {
    READS,
    CHANGES,
    /** What it does can't be undone: always wants a person. */
    DESTROYS
}
