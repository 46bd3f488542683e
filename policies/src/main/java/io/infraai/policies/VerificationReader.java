package io.infraai.policies;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.infraai.contracts.policy.Condition.MetricGuard;
import io.infraai.contracts.policy.Verification;
import io.infraai.contracts.policy.Verification.AlertClears;
import io.infraai.contracts.policy.Verification.MetricHolds;
import io.infraai.contracts.policy.Verification.None;

/**
 * Reads {@code "verify"}: {@code {"alert_clears": "10m"}}, {@code {"promql": {…}, "within": "10m"}} or {@code "none"}; and writes
 * it.
 */
final class VerificationReader {

    private static final String NONE = "none";
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration USUAL = Duration.ofMinutes(10);
    private static final List<String> KEYS = List.of("alert_clears", "promql", "within");

    private VerificationReader() {}

    /** Empty when the policy says nothing of it, or when that is wrong. */
    static Optional<Verification> read(Fields policy, Faults faults) {
        var written = policy.node().get("verify");
        if (written == null) {
            return Optional.empty();
        }
        if (written.isTextual()) {
            return word(policy, written.textValue());
        }
        if (!(written instanceof ObjectNode object)) {
            policy.refuse("verify", "must be an object or \"none\", not " + Fields.kind(written));
            return Optional.empty();
        }
        return read(policy, new Fields(object, policy.path("verify"), faults), faults);
    }

    private static Optional<Verification> word(Fields policy, String word) {
        if (!word.equals(NONE)) {
            policy.refuse("verify", "no such word \"" + word + "\"" + Spelling.suggestion(word, List.of(NONE)));
        }
        return word.equals(NONE) ? Optional.of(new None()) : Optional.empty();
    }

    private static Optional<Verification> read(Fields policy, Fields fields, Faults faults) {
        fields.refuseUnknown(KEYS);
        if (fields.has("alert_clears") == fields.has("promql")) {
            policy.refuse("verify", "needs either \"alert_clears\" or \"promql\", and not both");
            return Optional.empty();
        }
        if (fields.has("promql")) {
            var within = Spans.read(fields, "within", SHORTEST, LONGEST).orElse(USUAL);
            return MetricGuardReader.read(fields, true, faults).map(metric -> new MetricHolds(metric, within));
        }
        if (fields.has("within")) {
            fields.refuse("within", "belongs to \"promql\": \"alert_clears\" says itself how long");
        }
        return Spans.read(fields, "alert_clears", SHORTEST, LONGEST).map(AlertClears::new);
    }

    /** The form in which it is stored and shown, with its defaults. */
    static JsonNode written(Verification verification) {
        return switch (verification) {
            case AlertClears clears -> written(clears);
            case MetricHolds(var metric, var within) -> written(metric, within);
            case None() -> TextNode.valueOf(NONE);
        };
    }

    static ObjectNode written(AlertClears clears) {
        return object().put("alert_clears", Spans.show(clears.within()));
    }

    static ObjectNode written(MetricGuard metric, Duration within) {
        var written = object().put("within", Spans.show(within));
        var bound = metric.bound().name().toLowerCase(Locale.ROOT);
        written.set("promql", object().put("query", metric.query()).put(bound, metric.limit()));
        return written;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
