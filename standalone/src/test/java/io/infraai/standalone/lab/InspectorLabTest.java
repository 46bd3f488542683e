package io.infraai.standalone.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.lab.McpPeers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The MCP inspector, a client that others wrote, against gateway, engine and worker. */
@Tag("lab")
class InspectorLabTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static McpPeers peers;
    private static Installation installation;
    private static ServiceProcess worker;
    private static ServiceProcess engine;

    @BeforeAll
    static void install() {
        peers = McpPeers.assumePresent();
        installation = new Installation();
        worker = installation.worker(Map.of());
        engine = installation.engine();
        await().atMost(PATIENCE)
                .until(() -> installation.get("/api/tools").toString().contains("get_policies"));
    }

    @AfterAll
    static void uninstall() {
        if (installation != null) {
            engine.close();
            worker.close();
            installation.close();
        }
    }

    @Test
    void itListsOurToolsWithTheirSchemas() throws Exception {
        var tools = inspect("tools/list").path("tools");

        assertThat(tools.findValuesAsText("name")).contains("restart_pod", "get_policies", "network_discovery");
        assertThat(tools)
                .allSatisfy(
                        tool -> assertThat(tool.path("inputSchema").path("type").asText())
                                .isEqualTo("object"));
    }

    @Test
    void aReadIsAnswered() throws Exception {
        var result = inspect("tools/call", "--tool-name", "get_policies");

        assertThat(result.path("isError").asBoolean()).isFalse();
        assertThat(result.path("structuredContent").path("policies").isArray()).isTrue();
    }

    @Test
    void aChangeBecomesATaskThatIsCarriedOut() throws Exception {
        var name = Installation.unique("inspected");
        installation.cluster().addDeployment("shop", name, 1);
        var pod = installation.cluster().podsOf("shop", name).getFirst();

        var result = inspect(
                "tools/call",
                "--tool-name",
                "restart_pod",
                "--tool-arg",
                "pod_name=" + pod,
                "--tool-arg",
                "namespace=shop");

        var url = result.path("structuredContent").path("task_url").asText();
        var task = await().atMost(PATIENCE)
                .until(
                        () -> installation.get(url),
                        it -> it.path("state").asText().equals("done"));
        assertThat(task.path("tool").asText()).isEqualTo("restart_pod");
        assertThat(installation.cluster().podsOf("shop", name)).doesNotContain(pod);
    }

    private static JsonNode inspect(String method, String... more) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(
                "--cli",
                installation.at("/mcp").toString(),
                "--transport",
                "http",
                "--header",
                "X-API-KEY: " + Files.readString(installation.keyFile()).strip(),
                "--method",
                method));
        arguments.addAll(List.of(more));
        var process = new ProcessBuilder(peers.inspector(arguments.toArray(String[]::new)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(text).isZero();
        return new ObjectMapper().readTree(text);
    }
}
