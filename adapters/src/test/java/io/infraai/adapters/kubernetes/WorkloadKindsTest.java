package io.infraai.adapters.kubernetes;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult.Done;

import static org.assertj.core.api.Assertions.assertThat;

class WorkloadKindsTest extends KubernetesToolTest {

    private RestartDeployment restart;
    private ScaleDeployment scale;

    @BeforeEach
    void makeTools() {
        restart = new RestartDeployment(clusters, Clock.systemUTC());
        scale = new ScaleDeployment(clusters);
        cluster.create("statefulsets", "shop", workload("db", 2));
        cluster.create("daemonsets", "shop", workload("agent", 1));
        running("db", 2);
        running("agent", 3);
    }

    @Test
    void allPodsOfAStatefulSetAndADaemonSetAreRestarted() {
        var before = uids();

        restarted("db", "statefulset");
        restarted("agent", "daemonset");

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> uids().stream().noneMatch(before::contains));
        assertThat(effects()).isEqualTo(2);
    }

    @Test
    void aStatefulSetIsScaledAndTheInverseNamesItsKind() {
        var more = new ScaleDeployment.Parameters("db", 3, "shop", "statefulset", null);
        var target = answer(scale.identify(more, context())).found().orElseThrow();

        assertThat(answer(scale.apply(more, target, context()))).isInstanceOf(Done.class);

        running("db", 3);
        assertThat(scale.inverse(more, target))
                .hasValueSatisfying(undo -> assertThat(undo.arguments()).isEqualTo(json("""
                        {"deployment_name":"db","replicas":2,"namespace":"shop","kind":"statefulset"}""")));
    }

    @Test
    void theTargetOfADeploymentIsNamedAsItWasBeforeThereWereKindsAndClusters() {
        var description = ToolDescription.of(scale);

        assertThat(description.target()).isEqualTo("k8s:{cluster}/{namespace}/{kind}/{deployment_name}");
        assertThat(description.inputSchema().at("/properties/cluster/default").asText())
                .isEqualTo("default");
        assertThat(description.inputSchema().at("/properties/kind/default").asText())
                .isEqualTo("deployment");
    }

    private void restarted(String name, String kind) {
        var parameters = new RestartDeployment.Parameters(name, "shop", kind, null);
        var target = answer(restart.identify(parameters, context())).found().orElseThrow();
        assertThat(answer(restart.apply(parameters, target, context()))).isInstanceOf(Done.class);
    }

    private void running(String app, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> cluster.objects("pods", "shop").stream()
                                .map(ApiObject::new)
                                .filter(pod -> pod.text("/metadata/labels/app").equals(app) && pod.holds("Ready"))
                                .count()
                        == count);
    }

    private Set<String> uids() {
        return cluster.objects("pods", "shop").stream()
                .map(ApiObject::new)
                .filter(pod -> Set.of("db", "agent").contains(pod.text("/metadata/labels/app")))
                .map(ApiObject::uid)
                .collect(Collectors.toSet());
    }
}
