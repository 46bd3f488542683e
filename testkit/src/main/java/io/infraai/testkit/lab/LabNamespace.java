package io.infraai.testkit.lab;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A namespace of a real cluster for as long as a test takes, and what somebody else than InfraAI runs in it. */
public final class LabNamespace implements AutoCloseable {

    private static final String BUDGETS = "/apis/policy/v1beta1/namespaces/";

    private static final String TEMPLATE = """
            "selector":{"matchLabels":{"app":"%1$s"}},
            "template":{"metadata":{"labels":{"app":"%1$s"}},
              "spec":{"containers":[{"name":"main","image":"registry.example.com/%1$s:1"}]}}""";

    private final ApiServer admin;
    private final String name;

    private LabNamespace(ApiServer admin, String name) {
        this.admin = admin;
        this.name = name;
    }

    public static LabNamespace create(ApiServer admin, String name) {
        admin.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(name));
        var created = new LabNamespace(admin, name);
        // a pod can't be made before its service account is there
        soon().until(() -> admin.find(created.core("serviceaccounts/default"))
                .filter(account -> account.has("secrets"))
                .isPresent());
        return created;
    }

    public static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(50));
    }

    public String name() {
        return name;
    }

    public String core(String rest) {
        return "/api/v1/namespaces/" + name + "/" + rest;
    }

    public String apps(String rest) {
        return "/apis/apps/v1/namespaces/" + name + "/" + rest;
    }

    /** With that many pods ready. */
    public void deployment(String app, int replicas) {
        admin.create(
                apps("deployments"),
                "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"replicas\":%2$d,%3$s}}"
                        .formatted(app, replicas, TEMPLATE.formatted(app)));
        soon().until(() -> ready("deployments/" + app) == replicas);
    }

    /** With that many pods ready. */
    public void statefulSet(String app, int replicas) {
        admin.create(
                apps("statefulsets"),
                "{\"metadata\":{\"name\":\"%1$s\"},\"spec\":{\"replicas\":%2$d,\"serviceName\":\"%1$s\",%3$s}}"
                        .formatted(app, replicas, TEMPLATE.formatted(app)));
        soon().until(() -> ready("statefulsets/" + app) == replicas);
    }

    /** With a pod on each node. */
    public void daemonSet(String app) {
        admin.create(
                apps("daemonsets"),
                "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s}}".formatted(app, TEMPLATE.formatted(app)));
        soon().until(() -> pods(app).size() == ControlPlane.NODES.size());
    }

    public void barePod(String pod, String node) {
        admin.create(core("pods"), """
                {"metadata":{"name":"%1$s"},
                 "spec":{"nodeName":"%2$s","containers":[{"name":"main","image":"registry.example.com/%1$s:1"}]}}""".formatted(pod, node));
    }

    public void crashingPod(String pod) {
        admin.create(core("pods"), """
                {"metadata":{"name":"%1$s","annotations":{"lab/crash":"true"}},
                 "spec":{"containers":[{"name":"main","image":"registry.example.com/%1$s:1"}]}}""".formatted(pod));
    }

    /** Counted, and so in force. */
    public void budget(String app, int minAvailable) {
        admin.create(BUDGETS + name + "/poddisruptionbudgets", """
                {"metadata":{"name":"%1$s"},
                 "spec":{"minAvailable":%2$d,"selector":{"matchLabels":{"app":"%1$s"}}}}""".formatted(app, minAvailable));
        soon().until(() -> budget(app).at("/status/currentHealthy").asInt() >= minAvailable);
    }

    public JsonNode budget(String app) {
        return admin.get(BUDGETS + name + "/poddisruptionbudgets/" + app);
    }

    public void liftBudget(String app) {
        admin.delete(BUDGETS + name + "/poddisruptionbudgets/" + app);
    }

    public int ready(String workload) {
        return admin.get(apps(workload)).at("/status/readyReplicas").asInt();
    }

    /** Those that aren't terminating. */
    public List<JsonNode> pods(String app) {
        var items = admin.get(core("pods?labelSelector=app%3D" + app)).path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(pod -> !pod.path("metadata").has("deletionTimestamp"))
                .toList();
    }

    /** Its pods go at once, so that they aren't in the way of who drains a node next; the rest goes by itself. */
    @Override
    public void close() {
        admin.delete("/api/v1/namespaces/" + name);
        soon().until(() -> admin.get(core("pods")).path("items").isEmpty());
    }
}
