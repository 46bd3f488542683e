package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Queries made by code from the metrics that cAdvisor, kube-state-metrics and node_exporter have everywhere. Names of objects
 * are escaped, so that none can end the text it stands in.
 */
final class PromQl {

    /** What RE2 would take for more than itself. */
    private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

    private static final Pattern ASKED = Pattern.compile(
            "(?is)^\\s*(?:please\\s+|can you\\s+|could you\\s+)*(?:run|execute|evaluate|eval|query|plot|graph|show)?\\s*"
                    + "(?:this|the|following|a|\\s)*\\s*(?:prometheus query|promql query|promql|query|prometheus)\\s*(?:expression)?\\s*:?\\s+(.+)$");

    private static final Pattern EVALUATED =
            Pattern.compile("(?is)^\\s*(?:please\\s+)?(?:run|execute|evaluate|eval)\\s*:?\\s+(.+)$");

    private static final Pattern LOOKS_LIKE = Pattern.compile(
            "(?s)^[a-zA-Z_:][a-zA-Z0-9_:]*\\s*(?:(?:by|without)\\s*\\([^)]*\\)\\s*)?[({].*[)}\\]0-9]\\s*$");

    /** One name, as metrics are called: several words joined. */
    private static final Pattern METRIC = Pattern.compile("(?:[a-zA-Z_:][a-zA-Z0-9_:]*_[a-zA-Z0-9_:]+|up)");

    private static final Pattern SPAN = Pattern.compile(
            "(?is)\\s+(?:(?:over|for|during|in|of)\\s+)?(?:the\\s+)?(?:last|past)\\s+(?:[0-9a-z]+\\s+)?(?:[0-9]+[smhdw]|\\w+)\\s*[.?!]?\\s*$");

    private static final int LONGEST = 8_192;

    /** By what people ask for: how a pod's, and a node's, is measured. */
    private static final Map<Term, String> OF_PODS = Map.of(
            Term.CPU, "sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{%scontainer!=\"\"}[5m]))",
            Term.MEMORY, "sum by (namespace, pod) (container_memory_working_set_bytes{%scontainer!=\"\"})",
            Term.RESTARTS, "sum by (namespace, pod) (kube_pod_container_status_restarts_total{%scontainer!=\"\"})",
            Term.DISK, "sum by (namespace, pod) (container_fs_usage_bytes{%scontainer!=\"\"})");

    private static final Map<Term, String> OF_NODES = Map.of(
            Term.CPU, "100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{%smode=\"idle\"}[5m])))",
            Term.MEMORY,
                    "100 * (1 - node_memory_MemAvailable_bytes{%1$sjob!=\"\"} / node_memory_MemTotal_bytes{%1$sjob!=\"\"})",
            Term.DISK,
                    "100 * (1 - node_filesystem_avail_bytes{%1$sfstype!~\"tmpfs|overlay\"} / node_filesystem_size_bytes{%1$sfstype!~\"tmpfs|overlay\"})");

    private PromQl() {}

    /** Of pods whose name is this, or begins with it as a deployment's do; all when there is no name. */
    static Optional<String> ofPods(Term what, Optional<String> namespace, List<String> names) {
        var matchers = new ArrayList<String>();
        namespace.ifPresent(name -> matchers.add("namespace=" + text(name)));
        if (!names.isEmpty()) {
            matchers.add("pod=~"
                    + text("("
                            + String.join(
                                    "|", names.stream().map(PromQl::literal).toList()) + ")(-.*)?"));
        }
        return Optional.ofNullable(OF_PODS.get(what)).map(query -> query.formatted(joined(matchers)));
    }

    /** In percent; exporters name an instance by its host and port. */
    static Optional<String> ofNodes(Term what, List<String> names) {
        var matchers = names.isEmpty()
                ? List.<String>of()
                : List.of("instance=~"
                        + text("("
                                + String.join(
                                        "|", names.stream().map(PromQl::literal).toList()) + ")([.:].*)?"));
        return Optional.ofNullable(OF_NODES.get(what)).map(query -> query.formatted(joined(matchers)));
    }

    private static String joined(List<String> matchers) {
        return String.join("", matchers.stream().map(matcher -> matcher + ",").toList());
    }

    /** A text of PromQL. */
    static String text(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String literal(String name) {
        return SPECIAL.matcher(name).replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()));
    }

    /** The query that the user wrote; empty when the message holds none. */
    static Optional<String> written(String message) {
        var text = message.strip();
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        for (var asked : List.of(ASKED, EVALUATED)) {
            var found = asked.matcher(text);
            if (found.matches()) {
                var query = bare(SPAN.matcher(found.group(1)).replaceAll(""));
                if (LOOKS_LIKE.matcher(query).matches() || METRIC.matcher(query).matches() || isExpression(query)) {
                    return Optional.of(query);
                }
            }
        }
        var all = bare(SPAN.matcher(text).replaceAll(""));
        return LOOKS_LIKE.matcher(all).matches() ? Optional.of(all) : Optional.empty();
    }

    static boolean isMetric(String text) {
        return METRIC.matcher(text).matches();
    }

    /** Something with brackets or a comparison of metrics in it, and not a sentence. */
    private static boolean isExpression(String query) {
        return query.matches("(?s).*[({\\[=<>*/].*")
                && !query.toLowerCase(Locale.ROOT).matches("(?s).*\\b(the|please|and show)\\b.*");
    }

    private static String bare(String text) {
        var stripped = text.strip();
        var quoted = stripped.length() > 1
                && "`\"'".indexOf(stripped.charAt(0)) >= 0
                && stripped.charAt(0) == stripped.charAt(stripped.length() - 1);
        return quoted
                ? stripped.substring(1, stripped.length() - 1).strip()
                : stripped.replaceAll("[.?!]$", "").strip();
    }

    /** How the query's values are to be read. */
    static String shown(String query, double value) {
        if (query.startsWith("100 *")) {
            return String.format(Locale.ROOT, "%.1f %%", value);
        }
        if (query.contains("_bytes")) {
            return String.format(Locale.ROOT, "%.0f MiB", value / (1024 * 1024));
        }
        return query.contains("cpu_usage_seconds_total")
                ? String.format(Locale.ROOT, "%.3f cores", value)
                : shortest(value);
    }

    private static String shortest(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
