package io.infraai.engine.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A text as the words that tell texts apart, in their plain form. */
final class Terms {

    private static final Pattern BOUNDARY = Pattern.compile("[^a-z0-9]+|(?<=[a-z])(?=[0-9])");

    private static final Set<String> EMPTY = Set.of(
            "the", "a", "an", "of", "in", "on", "to", "and", "or", "is", "are", "was", "it", "its", "be", "by", "for",
            "with", "what", "which", "that", "this", "do", "does", "did", "i", "me", "my", "you", "can", "please",
            "show", "tell", "from", "at", "as", "when", "left", "out", "one", "only", "them", "all", "they", "has",
            "have", "there", "no", "not");

    /** What people say, and how the tools' descriptions call it. */
    private static final Map<String, List<String>> SYNONYMS = Map.ofEntries(
            Map.entry("bounce", List.of("restart")),
            Map.entry("reboot", List.of("restart", "vm")),
            Map.entry("crash", List.of("pod", "log", "event", "restart")),
            Map.entry("fail", List.of("pod", "event", "describe")),
            Map.entry("broken", List.of("pod", "event", "describe")),
            Map.entry("fire", List.of("alert", "episode")),
            Map.entry("alarm", List.of("alert")),
            Map.entry("mute", List.of("silence")),
            Map.entry("replica", List.of("scale", "deployment")),
            Map.entry("instance", List.of("scale", "deployment")),
            Map.entry("revert", List.of("rollout", "undo")),
            Map.entry("rollback", List.of("rollout", "undo")),
            Map.entry("roll", List.of("rollout")),
            Map.entry("cpu", List.of("processor", "metric", "top", "prometheu")),
            Map.entry("memory", List.of("metric", "top", "prometheu")),
            Map.entry("disk", List.of("metric", "prometheu")),
            Map.entry("latency", List.of("metric", "prometheu", "query")),
            Map.entry("promql", List.of("prometheu", "query")),
            Map.entry("graph", List.of("grafana", "dashboard")),
            Map.entry("chart", List.of("grafana", "panel")),
            Map.entry("vm", List.of("virtual", "machine")),
            Map.entry("vmware", List.of("virtual", "machine", "host")),
            Map.entry("esxi", List.of("host")),
            Map.entry("svc", List.of("resource")),
            Map.entry("service", List.of("resource")),
            Map.entry("ingress", List.of("resource")),
            Map.entry("configmap", List.of("resource")),
            Map.entry("evict", List.of("drain")),
            Map.entry("scan", List.of("discovery", "subnet")),
            Map.entry("network", List.of("discovery", "subnet")),
            Map.entry("inventory", List.of("asset")),
            Map.entry("output", List.of("log")),
            Map.entry("stdout", List.of("log")),
            Map.entry("deploy", List.of("deployment", "rollout")),
            Map.entry("history", List.of("revision")),
            Map.entry("version", List.of("revision", "rollout")));

    /** Which letters stand twice before an ending: scanning, running. */
    private static final String DOUBLED = "dglmnprt";

    private Terms() {}

    static List<String> of(String text) {
        var terms = new ArrayList<String>();
        for (var word : BOUNDARY.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (word.length() > 1 && !EMPTY.contains(word)) {
                terms.add(stem(word));
            }
        }
        return terms;
    }

    /** With what else might be meant. */
    static List<String> asked(String text) {
        var terms = new ArrayList<>(of(text));
        for (var term : List.copyOf(terms)) {
            terms.addAll(SYNONYMS.getOrDefault(term, List.of()));
        }
        return terms;
    }

    /** Enough of Porter for plurals and the usual endings of verbs; both sides get the same treatment. */
    private static String stem(String word) {
        for (var ending : List.of("ings", "ing", "ies", "ed", "es", "s")) {
            if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
                var stem = word.substring(0, word.length() - ending.length());
                return ending.equals("ies") ? stem + "y" : undoubled(stem);
            }
        }
        return withoutE(word);
    }

    private static String undoubled(String stem) {
        var last = stem.length() - 1;
        if (last > 2 && stem.charAt(last) == stem.charAt(last - 1) && DOUBLED.indexOf(stem.charAt(last)) >= 0) {
            return stem.substring(0, last);
        }
        return withoutE(stem);
    }

    private static String withoutE(String word) {
        return word.length() > 4 && word.endsWith("e") ? word.substring(0, word.length() - 1) : word;
    }
}
