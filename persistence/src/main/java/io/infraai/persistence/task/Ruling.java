package io.infraai.persistence.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.NextStep;
import io.infraai.persistence.task.TaskVerification.Said;
import io.infraai.persistence.tenancy.Rows;
import io.infraai.persistence.tenancy.StoredJson;

/** What there is to judge one task by. */
record Ruling(
        long taskId,
        String tool,
        boolean metric,
        List<NextStep> steps,
        boolean over,
        Duration within,
        Instant doneAt,
        Duration age,
        String alert,
        @Nullable Duration endedAfter,
        boolean paused,
        @Nullable String traceparent) {

    static Ruling of(Row row) {
        var steps = row.getString("next_steps");
        var endedAfter = row.getLong("ended_after");
        return new Ruling(
                row.getLong("id"),
                row.getString("tool"),
                row.getBoolean("metric"),
                steps == null ? List.of() : List.of(StoredJson.read(steps, NextStep[].class)),
                row.getBoolean("over"),
                Duration.ofMillis(row.getLong("within")),
                Rows.time(row, "done_at"),
                Duration.ofMillis(row.getLong("age")),
                row.getString("alert"),
                endedAfter == null ? null : Duration.ofMillis(endedAfter),
                row.getBoolean("paused"),
                row.getString("traceparent"));
    }

    /** Whether, if it didn't help, something is left to be done about it. */
    boolean goesOn() {
        return !steps.isEmpty() && endedAfter == null;
    }

    /** Empty while it can't be told yet. */
    Optional<Verdict> verdict(Optional<Said> said) {
        return metric ? said.flatMap(this::byMetric) : byAlert();
    }

    private Optional<Verdict> byMetric(Said said) {
        return switch (said) {
            case Said.Holds(var sentence) -> Optional.of(new Verdict(Effect.EFFECTIVE, sentence));
            case Said.HoldsNot(var sentence) when over -> Optional.of(new Verdict(Effect.INEFFECTIVE, sentence));
            case Said.Nothing(var sentence) when over -> Optional.of(new Verdict(Effect.UNKNOWN, sentence));
            case Said.HoldsNot _, Said.Nothing _ -> Optional.empty();
        };
    }

    private Optional<Verdict> byAlert() {
        return switch (alert) {
            case "resolved" -> Optional.of(resolved(endedAfter == null ? Duration.ZERO : endedAfter));
            case "superseded" ->
                Optional.of(
                        new Verdict(Effect.UNKNOWN, "The alert fired anew, and when it had resolved was never told"));
            case "silent" -> Optional.of(new Verdict(Effect.UNKNOWN, "The alert fell silent without a resolution"));
            default ->
                over
                        ? Optional.of(new Verdict(
                                Effect.INEFFECTIVE, "The alert still fires " + within.toSeconds() + " s after it"))
                        : Optional.empty();
        };
    }

    private Verdict resolved(Duration after) {
        if (after.compareTo(within) > 0) {
            return new Verdict(
                    Effect.INEFFECTIVE,
                    "The alert resolved " + after.toSeconds() + " s after it, later than the " + within.toSeconds()
                            + " s that it had");
        }
        return new Verdict(
                Effect.EFFECTIVE,
                after.isNegative()
                        ? "The alert resolved before it had ended"
                        : "The alert resolved " + after.toSeconds() + " s after it");
    }

    /**
     * @param reason one sentence without its full stop
     */
    record Verdict(Effect effect, String reason) {

        Verdict and(String more) {
            return new Verdict(effect, reason + "; " + more);
        }
    }
}
