package io.infraai.adapters.kubernetes;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.RolloutStatus.Parameters;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.simulators.kubernetes.Breakage;
import io.infraai.simulators.kubernetes.Heals;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutStatusTest extends KubernetesToolTest {

    @Test
    void aFinishedRolloutIsToldFromOneThatWaits() {
        settled("shop", "cart");
        assertThat(status("cart", null).summary())
                .isEqualTo("deployment cart in shop is rolled out: 2 of 2 pods ready");

        cluster.breakDeployment("shop", "cart", Breakage.NOT_READY, Heals.NEVER);

        assertThat(status("cart", null).detail().path("complete").asBoolean()).isFalse();
        assertThat(status("cart", null).detail().path("ready").asInt()).isZero();
    }

    @Test
    void statefulSetsAndDaemonSetsHaveAStatusToo() {
        cluster.create("statefulsets", "shop", workload("db", 2));
        cluster.create("daemonsets", "shop", workload("agent", 1));

        Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(status("db", "statefulset").summary()).contains("2 of 2 pods ready");
            assertThat(status("agent", "daemonset").summary()).contains("3 of 3 pods ready");
        });
    }

    private Done status(String name, @Nullable String kind) {
        return done(new RolloutStatus(clusters).read(new Parameters(name, "shop", kind, null), context()));
    }
}
