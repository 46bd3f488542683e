package io.infraai.worker.execution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.tool.ToolCatalog;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds docs/tools.md to the catalogue; with {@code INFRAAI_WRITE_DOCS=1} in the environment it writes the page anew. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(SimulatedPlatforms.class)
class ToolsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "tools.md");

    /** Found by the container, too, and of no use to anybody but tests. */
    private static final Set<String> OF_TESTS = Set.of("press_button");

    /** Not a vCenter, yet somebody else's idea of one. */
    private static final String VCSIM = "vcsim, govmomi's simulator";

    /** What {@code ./infraai lab} runs them against; all others have met the simulators only. */
    private static final Map<String, String> REAL_PEERS = Map.ofEntries(
            Map.entry("cordon", "Kubernetes API server"),
            Map.entry("create_resource", "Kubernetes API server"),
            Map.entry("delete_resource", "Kubernetes API server"),
            Map.entry("describe", "Kubernetes API server"),
            Map.entry("drain_node", "Kubernetes API server"),
            Map.entry("events", "Kubernetes API server"),
            Map.entry("get_resource", "Kubernetes API server"),
            Map.entry("list_pods", "Kubernetes API server"),
            Map.entry("list_resources", "Kubernetes API server"),
            Map.entry("node_status", "Kubernetes API server"),
            Map.entry("patch_resource", "Kubernetes API server"),
            Map.entry("restart_deployment", "Kubernetes API server"),
            Map.entry("restart_pod", "Kubernetes API server"),
            Map.entry("rollout_history", "Kubernetes API server"),
            Map.entry("rollout_status", "Kubernetes API server"),
            Map.entry("rollout_undo", "Kubernetes API server"),
            Map.entry("scale_deployment", "Kubernetes API server"),
            Map.entry("uncordon", "Kubernetes API server"),
            Map.entry("query_prometheus", "Prometheus"),
            Map.entry("query_range", "Prometheus"),
            Map.entry("list_metrics", "Prometheus"),
            Map.entry("metric_metadata", "Prometheus"),
            Map.entry("list_targets", "Prometheus"),
            Map.entry("active_alerts", "Prometheus"),
            Map.entry("list_alerts", "Alertmanager"),
            Map.entry("create_silence", "Alertmanager"),
            Map.entry("expire_silence", "Alertmanager"),
            Map.entry("list_vms", VCSIM),
            Map.entry("vm_status", VCSIM),
            Map.entry("host_status", VCSIM),
            Map.entry("vm_events", VCSIM),
            Map.entry("vm_metrics", VCSIM),
            Map.entry("list_snapshots", VCSIM),
            Map.entry("create_snapshot", VCSIM),
            Map.entry("remove_snapshot", VCSIM),
            Map.entry("power_on_vm", VCSIM),
            Map.entry("shutdown_vm", VCSIM),
            Map.entry("restart_vm", VCSIM));

    private static final String HEAD = """
            # Tools

            What workers offer to policies, to people over REST and to MCP clients. Made from the catalogue by `ToolsPageTest`; don't edit.
            What the engine offers besides stands apart, since it looks at InfraAI itself: `explain_decision`, `get_policies`, `get_task`,
            `list_episodes`, `list_tasks`, `llm_reasoning`, `propose_policy` and `similar_incidents`.

            *Risk*: `reads` only looks; `changes` changes something; `destroys` can't be taken back and always wants a person. *Kind*:
            a `guarded` change is refused by its target when that is no longer what it was, so it is safe to repeat; a `one-shot` is sent
            at most once and ends `in_doubt` when nobody can tell what became of it. *Parameters*: those in parentheses may be left out.

            | tool | what it does | risk, kind | parameters | met a real |
            |---|---|---|---|---|
            """;

    @Inject
    ToolCatalog tools;

    @Test
    void thePageSaysWhatTheCatalogueHolds() throws IOException {
        var page = HEAD
                + tools.descriptions().stream()
                        .filter(tool -> !OF_TESTS.contains(tool.name()))
                        .map(ToolsPageTest::row)
                        .collect(Collectors.joining("\n"))
                + "\n";
        if (System.getenv("INFRAAI_WRITE_DOCS") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String row(ToolDescription tool) {
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(
                        tool.name(),
                        tool.description().replace("|", "\\|"),
                        tool.kind() == ToolKind.READING
                                ? "reads"
                                : tool.risk().name().toLowerCase(Locale.ROOT) + ", " + word(tool.kind()),
                        parameters(tool),
                        REAL_PEERS.getOrDefault(tool.name(), "–"));
    }

    private static String word(ToolKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String parameters(ToolDescription tool) {
        var required = new ArrayList<String>();
        tool.inputSchema().path("required").forEach(name -> required.add(name.asText()));
        var wanted = new ArrayList<String>();
        var optional = new ArrayList<String>();
        tool.inputSchema()
                .path("properties")
                .fieldNames()
                .forEachRemaining(name -> (required.contains(name) ? wanted : optional).add("`" + name + "`"));
        var rest = optional.isEmpty() ? "" : "(" + String.join(", ", optional) + ")";
        return (String.join(", ", wanted) + " " + rest).strip();
    }
}
