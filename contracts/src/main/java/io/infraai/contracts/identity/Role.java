package io.infraai.contracts.identity;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import static io.infraai.contracts.identity.Permission.*;

/**
 * What an actor may do, as one table: code, route tests and documentation are made from it. An admin is no approver, so that
 * no one person can write, arm and approve an action.
 */
public enum Role {
    INGEST(POST_ALERTS),
    VIEWER(READ, CALL_READING_TOOLS),
    OPERATOR(READ, CALL_READING_TOOLS, CALL_HEAVY_TOOLS, CALL_CHANGING_TOOLS, WRITE_POLICIES, CANCEL_TASKS, PAUSE),
    APPROVER(
            READ,
            CALL_READING_TOOLS,
            CALL_HEAVY_TOOLS,
            CALL_CHANGING_TOOLS,
            APPROVE,
            CANCEL_TASKS,
            RETRY_TASKS,
            PAUSE,
            RESUME),
    ADMIN(
            READ,
            CALL_READING_TOOLS,
            CALL_HEAVY_TOOLS,
            CALL_CHANGING_TOOLS,
            WRITE_POLICIES,
            ARM_POLICIES,
            CANCEL_TASKS,
            RETRY_TASKS,
            PAUSE,
            RESUME,
            MANAGE_KEYS,
            SET_LOG_LEVELS,
            READ_AUDIT),
    AUDITOR(READ, READ_AUDIT);

    private final Set<Permission> permissions;

    Role(Permission first, Permission... others) {
        this.permissions = EnumSet.of(first, others);
    }

    public Set<Permission> permissions() {
        return EnumSet.copyOf(permissions);
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such role
     */
    @JsonCreator
    public static Role of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
