package io.infraai.contracts.audit;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What an entry of the audit log tells of. */
public enum AuditAction {
    /** Something was changed, or may have been: the task that was sent to its target has ended. */
    EFFECT,
    /** It was judged whether that helped. */
    VERIFIED,
    /** A person called a tool that only looks. */
    TOOL_CALLED,
    /** A person or the chat asked for a task. */
    TASK_REQUESTED,
    TASK_CANCELLED,
    TASK_RETRIED,
    APPROVED,
    REJECTED,
    POLICY_CREATED,
    POLICY_CHANGED,
    POLICY_DELETED,
    KEY_CREATED,
    KEY_REVOKED,
    PAUSED,
    RESUMED;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such action
     */
    @JsonCreator
    public static AuditAction of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
