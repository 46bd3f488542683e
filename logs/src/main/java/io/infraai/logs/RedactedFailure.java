package io.infraai.logs;

import org.jspecify.annotations.Nullable;

/** An exception as a log may show it: its kind and text without secrets, the same place, causes alike. */
final class RedactedFailure extends Throwable {

    private static final long serialVersionUID = 1L;

    /** A chain that is longer, or bites its own tail, is cut off. */
    private static final int DEEPEST = 20;

    private RedactedFailure(String text, @Nullable Throwable cause, StackTraceElement[] trace) {
        super(text, cause, false, true);
        setStackTrace(trace);
    }

    /** Whether some message in it holds a secret. */
    static boolean tells(Throwable failure) {
        var depth = 0;
        for (var each = failure; each != null && depth < DEEPEST; each = each.getCause()) {
            depth++;
            var text = each.toString();
            if (!Redaction.text(text).equals(text) || suppressedTells(each, depth)) {
                return true;
            }
        }
        return false;
    }

    private static boolean suppressedTells(Throwable failure, int depth) {
        for (var each : failure.getSuppressed()) {
            if (depth >= DEEPEST || !Redaction.text(each.toString()).equals(each.toString())) {
                return true;
            }
        }
        return false;
    }

    /** Without what was suppressed. */
    static RedactedFailure of(Throwable failure) {
        return of(failure, 1);
    }

    private static RedactedFailure of(Throwable failure, int depth) {
        var cause = failure.getCause();
        return new RedactedFailure(
                Redaction.text(failure.toString()),
                cause == null || depth >= DEEPEST ? null : of(cause, depth + 1),
                failure.getStackTrace());
    }
}
