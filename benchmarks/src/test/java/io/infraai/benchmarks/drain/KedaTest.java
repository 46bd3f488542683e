package io.infraai.benchmarks.drain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.junit.jupiter.api.Test;

import io.infraai.testkit.yaml.YamlDocuments;

import static org.assertj.core.api.Assertions.assertThat;

class KedaTest {

    private static final Keda KEDA = new Keda(500, 48, 2, 10);

    @Test
    void theTriggerThatAsksForMoreDecides() {
        assertThat(KEDA.replicas(OptionalLong.of(2_001), 48)).isEqualTo(5);
        assertThat(KEDA.replicas(OptionalLong.of(0), 3 * 48 + 1)).isEqualTo(4);
    }

    @Test
    void neitherFewerNorMoreAreAskedForThanTheBounds() {
        assertThat(KEDA.replicas(OptionalLong.of(0), 0)).isEqualTo(2);
        assertThat(KEDA.replicas(OptionalLong.of(1_000_000), 0)).isEqualTo(10);
    }

    @Test
    void withoutALagThePendingEntriesDecide() {
        assertThat(KEDA.replicas(OptionalLong.empty(), 200)).isEqualTo(5);
    }

    @Test
    void theBenchmarkScalesByTheNumbersOfTheChart() throws IOException {
        var chart = YamlDocuments.read(Files.readString(Path.of("..", "deploy", "helm", "infraai", "values.yaml")))
                .getFirst()
                .at("/worker/autoscaling");

        assertThat(Keda.OF_THE_CHART)
                .isEqualTo(new Keda(
                        chart.path("lagPerWorker").asInt(),
                        chart.path("pendingPerWorker").asInt(),
                        chart.path("minReplicas").asInt(),
                        chart.path("maxReplicas").asInt()));
    }
}
