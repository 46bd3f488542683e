package io.infraai.policies;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.infraai.contracts.policy.Condition;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.AnyOf;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.MatchOperator;

/**
 * The label equalities of which an alert must meet one whole set for a condition to hold: what the index is made of. No
 * set at all means that it never holds; an empty set, that equalities say nothing of it.
 */
final class Anchors {

    /** More alternatives than this are not worth their memory. */
    private static final int MOST = 32;

    private static final List<NavigableMap<String, String>> NONE = List.of(Collections.emptyNavigableMap());

    private Anchors() {}

    static List<NavigableMap<String, String>> of(Condition condition) {
        return switch (condition) {
            case AllOf(var all) -> everyOf(all);
            case AnyOf(var any) -> oneOf(any);
            case LabelMatch(var label, var operator, var value) -> ofLabel(label, operator, value);
            case Condition.Not _,
                    Condition.AnnotationMatch _,
                    Condition.StatusIs _,
                    Condition.FiringFor _,
                    Condition.Expression _,
                    Condition.MetricGuard _,
                    Condition.During _ -> NONE;
        };
    }

    /** What remains to be asked of an alert that meets a set of anchors. */
    static List<Condition> residual(Condition condition) {
        return switch (condition) {
            case AllOf(var all) ->
                all.stream().flatMap(each -> residual(each).stream()).toList();
            case LabelMatch(var _, var operator, var value)
            when operator == MatchOperator.EQUAL && !value.isEmpty() -> List.of();
            case Condition other -> List.of(other);
        };
    }

    /** An equality with the empty text also holds for an alert without the label, which no look-up finds. */
    private static List<NavigableMap<String, String>> ofLabel(String label, MatchOperator operator, String value) {
        Collection<String> values = switch (operator) {
            case EQUAL -> List.of(value);
            case MATCHES -> TextPattern.compile(value).words();
            case NOT_EQUAL, NOT_MATCHES -> List.of();
        };
        if (values.isEmpty() || values.size() > MOST || values.contains("")) {
            return NONE;
        }
        var alternatives = new ArrayList<NavigableMap<String, String>>(values.size());
        for (var each : values) {
            NavigableMap<String, String> anchor = new TreeMap<String, String>();
            anchor.put(label, each);
            alternatives.add(anchor);
        }
        return alternatives;
    }

    private static List<NavigableMap<String, String>> oneOf(List<Condition> conditions) {
        var alternatives = conditions.stream()
                .flatMap(each -> of(each).stream())
                .distinct()
                .toList();
        return alternatives.size() > MOST || alternatives.stream().anyMatch(NavigableMap::isEmpty)
                ? NONE
                : alternatives;
    }

    private static List<NavigableMap<String, String>> everyOf(List<Condition> conditions) {
        var product = NONE;
        // flattened, so that each equality is a part of its own and never dropped with alternatives beside it
        var parts = conditions.stream()
                .flatMap(Anchors::flattened)
                .map(Anchors::of)
                .sorted(Comparator.comparingInt(List::size))
                .toList();
        for (var part : parts) {
            if (product.size() * part.size() <= MOST) {
                product = product(product, part);
            }
        }
        return product;
    }

    private static Stream<Condition> flattened(Condition condition) {
        return condition instanceof AllOf(var all) ? all.stream().flatMap(Anchors::flattened) : Stream.of(condition);
    }

    private static List<NavigableMap<String, String>> product(
            List<NavigableMap<String, String>> left, List<NavigableMap<String, String>> right) {
        var product = new ArrayList<NavigableMap<String, String>>();
        for (var one : left) {
            for (var other : right) {
                NavigableMap<String, String> both = new TreeMap<>(one);
                both.putAll(other);
                // a label with two values at once is met by no alert
                if (both.entrySet().containsAll(one.entrySet())) {
                    product.add(both);
                }
            }
        }
        return product.stream().distinct().toList();
    }
}
