package io.infraai.engine.selection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.engine.offline.Catalogue;

import static org.assertj.core.api.Assertions.assertThat;

class ToolSelectionTest {

    private static final int MOST = 24;

    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry("which pods are failing in shop?", "list_pods"),
            Map.entry("show me the logs of web-0", "pod_logs"),
            Map.entry("what did web-0 write to stdout before it crashed?", "pod_logs"),
            Map.entry("please bounce the pod web-0", "restart_pod"),
            Map.entry("restart the deployment web", "restart_deployment"),
            Map.entry("give web five replicas", "scale_deployment"),
            Map.entry("revert checkout to the version before", "rollout_undo"),
            Map.entry("has the rollout of web finished?", "rollout_status"),
            Map.entry("which revisions did web have?", "rollout_history"),
            Map.entry("what happened in the cluster lately, any events?", "events"),
            Map.entry("tell me about the object web in detail with its conditions", "describe"),
            Map.entry("are the nodes all right?", "node_status"),
            Map.entry("keep new pods off node worker-1", "cordon"),
            Map.entry("evict everything from node worker-1", "drain_node"),
            Map.entry("who uses most cpu?", "top"),
            Map.entry("run a promql query for the error rate", "query_prometheus"),
            Map.entry("how did memory develop over the last hour?", "query_range"),
            Map.entry("which metrics are there about http?", "list_metrics"),
            Map.entry("is anything not scraped?", "list_targets"),
            Map.entry("which alerts are active?", "list_alerts"),
            Map.entry("mute PodCrashLoop for two hours", "create_silence"),
            Map.entry("end that silence", "expire_silence"),
            Map.entry("is there a grafana dashboard for checkout?", "search_grafana_dashboards"),
            Map.entry("list the virtual machines", "list_vms"),
            Map.entry("reboot the machine db-1", "restart_vm"),
            Map.entry("take a snapshot of db-1", "create_snapshot"),
            Map.entry("what is in the inventory?", "list_assets"),
            Map.entry("scan the network 10.0.0.0/24", "network_discovery"),
            Map.entry("why did no policy act on this alert?", "explain_decision"),
            Map.entry("which alarms fired today?", "list_episodes"));

    private final ToolSelection selection = new ToolSelection();
    private final List<ToolDescription> all = all();

    @Test
    void theNeededToolIsAmongThoseThatAreTold() {
        var missed = QUESTIONS.entrySet().stream()
                .filter(question -> chosen(question.getKey(), Set.of()).stream().noneMatch(question.getValue()::equals))
                .map(Map.Entry::getKey)
                .toList();

        assertThat(all).hasSize(120);
        assertThat(QUESTIONS).hasSize(30);
        assertThat(missed.size()).as(missed.toString()).isLessThanOrEqualTo(1);
    }

    @Test
    void whatTheConversationUsedComesFirst() {
        var chosen = chosen("which pods are failing?", Set.of("restart_vm", "list_assets"));

        assertThat(chosen.subList(0, 2)).containsExactlyInAnyOrder("restart_vm", "list_assets");
        assertThat(chosen).hasSize(MOST);
    }

    @Test
    void oneQuestionAlwaysGetsTheSameTools() {
        var reversed = new ArrayList<>(all).reversed();

        assertThat(selection.select(reversed, "which pods are failing?", Set.of(), MOST))
                .isEqualTo(selection.select(all, "which pods are failing?", Set.of(), MOST));
    }

    @Test
    void fewToolsAreAllTold() {
        assertThat(selection.select(all.subList(0, 3), "", Set.of(), MOST)).hasSize(3);
    }

    private List<String> chosen(String question, Set<String> used) {
        return selection.select(all, question, used, MOST).stream()
                .map(ToolDescription::name)
                .toList();
    }

    /** Our own, and those of servers that a company may have beside them. */
    private static List<ToolDescription> all() {
        var tools = new ArrayList<>(Catalogue.tools().values());
        var things = List.of(
                "issue",
                "pull_request",
                "chat_channel",
                "page",
                "on_call_shift",
                "bucket",
                "database",
                "dns_record",
                "certificate",
                "mail_list",
                "invoice",
                "ticket",
                "branch",
                "build",
                "release_note",
                "calendar_entry",
                "survey",
                "customer",
                "contract",
                "vault_item",
                "feature_flag",
                "runbook",
                "badge",
                "laptop",
                "room");
        for (var verb : List.of("find", "add", "close", "assign")) {
            for (var thing : things) {
                if (tools.size() < 120) {
                    tools.add(other(verb + "_" + thing, verb, thing.replace('_', ' ')));
                }
            }
        }
        return tools;
    }

    private static ToolDescription other(String name, String verb, String thing) {
        var schema = JsonNodeFactory.instance.objectNode();
        schema.putObject("properties").putObject("name");
        return new ToolDescription(
                name,
                "Can " + verb + " a " + thing + " in the company's systems, with its state and owner",
                ToolKind.READING,
                Risk.READS,
                "",
                Duration.ofSeconds(10),
                schema);
    }
}
