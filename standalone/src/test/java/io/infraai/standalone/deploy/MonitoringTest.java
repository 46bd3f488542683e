package io.infraai.standalone.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.infraai.logs.LogKey;

import static org.assertj.core.api.Assertions.assertThat;

/** A dashboard or an alert about a metric that nobody has stays empty, and calm, for ever. */
class MonitoringTest {

    /** Of Prometheus, of Quarkus and of Micrometer's binders; seen at a service's own /q/metrics. */
    private static final Set<String> OF_OTHERS = Set.of(
            "up",
            "http_server_requests_seconds_count",
            "http_server_requests_seconds_sum",
            "http_server_requests_seconds_max",
            "jvm_memory_used_bytes");

    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.+)$");
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (.+)$");

    @Test
    void theDashboardsAreMadeFromTheirPanels() throws IOException {
        var rendered = Dashboards.rendered();
        if (System.getenv("INFRAAI_WRITE_DOCS") != null) {
            for (var dashboard : rendered.entrySet()) {
                Files.writeString(Dashboards.FOLDER.resolve(dashboard.getKey()), dashboard.getValue());
            }
        }

        assertThat(rendered)
                .hasSizeGreaterThan(4)
                .allSatisfy((file, text) -> assertThat(Dashboards.FOLDER.resolve(file))
                        .content()
                        .as("run with INFRAAI_WRITE_DOCS=1 to write it anew")
                        .isEqualTo(text));
    }

    @Test
    void everyMetricOfADashboardIsRegistered() {
        var expressions = Dashboards.source().findValues("queries").stream()
                .flatMap(queries -> queries.properties().stream())
                .map(query -> query.getValue().asText())
                .toList();

        assertThat(unknown(expressions)).isEmpty();
    }

    @Test
    void everyMetricOfAnAlertIsRegistered() throws IOException {
        assertThat(unknown(found(EXPRESSION, rules()))).isEmpty();
    }

    @Test
    void everyMetricOfOursIsOnADashboard() {
        var shown = Dashboards.source().findValues("queries").stream()
                .flatMap(queries -> queries.properties().stream())
                .flatMap(query -> Meters.asked(query.getValue().asText()).stream())
                .toList();

        // a timer has three series; its longest time is in none of the panels
        assertThat(Meters.registered())
                .filteredOn(name -> !name.startsWith("infraai_model_requests") || name.endsWith("_count"))
                .filteredOn(name -> name.startsWith("infraai_"))
                .isNotEmpty()
                .isSubsetOf(shown);
    }

    @Test
    void everyMetricOfOursIsOnItsPage() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "observability.md"));

        // a timer's three series are one line
        assertThat(Meters.registered())
                .filteredOn(name -> name.startsWith("infraai_"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(page)
                        .contains("| `" + name.replaceFirst("_seconds_(?:count|sum|max)$", "_seconds") + "` |"));
        assertThat(found(Pattern.compile("(?m)^\\| `(infraai_[a-z_]+)` \\|"), page))
                .allSatisfy(name -> assertThat(Meters.registered()).containsAnyOf(name, name + "_count"));
    }

    @Test
    void everyKeyOfLogLinesIsOnItsPage() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "observability.md"));

        assertThat(LogKey.values()).allSatisfy(key -> assertThat(page).contains("`" + key.wire() + "`"));
    }

    @Test
    void everyAlertHasItsParagraph() throws IOException {
        var operations = Files.readString(Path.of("..", "docs", "operations.md"));
        var rules = rules();

        assertThat(found(ALERT, rules)).hasSizeGreaterThan(8).allSatisfy(alert -> {
            assertThat(operations).contains("\n### " + alert + "\n");
            assertThat(rules).contains("docs/operations.md#" + alert.toLowerCase(Locale.ROOT) + "\"");
        });
        assertThat(found(EXPRESSION, rules)).hasSameSizeAs(found(ALERT, rules));
    }

    @Test
    void aMetricThatNobodyRegistersIsFound() {
        assertThat(unknown(
                        List.of("sum by (tool) (rate(infraai_tasks_invented_total{tool=\"x\"}[5m])) > 0 or up == 0")))
                .containsExactly("infraai_tasks_invented_total");
    }

    @Test
    void metersAreKnownByTheNamesThatPrometheusGivesThem() {
        assertThat(Meters.in("""
                        metrics.counter("infraai.a.b", "x", x); metrics.timer(
                            "infraai_t"); Gauge.builder("g.h", y)"""))
                .containsExactlyInAnyOrder(
                        "infraai_a_b_total",
                        "infraai_t_seconds_count",
                        "infraai_t_seconds_sum",
                        "infraai_t_seconds_max",
                        "g_h");
    }

    private static List<String> unknown(List<String> expressions) {
        var registered = Meters.registered();
        return expressions.stream()
                .flatMap(expression -> Meters.asked(expression).stream())
                .filter(name -> !registered.contains(name) && !OF_OTHERS.contains(name))
                .distinct()
                .toList();
    }

    private static String rules() throws IOException {
        return Files.readString(RightsTable.CHART.resolve("rules.yaml"));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
