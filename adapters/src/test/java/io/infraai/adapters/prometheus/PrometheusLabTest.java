package io.infraai.adapters.prometheus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.adapters.tool.http.Configured;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.testkit.lab.RealPeer;

import static io.infraai.adapters.prometheus.PrometheusToolTest.done;
import static io.infraai.adapters.prometheus.PrometheusToolTest.failed;
import static io.infraai.adapters.prometheus.PrometheusToolTest.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Against a Prometheus that scrapes itself, and another target that isn't there. */
@Tag("lab")
class PrometheusLabTest {

    @TempDir
    Path home;

    private final Vertx vertx = Vertx.vertx();
    private RealPeer server;

    @BeforeAll
    static void findIt() {
        RealPeer.assumeInstalled("prometheus");
    }

    @BeforeEach
    void start() throws Exception {
        Files.writeString(home.resolve("rules.yml"), """
                groups: [{name: g, interval: 1s, rules: [{alert: AlwaysFires, expr: vector(1), labels: {severity: low}}]}]
                """);
        Files.writeString(home.resolve("prom.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [rules.yml]
                scrape_configs: [{job_name: self, file_sd_configs: [{files: [targets.yml], refresh_interval: 1s}]}]
                """);
        var port = RealPeer.freePort();
        server = RealPeer.start(
                home,
                "prometheus",
                port,
                List.of(
                        "--config.file=prom.yml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=127.0.0.1:" + port));
        Files.writeString(
                home.resolve("targets.yml"),
                "[{targets: ['" + server.url().substring("http://".length()) + "', '127.0.0.1:1']}]");
    }

    @AfterEach
    void stop() {
        vertx.close();
        server.close();
    }

    @Test
    void everyToolUnderstandsARealPrometheus() {
        var prometheus = new Prometheus(
                Configured.with(PrometheusConfig.class, Map.of("infraai.prometheus.url", server.url())),
                vertx,
                new ObjectMapper());
        var query = new QueryPrometheus(prometheus);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> told(query, new QueryPrometheus.Parameters("up", null)) instanceof Done done
                        && done.detail().path("series").size() == 2);

        assertThat(failed(query, new QueryPrometheus.Parameters("sum(", null))).satisfies(it -> {
            assertThat(it.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
            assertThat(it.message()).contains("parse error");
        });
        assertThat(done(query, new QueryPrometheus.Parameters("1/0", null)).summary())
                .endsWith("+Inf");
        assertThat(done(new QueryRange(prometheus, Clock.systemUTC()), new QueryRange.Parameters("up", 43_200, null))
                        .detail()
                        .path("total")
                        .asInt())
                .isEqualTo(2);
        assertThat(done(new ListMetrics(prometheus), new ListMetrics.Parameters("GO_", "go_gc.*"))
                        .detail()
                        .path("metrics")
                        .toString())
                .contains("go_gc_duration_seconds")
                .doesNotContain("process_");
        assertThat(done(new MetricMetadata(prometheus), new MetricMetadata.Parameters("go_goroutines"))
                        .summary())
                .isEqualTo("go_goroutines is a gauge");
        assertThat(done(new ListTargets(prometheus), new ListTargets.Parameters(null))
                        .summary())
                .isEqualTo("2 targets, 1 of them not up");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> done(new ActiveAlerts(prometheus), new ActiveAlerts.Parameters("AlwaysFires"))
                                .detail()
                                .path("total")
                                .asInt()
                        == 1);
    }
}
