package io.infraai.messaging.redis.fault;

/** What the channel does with an entry whose handler failed. */
public enum Verdict {
    /** Acknowledge it as if it had been handled. */
    ACKNOWLEDGE,
    /** Leave it pending: it is delivered again, to any consumer of the group, once it has been idle long enough. */
    LEAVE_PENDING,
    /** Write it to the dead letters, then acknowledge it. */
    DEAD_LETTER,
    /** Leave it pending and end the channel with the failure. */
    STOP
}
