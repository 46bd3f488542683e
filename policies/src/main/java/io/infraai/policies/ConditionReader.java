package io.infraai.policies;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.AnnotationMatch;
import io.infraai.contracts.policy.Condition.AnyOf;
import io.infraai.contracts.policy.Condition.Expression;
import io.infraai.contracts.policy.Condition.FiringFor;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Condition.Not;
import io.infraai.contracts.policy.Condition.StatusIs;
import io.infraai.contracts.policy.MatchOperator;

/** Reads one condition. An object is the conjunction of its keys. */
final class ConditionReader {

    static final int DEEPEST = 16;
    static final int MOST = 100;
    private static final Duration LONGEST_FIRING = Duration.ofDays(365);
    private static final List<String> KEYS = List.of(
            "labels",
            "label",
            "value",
            "status",
            "annotation",
            "match",
            "all",
            "any",
            "not",
            "firing_for",
            "expr",
            "promql",
            "during");

    private final Faults faults;
    private int count;
    private boolean speaksOfStatus;

    ConditionReader(Faults faults) {
        this.faults = faults;
    }

    /** Empty when there are faults. Where the author says nothing of the status, firing is meant. */
    Optional<Condition> read(@Nullable JsonNode node, JsonPointer at) {
        var parts = conjunction(node, at, 1, true);
        if (!faults.none()) {
            return Optional.empty();
        }
        if (!speaksOfStatus) {
            parts.add(new StatusIs(AlertStatus.FIRING));
        }
        return Optional.of(oneOf(parts));
    }

    private static Condition oneOf(List<Condition> parts) {
        return parts.size() == 1 ? parts.getFirst() : new AllOf(parts);
    }

    /**
     * @param must whether the whole condition can only hold when this part does
     */
    private List<Condition> conjunction(@Nullable JsonNode node, JsonPointer at, int depth, boolean must) {
        var parts = new ArrayList<Condition>();
        var object = Fields.of(node, at, faults);
        if (object.isEmpty()) {
            return parts;
        }
        var fields = object.get();
        if (depth > DEEPEST) {
            faults.add(at, "is nested deeper than " + DEEPEST + " levels");
        } else if (fields.node().isEmpty()) {
            faults.add(at, "is empty: say at least one condition, such as {\"labels\": {\"alertname\": \"…\"}}");
        } else {
            fields.node().fieldNames().forEachRemaining(key -> parts.addAll(part(fields, key, depth, must)));
        }
        return parts;
    }

    private List<? extends Condition> part(Fields fields, String key, int depth, boolean must) {
        if (++count > MOST) {
            if (count == MOST + 1) {
                fields.refuse(key, "is the " + count + "th condition: a policy has at most " + MOST);
            }
            return List.of();
        }
        return switch (key) {
            case "labels" -> labels(fields);
            case "label", "annotation" -> named(fields, key);
            case "value" -> valueAlone(fields);
            case "status" -> status(fields);
            case "match" -> match(fields);
            case "all" -> all(fields, depth, must);
            case "any" -> any(fields, depth);
            case "not" -> not(fields, depth);
            case "firing_for" ->
                Spans.read(fields, key, Duration.ofSeconds(1), LONGEST_FIRING).map(FiringFor::new).stream()
                        .toList();
            case "expr" -> expression(fields);
            case "promql" ->
                MetricGuardReader.read(fields, must, faults).stream().toList();
            case "during" -> DuringReader.read(fields, faults).stream().toList();
            default -> unknown(fields, key);
        };
    }

    private List<Condition> unknown(Fields fields, String key) {
        var near = Spelling.nearest(key, KEYS);
        var meant = near.isEmpty() && fields.node().path(key).isTextual()
                ? ": did you mean \"labels\": {\"" + key + "\": …}?"
                : Spelling.suggestion(key, KEYS);
        fields.refuse(key, "unknown condition \"" + key + "\"" + meant);
        return List.of();
    }

    private List<Condition> labels(Fields fields) {
        var read = new ArrayList<Condition>();
        var labels = Fields.of(fields.node().get("labels"), fields.path("labels"), faults);
        if (labels.isEmpty()) {
            return read;
        }
        if (labels.get().node().isEmpty()) {
            fields.refuse("labels", "is empty: name at least one label");
        }
        count += labels.get().node().size() - 1;
        if (count > MOST) {
            fields.refuse("labels", "makes more than " + MOST + " conditions");
            return read;
        }
        labels.get().node().fieldNames().forEachRemaining(name -> {
            if (name.isEmpty()) {
                labels.get().refuse(name, "a label's name can't be empty");
            }
            labels.get().text(name).ifPresent(value -> read.add(new LabelMatch(name, MatchOperator.EQUAL, value)));
        });
        return read;
    }

    private List<Condition> named(Fields fields, String key) {
        if (fields.has("label") && fields.has("annotation")) {
            fields.refuse(
                    key, "\"label\" and \"annotation\" would share one \"value\": put each into an object of \"all\"");
            return List.of();
        }
        var name = fields.text(key);
        if (!fields.has("value")) {
            fields.refuse("value", "is missing: \"" + key + "\" needs a \"value\" to compare with");
            return List.of();
        }
        var value = fields.text("value");
        if (name.isEmpty() || value.isEmpty()) {
            return List.of();
        }
        if (name.get().isEmpty()) {
            fields.refuse(key, "can't be empty");
        }
        return List.of(
                key.equals("label")
                        ? new LabelMatch(name.get(), MatchOperator.EQUAL, value.get())
                        : new AnnotationMatch(name.get(), MatchOperator.EQUAL, value.get()));
    }

    private List<Condition> valueAlone(Fields fields) {
        count--;
        if (!fields.has("label") && !fields.has("annotation")) {
            fields.refuse("value", "stands alone: it needs a \"label\" or an \"annotation\"");
        }
        return List.of();
    }

    private List<Condition> status(Fields fields) {
        speaksOfStatus = true;
        var word = fields.text("status");
        if (word.isEmpty()) {
            return List.of();
        }
        for (var status : AlertStatus.values()) {
            if (status.wire().equals(word.get())) {
                return List.of(new StatusIs(status));
            }
        }
        fields.refuse(
                "status",
                "no such status \"" + word.get() + "\""
                        + Spelling.suggestion(word.get(), List.of("firing", "resolved")));
        return List.of();
    }

    private List<LabelMatch> match(Fields fields) {
        var text = fields.text("match");
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            var matchers = MatcherSyntax.parse(text.get());
            for (var matcher : matchers) {
                if (matcher.operator() == MatchOperator.MATCHES || matcher.operator() == MatchOperator.NOT_MATCHES) {
                    TextPattern.compile(matcher.value());
                }
            }
            count += matchers.size() - 1;
            return matchers;
        } catch (PatternSyntaxException e) {
            fields.refuse("match", "no pattern of RE2: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            fields.refuse("match", String.valueOf(e.getMessage()));
        }
        return List.of();
    }

    private List<Condition> all(Fields fields, int depth, boolean must) {
        return alternatives(fields, "all", depth, must);
    }

    private List<Condition> any(Fields fields, int depth) {
        var alternatives = alternatives(fields, "any", depth, false);
        return alternatives.isEmpty() ? List.of() : List.of(new AnyOf(alternatives));
    }

    private List<Condition> alternatives(Fields fields, String key, int depth, boolean must) {
        var read = new ArrayList<Condition>();
        var list = fields.node().path(key);
        if (!list.isArray()) {
            fields.refuse(key, "must be a list of conditions, not " + Fields.kind(list));
        } else if (list.isEmpty()) {
            fields.refuse(key, "is empty: say at least one condition");
        }
        for (int i = 0; i < (list.isArray() ? list.size() : 0) && count <= MOST; i++) {
            var parts = conjunction(list.get(i), fields.path(key).appendIndex(i), depth + 1, must);
            if (!parts.isEmpty()) {
                read.add(oneOf(parts));
            }
        }
        return read;
    }

    private List<Condition> not(Fields fields, int depth) {
        var parts = conjunction(fields.node().get("not"), fields.path("not"), depth + 1, false);
        return parts.isEmpty() ? List.of() : List.of(new Not(oneOf(parts)));
    }

    private List<Condition> expression(Fields fields) {
        var text = fields.text("expr");
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            speaksOfStatus |= CelExpression.compile(text.get()).namesStatus();
            return List.of(new Expression(text.get()));
        } catch (IllegalArgumentException e) {
            fields.refuse("expr", "no boolean expression of CEL: " + e.getMessage());
            return List.of();
        }
    }
}
