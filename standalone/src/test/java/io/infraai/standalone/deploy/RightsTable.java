package io.infraai.standalone.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.infraai.testkit.yaml.YamlDocuments;

/** What each Kubernetes tool may do, as the chart reads it. */
final class RightsTable {

    static final Path CHART = Path.of("..", "deploy", "helm", "infraai");

    /**
     * One thing that may be done.
     *
     * @param resource with its subresource, as in {@code pods/log}
     */
    record Right(String group, String resource, String verb) implements Comparable<Right> {

        @Override
        public int compareTo(Right other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return verb + " " + (group.isEmpty() ? resource : resource + "." + group);
        }
    }

    /**
     * @param anyKind which verbs it needs on the kinds that the administrator lists
     */
    record Need(boolean changes, List<Rule> rules, List<String> anyKind) {}

    record Rule(String scope, Set<Right> rights) {}

    private final Map<String, Need> tools;

    private RightsTable(Map<String, Need> tools) {
        this.tools = tools;
    }

    static RightsTable read() {
        try {
            var tools = new TreeMap<String, Need>();
            new ObjectMapper()
                    .readTree(CHART.resolve("rbac.json").toFile())
                    .path("tools")
                    .properties()
                    .forEach(tool -> tools.put(tool.getKey(), need(tool.getValue())));
            return new RightsTable(tools);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Need> tools() {
        return tools;
    }

    /**
     * What an account gets.
     *
     * @param changing whether it is the worker's
     * @param kinds on which kinds the tools that know none may work: readable and changeable, as {@code group/resource}
     */
    Set<Right> granted(boolean changing, Kinds kinds) {
        var granted = new TreeSet<Right>();
        for (var need : tools.values()) {
            if (changing || !need.changes()) {
                need.rules().forEach(rule -> granted.addAll(rule.rights()));
                granted.addAll(rights(need.changes() ? kinds.changeable() : kinds.readable(), need.anyKind()));
            }
        }
        return granted;
    }

    /** The first segment is the API group, empty for the core. */
    record Kinds(List<String> readable, List<String> changeable) {

        /** What the chart's own values say. */
        static Kinds byDefault() {
            try {
                var values = YamlDocuments.read(Files.readString(CHART.resolve("values.yaml")))
                        .getFirst();
                return new Kinds(listed(values.at("/rbac/readable")), listed(values.at("/rbac/changeable")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<String> listed(JsonNode rules) {
            var kinds = new ArrayList<String>();
            rules.forEach(rule -> texts(rule.path("apiGroups"))
                    .forEach(group ->
                            texts(rule.path("resources")).forEach(resource -> kinds.add(group + "/" + resource))));
            return kinds;
        }
    }

    private static Set<Right> rights(List<String> kinds, List<String> verbs) {
        var rights = new TreeSet<Right>();
        for (var kind : kinds) {
            var slash = kind.indexOf('/');
            verbs.forEach(verb -> rights.add(new Right(kind.substring(0, slash), kind.substring(slash + 1), verb)));
        }
        return rights;
    }

    private static Need need(JsonNode tool) {
        var rules = new ArrayList<Rule>();
        tool.path("rules").forEach(rule -> rules.add(rule(rule)));
        return new Need(tool.path("changes").asBoolean(), rules, texts(tool.path("anyKind")));
    }

    private static Rule rule(JsonNode rule) {
        var rights = new TreeSet<Right>();
        for (var group : texts(rule.path("apiGroups"))) {
            for (var resource : texts(rule.path("resources"))) {
                texts(rule.path("verbs")).forEach(verb -> rights.add(new Right(group, resource, verb)));
            }
        }
        return new Rule(rule.path("scope").asText(), rights);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
