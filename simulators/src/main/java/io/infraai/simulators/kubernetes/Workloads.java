package io.infraai.simulators.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Puts workloads into a cluster: the example ones, and what tests ask for. */
final class Workloads {

    private final ClusterState state;

    Workloads(ClusterState state) {
        this.state = state;
    }

    void foundations() {
        for (int i = 1; i <= 3; i++) {
            node(i);
        }
        for (var name : new String[] {"default", "kube-system", "monitoring", "payments", "shop"}) {
            namespace(name);
        }
    }

    void examples() {
        deployment("shop", "web", 3, "registry.example.com/shop/web:1.14.2");
        deployment("shop", "cart", 2, "registry.example.com/shop/cart:2.3.0");
        deployment("shop", "checkout", 2, "registry.example.com/shop/checkout:2.3.1");
        deployment("payments", "api", 2, "registry.example.com/payments/api:5.0.7");
        deployment("payments", "ledger", 1, "registry.example.com/payments/ledger:5.0.7");
        deployment("monitoring", "prometheus", 1, "quay.io/prometheus/prometheus:v3.7.3");
        deployment("monitoring", "grafana", 1, "docker.io/grafana/grafana:12.2.1");
        deployment("kube-system", "coredns", 2, "registry.k8s.io/coredns/coredns:v1.12.3");
        budget("payments", "ledger", "minAvailable");
        budget("shop", "web", "maxUnavailable");
        pod("shop", "migrate-once", "registry.example.com/shop/migrate:2.3.0");
    }

    void namespace(String name) {
        var namespace = Json.object();
        namespace.putObject("metadata").put("name", name).putObject("labels").put("kubernetes.io/metadata.name", name);
        create(ResourceKind.NAMESPACE, "", namespace);
    }

    void deployment(String namespace, String name, int replicas, String image) {
        var deployment = Json.object();
        deployment.putObject("metadata").put("name", name).putObject("labels").put("app", name);
        var spec = deployment.putObject("spec").put("replicas", replicas);
        spec.putObject("selector").putObject("matchLabels").put("app", name);
        var template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put("app", name);
        container(template, name, image);
        create(ResourceKind.DEPLOYMENT, namespace, deployment);
    }

    void pod(String namespace, String name, String image) {
        var pod = Json.object();
        pod.putObject("metadata").put("name", name).putObject("labels").put("app", name);
        container(pod, name, image);
        create(ResourceKind.POD, namespace, pod);
    }

    private void budget(String namespace, String name, String limit) {
        var budget = Json.object();
        budget.putObject("metadata").put("name", name);
        var spec = budget.putObject("spec").put(limit, 1);
        spec.putObject("selector").putObject("matchLabels").put("app", name);
        create(ResourceKind.DISRUPTION_BUDGET, namespace, budget);
    }

    private void node(int number) {
        var node = Json.object();
        node.putObject("metadata")
                .put("name", "node-" + number)
                .putObject("labels")
                .put("kubernetes.io/hostname", "node-" + number);
        node.putObject("spec").put("podCIDR", "10.244." + number + ".0/24");
        var status = node.putObject("status");
        status.putObject("capacity").put("cpu", "4").put("memory", "16384Mi").put("pods", "110");
        status.putObject("allocatable")
                .put("cpu", "3900m")
                .put("memory", "15872Mi")
                .put("pods", "110");
        status.putArray("addresses").addObject().put("type", "InternalIP").put("address", "192.168.10.1" + number);
        status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "KubeletReady")
                .put("message", "kubelet is posting ready status");
        status.putObject("nodeInfo").put("kubeletVersion", "v1.34.1").put("osImage", "Debian GNU/Linux 13 (trixie)");
        create(ResourceKind.NODE, "", node);
    }

    private static void container(ObjectNode owner, String name, String image) {
        owner.putObject("spec")
                .putArray("containers")
                .addObject()
                .put("name", name)
                .put("image", image);
    }

    private void create(ResourceKind kind, String namespace, ObjectNode object) {
        state.run(() -> state.resources().create(kind, namespace, object, Write.SILENT));
    }
}
