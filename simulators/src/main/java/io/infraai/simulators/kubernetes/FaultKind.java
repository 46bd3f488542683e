package io.infraai.simulators.kubernetes;

import java.util.Locale;

/** The ways in which a call goes wrong. */
public enum FaultKind {
    /** The call waits, then is applied and answered, even when the caller has gone meanwhile. */
    LATENCY,
    /** Nothing is applied; the rule's status is answered. */
    ERROR_BEFORE,
    /** The call is applied, yet the rule's status is answered. */
    ERROR_AFTER,
    /** The connection is closed, nothing is applied. */
    LOST_REQUEST,
    /** The call is applied, then the connection is closed without an answer. */
    LOST_REPLY,
    /** The call is applied at once, its answer held back. */
    LATE_REPLY,
    /** Nothing is applied, nothing is ever answered. */
    HANG,
    /** Nothing is applied; a page of HTML is answered, with status 200 unless the rule says otherwise. */
    HTML,
    /** The call is applied; half of its answer is sent as if it were all. */
    HALF_ANSWER;

    /** As the control API spells it: {@code lost-reply}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
