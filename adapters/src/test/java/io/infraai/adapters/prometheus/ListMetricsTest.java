package io.infraai.adapters.prometheus;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.prometheus.ListMetrics.Parameters;
import io.infraai.contracts.tool.FailureReason;

import static org.assertj.core.api.Assertions.assertThat;

class ListMetricsTest extends PrometheusToolTest {

    private final ListMetrics tool = new ListMetrics(prometheus());

    @BeforeEach
    void measure() {
        simulated.set("node_memory_free_bytes", Map.of(), 1);
        simulated.set("node_disk_read_bytes", Map.of(), 1);
        simulated.set("node_load1", Map.of(), 1);
    }

    @Test
    void namesAreListedByWhatTheyContain() {
        assertThat(names(new Parameters("MEMORY", null))).isEqualTo("[\"node_memory_free_bytes\"]");
    }

    @Test
    void expressionsAreMatchedByPrometheusItself() {
        assertThat(names(new Parameters(null, "node_.*_bytes")))
                .isEqualTo("[\"node_disk_read_bytes\",\"node_memory_free_bytes\"]");
        assertThat(simulated.calls().getFirst().parameter("match[]")).contains("{__name__=~\"node_.*_bytes\"}");
    }

    @Test
    void anExpressionCannotLeaveItsQuotes() {
        told(tool, new Parameters(null, "a\"} or up{x=\"\\d"));

        assertThat(simulated.calls().getFirst().parameter("match[]"))
                .contains("{__name__=~\"a\\\"} or up{x=\\\"\\\\d\"}");
    }

    @Test
    void aBrokenExpressionIsRefusedByPrometheus() {
        assertThat(failed(tool, new Parameters(null, "(")).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
    }

    @Test
    void moreThanTwoHundredAreCut() {
        for (int i = 0; i < 250; i++) {
            simulated.set("m" + i, Map.of(), 1);
        }

        var told = done(tool, new Parameters(null, null));

        assertThat(told.detail().path("metrics")).hasSize(200);
        assertThat(told.detail().path("truncated").asBoolean()).isTrue();
    }

    private String names(Parameters parameters) {
        return done(tool, parameters).detail().path("metrics").toString();
    }
}
