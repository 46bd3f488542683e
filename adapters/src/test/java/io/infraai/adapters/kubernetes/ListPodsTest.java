package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.time.Instant;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.ListPods.Parameters;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.simulators.kubernetes.Breakage;
import io.infraai.simulators.kubernetes.Heals;

import static org.assertj.core.api.Assertions.assertThat;

class ListPodsTest extends KubernetesToolTest {

    @Test
    void aCrashingPodIsListedWithWhatKeepsItFromRunning() {
        allReady("shop");
        var pod = cluster.podsOf("shop", "cart").getFirst();
        cluster.breakPod("shop", pod, Breakage.CRASH_LOOP_BACK_OFF, Heals.BY_RESTART);

        var listed = listed(new Parameters("shop", null, null));

        assertThat(listed.detail().path("pods")).anySatisfy(shown -> {
            assertThat(shown.path("name").asText()).isEqualTo(pod);
            assertThat(shown.path("ready").asBoolean()).isFalse();
            assertThat(shown.path("reason").asText()).isEqualTo("CrashLoopBackOff");
            assertThat(shown.path("restarts").asInt()).isPositive();
        });
        assertThat(listed.summary()).contains("1 of them not ready");
    }

    @Test
    void withoutANamespaceThePodsOfAllAreListed() {
        var listed = listed(new Parameters(null, null, null));

        assertThat(listed.detail().path("pods"))
                .extracting(pod -> pod.path("namespace").asText())
                .contains("shop", "payments", "monitoring", "kube-system");
    }

    private void allReady(String namespace) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> cluster.objects("pods", namespace).stream()
                        .map(ApiObject::new)
                        .allMatch(pod -> pod.holds("Ready")));
    }

    private Done listed(Parameters parameters) {
        var context = new ToolContext(TenantId.DEFAULT, "test", "a-call", Instant.EPOCH);
        return (Done) new ListPods(clusters).read(parameters, context).await().atMost(Duration.ofSeconds(5));
    }
}
