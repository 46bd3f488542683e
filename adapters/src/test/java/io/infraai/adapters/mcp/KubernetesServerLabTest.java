package io.infraai.adapters.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.quarkus.runtime.ShutdownEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.simulators.kubernetes.SimulatedCluster;
import io.infraai.testkit.lab.McpPeers;

import static io.infraai.adapters.mcp.RealServers.accepting;
import static io.infraai.adapters.mcp.RealServers.read;
import static io.infraai.adapters.mcp.RealServers.refreshed;
import static io.infraai.adapters.mcp.WithToyServer.assertFailed;
import static io.infraai.adapters.mcp.WithToyServer.text;
import static org.assertj.core.api.Assertions.assertThat;

/** Our client against the MCP server that many have for their clusters, over pipes. */
@Tag("lab")
class KubernetesServerLabTest {

    private static final String[] CHANGING = {"pods_delete", "resources_delete", "resources_create_or_update"};

    @TempDir
    Path home;

    private final SimulatedCluster cluster = SimulatedCluster.start();
    private McpPeers peers;

    @BeforeEach
    void find() {
        peers = McpPeers.assumePresent();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private McpServers connectedTo(String url) throws IOException {
        var kubeconfig = Files.writeString(home.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: lab, cluster: {server: "%s"}}]
                users: [{name: lab, user: {}}]
                contexts: [{name: lab, context: {cluster: lab, user: lab, namespace: shop}}]
                current-context: lab
                """.formatted(url));
        var command = peers.kubernetes(kubeconfig).toArray(String[]::new);
        return refreshed(accepting(Configured.running(command).patient(Duration.ofSeconds(30)), CHANGING));
    }

    @Test
    void itsToolsAreOfTheKindThatAnAdminSaysAndSpeakOfACluster() throws IOException {
        var servers = connectedTo(cluster.url());

        var described = servers.tools().stream().map(ToolDescription::of).toList();

        assertThat(described)
                .hasSizeGreaterThan(15)
                .allSatisfy(tool -> assertThat(tool.name()).startsWith("real__"))
                .filteredOn(tool -> tool.kind() == ToolKind.ONE_SHOT)
                .extracting(ToolDescription::name)
                .containsExactlyInAnyOrder(
                        "real__pods_delete", "real__resources_delete", "real__resources_create_or_update");
        assertThat(servers.find("real__pods_delete")).containsInstanceOf(Tool.OneShot.class);
        assertThat(text(read(servers, "pods_list_in_namespace", "{\"namespace\":\"shop\"}")))
                .contains(cluster.podsOf("shop", "web").getFirst());
        servers.stop(new ShutdownEvent());
    }

    @Test
    void withoutAClusterAReadSaysWhatIsWrong() throws IOException {
        var servers = connectedTo("http://127.0.0.1:1");

        var result = read(servers, "pods_list", "{}");

        assertFailed(result, FailureReason.INVALID_PARAMETERS);
        assertThat(result.toString()).contains("The tool reports an error", "connection refused");
        servers.stop(new ShutdownEvent());
    }
}
