package io.infraai.healing.guard;

/** What one guard says. */
public sealed interface Verdict {

    record Allowed() implements Verdict {}

    /** Not now; the task waits. */
    record Held(String reason) implements Verdict {}

    /** Not for this episode. */
    record Refused(String reason) implements Verdict {}
}
