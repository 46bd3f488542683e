package io.infraai.adapters.kubernetes;

import java.util.Collections;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.Top.Parameters;
import io.infraai.contracts.tool.FailureReason;

import static org.assertj.core.api.Assertions.assertThat;

class TopTest extends KubernetesToolTest {

    @Test
    void theBusiestComeFirst() {
        settled("shop", "web");

        var top = done(new Top(clusters).read(new Parameters("pods", "shop", null), context()));

        assertThat(top.detail().path("pods"))
                .isNotEmpty()
                .extracting(pod -> pod.path("cpu_millicores").asInt())
                .isSortedAccordingTo(Collections.reverseOrder());
        assertThat(done(new Top(clusters).read(new Parameters("nodes", null, null), context()))
                        .detail()
                        .path("nodes"))
                .hasSize(3)
                .allSatisfy(node ->
                        assertThat(node.path("memory_mebibytes").asInt()).isPositive());
    }

    @Test
    void withoutAMetricsServerThatIsSaid() {
        cluster.serveMetrics(false);

        var failed = failed(new Top(clusters).read(new Parameters("nodes", null, null), context()));

        assertThat(failed.reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
        assertThat(failed.message()).contains("no metrics-server is installed");
    }
}
