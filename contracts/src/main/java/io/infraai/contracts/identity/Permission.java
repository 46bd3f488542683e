package io.infraai.contracts.identity;

/** One thing an actor may be allowed to do; {@link Role} says who may. */
public enum Permission {
    POST_ALERTS,
    /** Alerts, episodes, tasks, policies, tools, assets and the status. */
    READ,
    CALL_READING_TOOLS,
    /** Have much looked at, or for long: network discovery. */
    CALL_HEAVY_TOOLS,
    /** Ask for a change; the guards still decide what becomes of it. */
    CALL_CHANGING_TOOLS,
    /** Write policies in the modes observe and approve. */
    WRITE_POLICIES,
    /** Let a policy act by itself. */
    ARM_POLICIES,
    APPROVE,
    CANCEL_TASKS,
    RETRY_TASKS,
    PAUSE,
    RESUME,
    MANAGE_KEYS,
    SET_LOG_LEVELS,
    READ_AUDIT
}
