package io.infraai.standalone.lab;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.lab.ApiServer;
import io.infraai.testkit.lab.ControlPlane;
import io.infraai.testkit.lab.ControlPlane.User;
import io.infraai.testkit.lab.LabNamespace;

import static io.infraai.testkit.lab.LabNamespace.soon;
import static org.assertj.core.api.Assertions.assertThat;

/** From an Alertmanager's webhook to a real cluster, which is seen by another client than ours. */
@Tag("lab")
class KubernetesLabTest {

    private static ApiServer admin;
    private static LabNamespace shop;
    private static Installation installation;
    private static ServiceProcess worker;

    @BeforeAll
    static void install() {
        var plane = ControlPlane.shared();
        admin = plane.as(User.ADMIN);
        shop = LabNamespace.create(admin, "shop");
        installation = new Installation();
        installation.policy(
                "PodCrashLoop",
                "{\"tool\":\"restart_pod\",\"params\":{\"pod_name\":\"${label.target}\",\"namespace\":\"shop\"}}");
        installation.policy(
                "TooFewPods",
                "{\"tool\":\"scale_deployment\",\"params\":{\"deployment_name\":\"${label.target}\",\"namespace\":\"shop\",\"replicas\":3}}");
        installation.policy("NodeFailing", "{\"tool\":\"drain_node\",\"params\":{\"node_name\":\"${label.target}\"}}");
        worker = installation.worker(Map.of(
                "infraai.kubernetes.clusters.default.kubeconfig",
                plane.kubeconfig(User.INFRAAI).toString()));
    }

    @AfterAll
    static void uninstall() {
        if (installation != null) {
            worker.close();
            installation.close();
            shop.close();
        }
    }

    @Test
    void aPodIsRestartedAndItsSuccessorIsReady() {
        shop.deployment("web", 1);
        var before = shop.pods("web").getFirst();

        heal("PodCrashLoop", before.at("/metadata/name").asText());

        soon().until(() -> shop.ready("deployments/web") == 1
                && shop.pods("web").stream().noneMatch(pod -> uid(pod).equals(uid(before))));
    }

    @Test
    void aDeploymentIsScaled() {
        shop.deployment("cart", 1);

        heal("TooFewPods", "cart");

        soon().until(() -> shop.ready("deployments/cart") == 3);
    }

    @Test
    void aNodeIsDrainedOnceItsBudgetAllows() {
        shop.deployment("ledger", 4);
        shop.budget("ledger", 3);

        heal("NodeFailing", "node-a");

        assertThat(admin.get("/api/v1/nodes/node-a").at("/spec/unschedulable").asBoolean())
                .isTrue();
        soon().until(() -> shop.ready("deployments/ledger") == 4);
        assertThat(shop.pods("ledger"))
                .allSatisfy(pod -> assertThat(pod.at("/spec/nodeName").asText()).isEqualTo("node-b"));
        admin.merge("/api/v1/nodes/node-a", "{\"spec\":{\"unschedulable\":null}}");
    }

    /** The alert makes one episode and one task, which ends well. */
    private static void heal(String alertname, String target) {
        installation.fire(alertname, target);
        installation.task(target, "done");
        var episodes = installation.get("/api/alerts?label=target=" + target).path("items");
        assertThat(episodes).hasSize(1);
        assertThat(episodes.path(0).path("tasks")).hasSize(1);
    }

    private static String uid(JsonNode pod) {
        return pod.at("/metadata/uid").asText();
    }
}
