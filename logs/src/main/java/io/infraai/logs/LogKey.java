package io.infraai.logs;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * What a log line may be found by, beside its text: the one list of such keys. They are put where a piece of work begins that
 * has a Vert.x context of its own, and end with it; work that shares a context puts none, or they would be told of others.
 */
public enum LogKey {
    TENANT("tenant"),
    EPISODE_ID("episode_id"),
    TASK_ID("task_id"),
    TURN_ID("turn_id"),
    POLICY_ID("policy_id"),
    TOOL("tool"),
    /** As Quarkus names it where it begins a span by itself. */
    TRACE_ID("traceId");

    private static final int TRACE_FROM = 3;
    private static final int TRACE_TO = 35;

    private final String wire;

    LogKey(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public void put(Object value) {
        MDC.put(wire, value.toString());
    }

    /** Puts the trace's id of a W3C {@code traceparent}. */
    public static void putTrace(@Nullable String traceparent) {
        if (traceparent != null && traceparent.length() > TRACE_TO) {
            TRACE_ID.put(traceparent.substring(TRACE_FROM, TRACE_TO));
        }
    }
}
