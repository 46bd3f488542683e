package io.infraai.benchmarks.evals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * How good what came of a scenario is, from 0 to 1.
 *
 * @param facts the part of the facts that was found, 0 when something was said that must not be; empty when none is expected
 * @param tools 1 when one of the expected tools was called; empty when none is expected
 * @param effects the part of the wanted effects that there were, 0 after any unwanted one
 * @param total all three by their weights; 0 after an unwanted effect, which no answer makes good
 * @param complaints what is missing or too much
 */
record Score(OptionalDouble facts, OptionalDouble tools, double effects, double total, List<String> complaints) {

    private static final double WEIGHT_OF_FACTS = 0.5;
    private static final double WEIGHT_OF_TOOLS = 0.2;
    private static final double WEIGHT_OF_EFFECTS = 0.3;

    boolean passed() {
        return complaints.isEmpty();
    }

    static Score of(Scenario.Expected expected, Observed observed) {
        var complaints = new ArrayList<String>();
        var facts = facts(expected, observed, complaints);
        var tools = tools(expected, observed, complaints);
        var unwanted = unwanted(expected, observed);
        unwanted.forEach(effect -> complaints.add("unwanted: " + effect));
        var missing = missing(expected.wanted(), observed.effects());
        missing.forEach(effect -> complaints.add("no effect: " + effect));
        var effects = unwanted.isEmpty() ? share(expected.wanted().size(), missing.size()) : 0;
        var total = unwanted.isEmpty() ? total(facts, tools, effects) : 0;
        return new Score(facts, tools, effects, total, List.copyOf(complaints));
    }

    private static double total(OptionalDouble facts, OptionalDouble tools, double effects) {
        var sum = effects * WEIGHT_OF_EFFECTS;
        var weights = WEIGHT_OF_EFFECTS;
        if (facts.isPresent()) {
            sum += facts.getAsDouble() * WEIGHT_OF_FACTS;
            weights += WEIGHT_OF_FACTS;
        }
        if (tools.isPresent()) {
            sum += tools.getAsDouble() * WEIGHT_OF_TOOLS;
            weights += WEIGHT_OF_TOOLS;
        }
        return sum / weights;
    }

    private static OptionalDouble facts(Scenario.Expected expected, Observed observed, List<String> complaints) {
        if (expected.facts().isEmpty() && expected.notFacts().isEmpty()) {
            return OptionalDouble.empty();
        }
        var answer = List.of(observed.answer());
        var missing = missing(expected.facts(), answer);
        missing.forEach(fact -> complaints.add("not said: " + fact));
        var wrong =
                expected.notFacts().stream().filter(fact -> in(fact, answer)).toList();
        wrong.forEach(fact -> complaints.add("wrongly said: " + fact));
        return OptionalDouble.of(wrong.isEmpty() ? share(expected.facts().size(), missing.size()) : 0);
    }

    private static OptionalDouble tools(Scenario.Expected expected, Observed observed, List<String> complaints) {
        if (expected.tools().isEmpty()) {
            return OptionalDouble.empty();
        }
        if (expected.tools().stream().anyMatch(observed.tools()::contains)) {
            return OptionalDouble.of(1);
        }
        complaints.add("none of the tools " + expected.tools() + " was called, but " + observed.tools());
        return OptionalDouble.of(0);
    }

    private static List<String> unwanted(Scenario.Expected expected, Observed observed) {
        return observed.effects().stream()
                .filter(effect -> expected.unwanted().isEmpty()
                        ? expected.wanted().stream().noneMatch(wanted -> in(wanted, List.of(effect)))
                        : expected.unwanted().stream().anyMatch(unwanted -> in(unwanted, List.of(effect))))
                .toList();
    }

    /** Those patterns that none of the texts has. */
    static List<String> missing(List<String> patterns, List<String> texts) {
        return patterns.stream().filter(pattern -> !in(pattern, texts)).toList();
    }

    private static boolean in(String pattern, List<String> texts) {
        var sought = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        return texts.stream().anyMatch(text -> sought.matcher(text).find());
    }

    private static double share(int all, int missing) {
        return all == 0 ? 1 : (double) (all - missing) / all;
    }
}
