package io.infraai.engine.offline;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the built-in model says about itself. */
final class Guide {

    /** Once in a conversation; found again in the answers before. */
    private static final String INTRODUCTION =
            "*I'm InfraAI's built-in model: I follow fixed rules and am no language model. To connect one, set"
                    + " `infraai.models.order` and its key.*";

    static final String HELP = """
            I understand sentences like these:

            - what's wrong in shop? · why is pod web-0 in shop failing? · is all well?
            - which pods are failing in shop? · list pods in shop · status of deployment web in shop
            - logs of web-0 in shop, last 50 lines · previous logs of web-0 in shop · events in shop · describe node worker-1
            - restart pod web-0 in shop · restart deployment web in shop · scale web in shop to 3 · roll back web in shop
            - node status · top pods in shop · cordon node worker-1 · drain node worker-1
            - active alerts · what fired today? · why did no policy act on PodCrashLoop? · silence alert PodCrashLoop in shop for 2h
            - cpu of web in shop over the last hour · run the query sum(rate(http_requests_total[5m]))
            - list vms · status of vm db-1 · restart vm db-1 · take a snapshot of vm db-1 called before-upgrade
            - show policies · show tasks · dashboards · inventory · scan 10.0.0.0/24

            What changes something waits for approval as your policies say.""";

    static final String UNCLEAR = """
            I don't understand that. I follow fixed rules: say what to look at or to change, and its name, for example "what's \
            wrong in shop?", "logs of web-0 in shop", "restart pod web-0 in shop". "help" shows more.""";

    static final String NOTHING_CHANGED = "All right, I change nothing.";

    static final String NO_BARE_YES = """
            Please say the whole sentence, for example "restart pod web-0 in shop": I don't change anything for a bare yes.""";

    static final String APPROVALS = """
            Approvals aren't given in the conversation: approve or reject where the request is shown, or by POST to \
            /api/approvals. "show pending approvals" lists what waits.""";

    private static final Set<String> CLUSTER = Set.of(
            "list_pods",
            "events",
            "describe",
            "pod_logs",
            "node_status",
            "top",
            "rollout_status",
            "rollout_history",
            "restart_pod",
            "restart_deployment",
            "scale_deployment",
            "rollout_undo",
            "cordon",
            "uncordon",
            "drain_node",
            "list_resources",
            "get_resource");

    private static final Set<String> METRICS = Set.of(
            "query_prometheus", "query_range", "active_alerts", "list_metrics", "list_targets", "metric_metadata");

    private Guide() {}

    static String introduced(String text, Conversation conversation) {
        var known =
                conversation.earlier().stream().anyMatch(turn -> turn.answer().contains(INTRODUCTION));
        return known ? text : text + "\n\n" + INTRODUCTION;
    }

    static String missing(List<String> tools) {
        var names = tools.stream().map(tool -> "`" + tool + "`").collect(Collectors.joining(", "));
        return "For that I need " + names
                + ", which I'm not offered here: the platform isn't connected, or you may not use it. "
                + connect(tools.getFirst());
    }

    private static String connect(String tool) {
        if (CLUSTER.contains(tool)) {
            return "It belongs to a Kubernetes cluster.";
        }
        if (METRICS.contains(tool)) {
            return "It belongs to Prometheus.";
        }
        if (tool.contains("vm") || tool.contains("snapshot") || tool.equals("host_status")) {
            return "It belongs to VMware.";
        }
        if (tool.contains("silence") || tool.equals("list_alerts")) {
            return "It belongs to Alertmanager.";
        }
        return tool.contains("grafana") ? "It belongs to Grafana." : "";
    }

    static String afterFailure(String tool) {
        if (CLUSTER.contains(tool)) {
            return "Check the name and the namespace (\"list pods in NAMESPACE\"), and whether the cluster can be reached.";
        }
        if (METRICS.contains(tool)) {
            return "Check the query (\"list metrics containing TEXT\"), and whether Prometheus can be reached.";
        }
        return "Check the name, and whether the platform can be reached.";
    }
}
