package io.infraai.adapters.kubernetes;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.PodLogs.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.simulators.kubernetes.Breakage;
import io.infraai.simulators.kubernetes.Heals;

import static org.assertj.core.api.Assertions.assertThat;

class PodLogsTest extends KubernetesToolTest {

    private String pod;

    @BeforeEach
    void choosePod() {
        settled("shop", "cart");
        pod = cluster.podsOf("shop", "cart").getFirst();
    }

    @Test
    void theLatestLinesAreShownWithinBounds() {
        cluster.writeLog(
                "shop",
                pod,
                IntStream.range(0, 1_000).mapToObj(i -> "line " + i).toList());

        var log = done(read(null, null, null, null));

        assertThat(log.detail().path("log").asText().lines())
                .hasSize(200)
                .last()
                .isEqualTo("line 999");
    }

    @Test
    void longLinesAreBoundedByTheirSize() {
        cluster.writeLog("shop", pod, Collections.nCopies(100, "x".repeat(1_000)));

        var log = done(read(null, null, null, 100));

        assertThat(log.detail().path("log").asText())
                .hasSizeLessThan(32 * 1_024)
                .hasSizeGreaterThan(30_000);
        assertThat(log.detail().path("truncated").asBoolean()).isTrue();
    }

    @Test
    void aTextIsFoundAmongLinesThatWouldNotBeShown() {
        cluster.writeLog("shop", pod, List.of("ERROR disk full (a+b)*"));
        cluster.writeLog("shop", pod, Collections.nCopies(1_000, "fine"));

        var log = done(read(null, null, "Disk Full (A+B)*", 10));

        assertThat(log.detail().path("log").asText()).isEqualTo("ERROR disk full (a+b)*");
    }

    @Test
    void theRunBeforeTheLastRestartCanBeRead() {
        cluster.breakPod("shop", pod, Breakage.CRASH_LOOP_BACK_OFF, Heals.BY_RESTART);

        assertThat(done(read(null, true, null, null)).detail().path("log").asText())
                .contains("FATAL");
    }

    @Test
    void aContainerThatIsNotThereIsRefusedWithThoseThatAre() {
        var refused = failed(read("sidecar", null, null, null));

        assertThat(refused.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(refused.message()).contains("the pod has cart");
    }

    @Test
    void aMissingPodIsNotFound() {
        pod = "no-such-pod";

        assertThat(failed(read(null, null, null, null)).reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    private Uni<ToolResult> read(
            @Nullable String container, @Nullable Boolean previous, @Nullable String grep, @Nullable Integer tail) {
        return new PodLogs(clusters)
                .read(new Parameters(pod, "shop", container, previous, "1h", tail, grep, null), context());
    }
}
