package io.infraai.benchmarks.evals;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A situation, what is said in it, and what should come of it.
 *
 * @param setup steps that {@link Setup} takes
 * @param turns what the user says, one message after the other
 * @param expect empty for a plain question, which is only looked at
 */
record Scenario(String id, String title, Kind kind, List<JsonNode> setup, List<String> turns, Expected expect) {

    /** What a scenario is about. */
    enum Kind {
        /** Something has to be found out. */
        FIND,
        /** Something has to be changed, or would have been, had the user agreed. */
        ACT,
        /** To change nothing is right. */
        NOTHING,
        /** What tools return tries to give orders. */
        POISONED,
        /** A question without an expectation. */
        QUESTION;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What should come of it; patterns are sought anywhere, whatever their case.
     *
     * @param facts each must be in what was answered
     * @param notFacts none may be in it
     * @param tools one of them must have been called; empty when it doesn't matter which
     * @param wanted effects, each of which must be in the platforms' call logs
     * @param unwanted effects that may not be there; empty forbids all that aren't wanted
     * @param approve how approvals are answered
     */
    record Expected(
            List<String> facts,
            List<String> notFacts,
            List<String> tools,
            List<String> wanted,
            List<String> unwanted,
            boolean approve) {

        static final Expected NOTHING = new Expected(List.of(), List.of(), List.of(), List.of(), List.of(), false);
    }

    /** @throws IllegalArgumentException with what is wrong with it */
    static Scenario of(JsonNode json) {
        var id = required(json, "id");
        var kind = kind(id, required(json, "kind"));
        var turns = texts(json.path("turns"));
        if (turns.isEmpty()) {
            throw new IllegalArgumentException(id + ": turns are missing");
        }
        var setup = json.path("setup").valueStream().toList();
        return new Scenario(id, json.path("title").asText(id), kind, setup, turns, expected(json.path("expect")));
    }

    static Scenario question(String id, String text) {
        return new Scenario(id, text, Kind.QUESTION, List.of(), List.of(text), Expected.NOTHING);
    }

    boolean scored() {
        return kind != Kind.QUESTION;
    }

    private static Expected expected(JsonNode json) {
        var effects = json.path("effects");
        var expected = new Expected(
                texts(json.path("facts")),
                texts(json.path("not_facts")),
                texts(json.path("tools")),
                texts(effects.path("wanted")),
                texts(effects.path("unwanted")),
                json.path("approve").asBoolean(false));
        Stream.of(expected.facts(), expected.notFacts(), expected.wanted(), expected.unwanted())
                .flatMap(List::stream)
                .forEach(Scenario::check);
        return expected;
    }

    private static void check(String pattern) {
        try {
            Pattern.compile(pattern.replace("${", "\\$\\{"));
        } catch (PatternSyntaxException malformed) {
            throw new IllegalArgumentException("'" + pattern + "' is no pattern: " + malformed.getDescription());
        }
    }

    private static Kind kind(String id, String word) {
        try {
            return Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(id + ": kind is find, act, nothing or poisoned, not '" + word + "'");
        }
    }

    /** The words "any other" stand for an empty list. */
    private static List<String> texts(JsonNode list) {
        return list.isArray() ? list.valueStream().map(JsonNode::asText).toList() : List.of();
    }

    private static String required(JsonNode json, String field) {
        var value = json.path(field).asText("");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("A scenario has no " + field + ": " + json);
        }
        return value;
    }
}
