package io.infraai.engine.offline;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every tool can be reached by a sentence that somebody on call would write, or there is a reason why not. */
class CatalogueTest {

    private static final String ID = "11111111-2222-3333-4444-555555555555";

    /** What a person writes, by the tool that it reaches. */
    private static final Map<String, String> SENTENCES = new TreeMap<>(Map.ofEntries(
            Map.entry("active_alerts", "any pending alerts?"),
            Map.entry("cordon", "cordon worker-1"),
            Map.entry("create_silence", "mute PodCrashLoop in shop for 2h"),
            Map.entry("create_snapshot", "take a snapshot of vm db-1 called before-upgrade"),
            Map.entry("describe", "describe pod web-0 in shop"),
            Map.entry("drain_node", "drain node worker-1 please"),
            Map.entry("events", "events in shop"),
            Map.entry("expire_silence", "unmute " + ID),
            Map.entry("explain_decision", "why did no policy act on PodCrashLoop?"),
            Map.entry("get_grafana_dashboard", "open dashboard checkout-overview"),
            Map.entry("get_grafana_panel_query", "what is the query of panel 4 of dashboard checkout-overview"),
            Map.entry("get_policies", "which policies do we have"),
            Map.entry("get_resource", "show me the yaml of deployment web in shop"),
            Map.entry("get_task", "what became of task 12"),
            Map.entry("grafana_annotate", "annotate grafana with \"deployed 1.2\""),
            Map.entry("host_status", "how are the esx hosts doing"),
            Map.entry("list_alerts", "what is firing right now?"),
            Map.entry("list_assets", "what is in the inventory"),
            Map.entry("list_episodes", "what fired today"),
            Map.entry("list_metrics", "which metrics are there about checkout"),
            Map.entry("list_pods", "which pods are failing in shop"),
            Map.entry("list_resources", "list deployments in shop"),
            Map.entry("list_snapshots", "snapshots of vm db-1"),
            Map.entry("list_targets", "are all scrape targets up?"),
            Map.entry("list_tasks", "what is waiting for approval?"),
            Map.entry("list_vms", "list vms"),
            Map.entry("metric_metadata", "what does metric http_requests_total mean"),
            Map.entry("network_discovery", "scan 10.0.0.0/24"),
            Map.entry("node_status", "are all nodes ready"),
            Map.entry("pod_logs", "logs of web-0 in shop"),
            Map.entry("power_on_vm", "turn on vm db-1"),
            Map.entry("propose_policy", "propose a policy that restarts the pod when PodCrashLoop fires"),
            Map.entry("query_prometheus", "run the query up{job=\"node\"}"),
            Map.entry("query_range", "cpu of web last hour"),
            Map.entry("read_document", "read document " + ID),
            Map.entry("remove_snapshot", "delete snapshot before-upgrade of vm db-1"),
            Map.entry("restart_deployment", "restart deployment web in shop"),
            Map.entry("restart_pod", "restart pod web-0 in shop"),
            Map.entry("restart_vm", "reboot vm db-1"),
            Map.entry("rollout_history", "history of deployment web in shop"),
            Map.entry("rollout_status", "is the rollout of web in shop done?"),
            Map.entry("rollout_undo", "roll back web in shop"),
            Map.entry("scale_deployment", "scale web in shop to 3"),
            Map.entry("search_grafana_dashboards", "is there a dashboard about payments?"),
            Map.entry("shutdown_vm", "shut down vm db-1"),
            Map.entry("similar_incidents", "have we seen something similar to PodCrashLoop before"),
            Map.entry("top", "who is hogging the cpu in shop"),
            Map.entry("uncordon", "uncordon worker-1"),
            Map.entry("vm_events", "what happened to vm db-1 yesterday"),
            Map.entry("vm_metrics", "cpu of vm db-1"),
            Map.entry("vm_status", "status of vm db-1")));

    /** Why a tool is out of its reach. */
    private static final Map<String, String> UNREACHED = Map.of(
            "create_resource", "a manifest can't be made by rules",
            "patch_resource", "a patch can't be made by rules",
            "delete_resource", "what destroys is asked for by its exact arguments, over REST or by a policy",
            "llm_reasoning", "it would ask this very model");

    @Test
    void everyToolIsReachedByASentenceOrThereIsAReason() {
        var known = new TreeMap<>(SENTENCES);
        known.putAll(UNREACHED);

        assertThat(known.keySet()).isEqualTo(Catalogue.tools().keySet());
    }

    @Test
    void eachSentenceReachesItsTool() {
        assertThat(SENTENCES)
                .allSatisfy((tool, sentence) -> assertThat(Talk.calls(Talk.first(sentence)))
                        .as(sentence)
                        .startsWith(tool + " "));
    }

    @Test
    void whatIsOutOfReachIsAnsweredAndNotCalled() {
        for (var sentence : new String[] {
            "create a configmap in shop", "patch deployment web in shop", "delete configmap settings in shop"
        }) {
            var answer = Talk.first(sentence);

            assertThat(answer.hasToolExecutionRequests()).as(sentence).isFalse();
            assertThat(answer.text()).contains("I don't");
        }
    }
}
