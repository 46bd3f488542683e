package io.infraai.adapters.prometheus;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What Prometheus tells of itself: metadata, targets, alerts. */
class StateOfPrometheusTest extends PrometheusToolTest {

    @Test
    void metadataTellTypeAndHelp() {
        simulated.set("http_requests_total", Map.of(), 1);
        var tool = new MetricMetadata(prometheus());

        var known = done(tool, new MetricMetadata.Parameters("http_requests_total"));
        var unknown = done(tool, new MetricMetadata.Parameters("up"));

        assertThat(known.summary()).isEqualTo("http_requests_total is a counter");
        assertThat(unknown.summary()).isEqualTo("Prometheus has no metadata of up");
        assertThat(simulated.calls().getFirst().parameter("metric")).contains("http_requests_total");
    }

    @Test
    void targetsThatFailComeFirstWithTheirError() {
        simulated.set("up", Map.of("job", "node", "instance", "a:9100"), 1);
        simulated.set("up", Map.of("job", "node", "instance", "b:9100"), 0);
        simulated.set("up", Map.of("job", "db", "instance", "c:9187"), 1);
        var tool = new ListTargets(prometheus());

        var all = done(tool, new ListTargets.Parameters(null));
        var some = done(tool, new ListTargets.Parameters("db"));

        assertThat(all.summary()).isEqualTo("3 targets, 1 of them not up");
        assertThat(all.detail().path("targets").path(0).path("instance").asText())
                .isEqualTo("b:9100");
        assertThat(all.detail().path("targets").path(0).path("last_error").asText())
                .contains("connection refused");
        assertThat(some.detail().path("targets")).hasSize(1);
    }

    @Test
    void noMoreThanAHundredTargetsAreShown() {
        for (int i = 0; i < 120; i++) {
            simulated.set("up", Map.of("job", "node", "instance", "n" + i), 1);
        }

        var told = done(new ListTargets(prometheus()), new ListTargets.Parameters(null));

        assertThat(told.detail().path("targets")).hasSize(100);
        assertThat(told.detail().path("total").asInt()).isEqualTo(120);
    }

    @Test
    void alertsThatFireComeBeforeThePendingOnes() {
        simulated.alert(Map.of("alertname", "DiskFills"), Map.of("summary", "soon"), "pending");
        simulated.alert(Map.of("alertname", "PodCrashLoop"), Map.of(), "firing");
        var tool = new ActiveAlerts(prometheus());

        var all = done(tool, new ActiveAlerts.Parameters(null));
        var some = done(tool, new ActiveAlerts.Parameters("DiskFills"));

        assertThat(all.summary()).isEqualTo("1 alerts fire, 1 are pending");
        assertThat(all.detail()
                        .path("alerts")
                        .path(0)
                        .path("labels")
                        .path("alertname")
                        .asText())
                .isEqualTo("PodCrashLoop");
        assertThat(some.detail().path("alerts"))
                .singleElement()
                .satisfies(alert -> assertThat(
                                alert.path("annotations").path("summary").asText())
                        .isEqualTo("soon"));
    }
}
