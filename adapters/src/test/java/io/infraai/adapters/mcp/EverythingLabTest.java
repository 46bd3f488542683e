package io.infraai.adapters.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.adapters.mcp.RealServers.Running;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.testkit.lab.McpPeers;

import static io.infraai.adapters.mcp.RealServers.PATIENCE;
import static io.infraai.adapters.mcp.RealServers.accepting;
import static io.infraai.adapters.mcp.RealServers.read;
import static io.infraai.adapters.mcp.RealServers.refresh;
import static io.infraai.adapters.mcp.RealServers.refreshed;
import static io.infraai.adapters.mcp.WithToyServer.assertFailed;
import static io.infraai.adapters.mcp.WithToyServer.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Our client against the protocol's reference server, which somebody else wrote, over both transports. */
@Tag("lab")
class EverythingLabTest {

    private static final Duration LIMIT = Duration.ofSeconds(3);

    @TempDir
    Path home;

    private McpPeers peers;
    private Running running;

    @BeforeEach
    void start() throws IOException {
        peers = McpPeers.assumePresent();
        running = Running.started(peers.everything("streamableHttp"), home);
        awaitAnswer();
    }

    @AfterEach
    void stop() {
        if (running != null) {
            running.close();
        }
    }

    private void awaitAnswer() {
        await().atMost(PATIENCE)
                .until(() -> new HttpConnection(new Destination(running.url()), Optional.empty())
                                .ask("initialize", Rpc.initialize(), LIMIT)
                                .await()
                                .atMost(PATIENCE)
                        instanceof Reply.Result);
    }

    private Configured overHttp() {
        return accepting(Configured.at(running.url())).patient(LIMIT);
    }

    private Configured overPipes() {
        return accepting(Configured.running(peers.everything("stdio").toArray(String[]::new))
                        .patient(Duration.ofSeconds(20)))
                .patient(Duration.ofSeconds(20));
    }

    @Test
    void itsToolsAnswerOverHttp() throws IOException {
        assertToolsAnswer(refreshed(overHttp()));
    }

    @Test
    void itsToolsAnswerOverPipes() throws IOException {
        var servers = refreshed(overPipes());
        assertToolsAnswer(servers);
        servers.stop(new ShutdownEvent());
    }

    private static void assertToolsAnswer(McpServers servers) throws IOException {
        assertThat(servers.tools())
                .extracting(tool -> ToolDescription.of(tool).name())
                .hasSizeGreaterThan(8)
                .contains("real__echo", "real__get_sum", "real__get_structured_content");
        assertThat(text(read(servers, "echo", "{\"message\":\"grüße\"}"))).isEqualTo("Echo: grüße");
        assertThat(text(read(servers, "get-sum", "{\"a\":2,\"b\":3}"))).isEqualTo("The sum of 2 and 3 is 5.");
        var weather = new ObjectMapper()
                .readTree(text(read(servers, "get-structured-content", "{\"location\":\"Chicago\"}")));
        assertThat(weather.path("temperature").isNumber()).isTrue();
        assertThat(text(read(servers, "get-tiny-image", "{}"))).contains("[image left out]");
        assertFailed(read(servers, "get-sum", "{\"a\":2,\"b\":\"x\"}"), FailureReason.INVALID_PARAMETERS);
    }

    @Test
    void aLongOperationEndsWithOurTimeAndAShortOneGoesOn() {
        var servers = refreshed(overHttp());
        assertFailed(
                read(servers, "trigger-long-running-operation", "{\"duration\":20,\"steps\":4}"),
                FailureReason.TIMED_OUT);
        assertThat(text(read(servers, "echo", "{\"message\":\"still here\"}"))).isEqualTo("Echo: still here");
        assertThat(text(read(servers, "trigger-long-running-operation", "{\"duration\":1,\"steps\":2}")))
                .contains("completed");
    }

    @Test
    void aServerThatIsKilledIsUsedAgainOnceItIsBack() throws IOException {
        var servers = refreshed(overHttp());
        running.close();
        assertFailed(read(servers, "echo", "{\"message\":\"hi\"}"), FailureReason.UNREACHABLE);
        refresh(servers);
        assertThat(servers.tools()).isEmpty();

        running = Running.started(
                peers.everything("streamableHttp"), home, running.url().getPort());
        awaitAnswer();
        refresh(servers);

        assertThat(text(read(servers, "echo", "{\"message\":\"back\"}"))).isEqualTo("Echo: back");
    }

    @Test
    void aServerThatForgotOurSessionIsGreetedAnew() throws IOException {
        var servers = refreshed(overHttp());
        running.close();
        running = Running.started(
                peers.everything("streamableHttp"), home, running.url().getPort());
        awaitAnswer();

        assertThat(read(servers, "echo", "{\"message\":\"who are you\"}")).isInstanceOf(Failed.class);
        refresh(servers);

        assertThat(text(read(servers, "echo", "{\"message\":\"me\"}"))).isEqualTo("Echo: me");
    }

    @Test
    void aKilledProcessIsStartedAnew() {
        var servers = refreshed(overPipes());
        children().forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> servers.tools().isEmpty());
        assertFailed(read(servers, "echo", "{\"message\":\"hi\"}"), FailureReason.UNREACHABLE);

        refresh(servers);

        assertThat(text(read(servers, "echo", "{\"message\":\"again\"}"))).isEqualTo("Echo: again");
        servers.stop(new ShutdownEvent());
    }

    private Stream<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.pid() != running.process().pid())
                .filter(child -> child.info().commandLine().orElse("").endsWith("stdio"));
    }

    @Test
    void aProcessSeesNoMoreOfOurEnvironmentThanItIsGiven() throws IOException {
        var credential = Files.writeString(home.resolve("credential"), "s3cret\n");
        var servers = refreshed(overPipes().seeing(Set.of(), Map.of("API_TOKEN", credential)));

        var environment = new ObjectMapper().readTree(text(read(servers, "get-env", "{}")));

        assertThat(environment.path("API_TOKEN").asText()).isEqualTo("s3cret");
        assertThat(environment.fieldNames()).toIterable().containsOnly("PATH", "HOME", "API_TOKEN");
        servers.stop(new ShutdownEvent());
    }
}
