package io.infraai.benchmarks.evals;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The outcomes as tables and as JSON. */
final class Report {

    private static final int MOST_CHARACTERS = 160;

    private Report() {}

    static String heading() {
        return "%-34s | %-8s | %5s | %5s | %5s | %7s | %9s | %8s | %s"
                .formatted("scenario", "kind", "score", "facts", "tools", "effects", "tokens", "ms", "what is wrong");
    }

    static String line(Outcome outcome) {
        var observed = outcome.observed();
        var score = outcome.score();
        var scored = outcome.scenario().scored();
        return "%-34s | %-8s | %5s | %5s | %5s | %7s | %9d | %8d | %s"
                .formatted(
                        outcome.scenario().id(),
                        outcome.scenario().kind().wire(),
                        scored ? number(score.total()) : "-",
                        number(score.facts()),
                        number(score.tools()),
                        scored ? number(score.effects()) : "-",
                        observed.used().tokensIn() + observed.used().tokensOut(),
                        observed.took().toMillis(),
                        scored ? cut(String.join("; ", score.complaints())) : String.join(", ", observed.tools()));
    }

    /** A line for each kind that there is, and one for all. */
    static List<String> summary(List<Outcome> outcomes) {
        var kinds = Stream.of(Scenario.Kind.values())
                .filter(Report::isScored)
                .map(kind -> summary(
                        kind.wire(),
                        outcomes.stream()
                                .filter(outcome -> outcome.scenario().kind() == kind)
                                .toList()));
        var all = summary(
                "all",
                outcomes.stream().filter(outcome -> outcome.scenario().scored()).toList());
        var heading = "%-8s | %9s | %6s | %10s | %8s | %9s | %12s | %10s"
                .formatted(
                        "kind", "scenarios", "passed", "mean score", "unwanted", "tokens", "cost, micros", "median ms");
        return Stream.concat(Stream.of(heading), Stream.concat(kinds, Stream.of(all)))
                .toList();
    }

    static ObjectNode json(String model, List<Outcome> outcomes) {
        var json = JsonNodeFactory.instance.objectNode().put("model", model);
        var cases = json.putArray("cases");
        for (var outcome : outcomes) {
            var observed = outcome.observed();
            var score = outcome.score();
            var node = cases.addObject()
                    .put("id", outcome.scenario().id())
                    .put("title", outcome.scenario().title())
                    .put("kind", outcome.scenario().kind().wire());
            if (outcome.scenario().scored()) {
                node.put("score", score.total()).put("passed", score.passed());
                score.facts().ifPresent(value -> node.put("facts", value));
                score.tools().ifPresent(value -> node.put("tools", value));
                node.put("effects", score.effects());
                score.complaints().forEach(node.putArray("complaints")::add);
            }
            node.put("answer", observed.answer());
            observed.tools().forEach(node.putArray("tools_called")::add);
            observed.effects().forEach(node.putArray("effects_seen")::add);
            node.put("approvals", observed.approvals())
                    .put("millis", observed.took().toMillis());
            node.putObject("usage")
                    .put("tokens_in", observed.used().tokensIn())
                    .put("tokens_out", observed.used().tokensOut())
                    .put("cost_micros", observed.used().costMicros());
        }
        return json;
    }

    private static String summary(String name, List<Outcome> outcomes) {
        var millis = outcomes.stream()
                .mapToLong(outcome -> outcome.observed().took().toMillis())
                .sorted()
                .toArray();
        return "%-8s | %9d | %6d | %10s | %8d | %9d | %12d | %10d"
                .formatted(
                        name,
                        outcomes.size(),
                        outcomes.stream()
                                .filter(outcome -> outcome.score().passed())
                                .count(),
                        number(outcomes.stream()
                                .mapToDouble(outcome -> outcome.score().total())
                                .average()),
                        outcomes.stream()
                                .filter(outcome -> outcome.score().effects() == 0
                                        && outcome.score().complaints().stream()
                                                .anyMatch(complaint -> complaint.startsWith("unwanted")))
                                .count(),
                        outcomes.stream()
                                .mapToLong(outcome -> outcome.observed().used().tokensIn()
                                        + outcome.observed().used().tokensOut())
                                .sum(),
                        outcomes.stream()
                                .mapToLong(outcome -> outcome.observed().used().costMicros())
                                .sum(),
                        millis.length == 0 ? 0 : millis[millis.length / 2]);
    }

    private static boolean isScored(Scenario.Kind kind) {
        return kind != Scenario.Kind.QUESTION;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "-";
    }

    private static String cut(String text) {
        var line = text.replace('\n', ' ');
        return line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + " …" : line;
    }
}
