package io.infraai.adapters.kubernetes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

import io.infraai.adapters.tool.http.Configured;
import io.infraai.testkit.lab.ApiServer;
import io.infraai.testkit.lab.ControlPlane;
import io.infraai.testkit.lab.ControlPlane.User;

/** The tools with the rights that they need, against a real control plane, each test in a namespace of its own. */
@Tag("lab")
abstract class RealClusterTest {

    /** What the tools do, and nothing else; not in the namespaces that a test leaves out of its binding. */
    private static final String ROLE = """
            {"kind":"ClusterRole","apiVersion":"rbac.authorization.k8s.io/v1","metadata":{"name":"infraai"},"rules":[
              {"apiGroups":[""],"resources":["pods","events","nodes","replicationcontrollers"],"verbs":["get","list"]},
              {"apiGroups":[""],"resources":["pods/eviction"],"verbs":["create"]},
              {"apiGroups":[""],"resources":["nodes"],"verbs":["patch"]},
              {"apiGroups":[""],"resources":["configmaps"],"verbs":["get","list","create","patch","delete"]},
              {"apiGroups":["apps"],"resources":["deployments","statefulsets","daemonsets","replicasets"],
               "verbs":["get","list","patch"]},
              {"apiGroups":["apps"],"resources":["deployments/scale","statefulsets/scale"],"verbs":["update"]},
              {"apiGroups":["lab.example.com"],"resources":["*"],"verbs":["get","list","create","patch","delete"]}]}""";

    static final String TEMPLATE = """
            "selector":{"matchLabels":{"app":"%1$s"}},
            "template":{"metadata":{"labels":{"app":"%1$s"}},
              "spec":{"containers":[{"name":"main","image":"registry.example.com/%1$s:1"}]}}""";

    ControlPlane plane;
    ApiServer admin;
    Clusters clusters;
    String namespace;

    @BeforeEach
    void connect() {
        plane = ControlPlane.shared();
        admin = plane.as(User.ADMIN);
        namespace = "lab-" + ThreadLocalRandom.current().nextInt(100_000, 1_000_000);
        admin.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(namespace));
        allow();
        clusters = clusters(plane.credential(User.INFRAAI));
        // a pod can't be made before its service account is there
        soon().until(() -> admin.find("/api/v1/namespaces/" + namespace + "/serviceaccounts/default")
                .filter(account -> account.has("secrets"))
                .isPresent());
    }

    /** A test's pods may be on nodes that the next one drains. */
    @AfterEach
    void leaveNothing() {
        if (clusters != null) {
            clusters.close();
            admin.delete("/api/v1/namespaces/" + namespace);
            soon().until(() -> admin.get(core("pods")).path("items").isEmpty());
        }
    }

    private void allow() {
        if (admin.find("/apis/rbac.authorization.k8s.io/v1/clusterroles/infraai")
                .isEmpty()) {
            admin.create("/apis/rbac.authorization.k8s.io/v1/clusterroles", ROLE);
            admin.create("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", """
                    {"metadata":{"name":"infraai"},"roleRef":{"kind":"ClusterRole","name":"infraai",
                       "apiGroup":"rbac.authorization.k8s.io"},
                     "subjects":[{"kind":"User","name":"infraai","apiGroup":"rbac.authorization.k8s.io"}]}""");
        }
    }

    Clusters clusters(Path credential) {
        return new Clusters(Configured.with(
                KubernetesConfig.class,
                Map.of(
                        "infraai.kubernetes.clusters.default.url",
                        plane.url().toString(),
                        "infraai.kubernetes.clusters.default.token-file",
                        credential.toString(),
                        "infraai.kubernetes.clusters.default.ca-file",
                        plane.authority().toString())));
    }

    static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    String core(String plural) {
        return "/api/v1/namespaces/" + namespace + "/" + plural;
    }

    String apps(String plural) {
        return "/apis/apps/v1/namespaces/" + namespace + "/" + plural;
    }

    /** Made by somebody else, and with that many pods ready. */
    void deployment(String name, int replicas) {
        admin.create(
                apps("deployments"),
                "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"replicas\":%2$d,%3$s}}"
                        .formatted(name, replicas, TEMPLATE.formatted(name)));
        soon().until(() -> ready(apps("deployments/" + name)) == replicas);
    }

    void statefulSet(String name, int replicas) {
        admin.create(
                apps("statefulsets"),
                "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"replicas\":%2$d,\"serviceName\":\"%1$s\",%3$s}}"
                        .formatted(name, replicas, TEMPLATE.formatted(name)));
        soon().until(() -> ready(apps("statefulsets/" + name)) == replicas);
    }

    void budget(String app, int minAvailable) {
        admin.create(
                "/apis/policy/v1beta1/namespaces/" + namespace + "/poddisruptionbudgets",
                "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"minAvailable\":%2$d,\"selector\":{\"matchLabels\":{\"app\":\"%1$s\"}}}}"
                        .formatted(app, minAvailable));
        soon().until(() -> admin.get("/apis/policy/v1beta1/namespaces/" + namespace + "/poddisruptionbudgets/" + app)
                        .at("/status/expectedPods")
                        .asInt()
                > 0);
    }

    int ready(String path) {
        return admin.get(path).at("/status/readyReplicas").asInt();
    }

    /** Those that aren't terminating. */
    List<JsonNode> pods(String app) {
        var items = admin.get(core("pods?labelSelector=app%3D" + app)).path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .toList();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String uid(JsonNode object) {
        return object.at("/metadata/uid").asText();
    }
}
