package io.infraai.standalone.external;

import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A changing tool of somebody else's server is called at most once, whatever becomes of the call. */
class ExternalToolTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Installation installation;

    private final SilentServer server = new SilentServer();

    @BeforeAll
    static void install() {
        installation = new Installation();
    }

    @AfterAll
    static void uninstall() {
        installation.close();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLostAnswerLeavesTheTaskInDoubtAndTheCallIsNotSentAgain() {
        try (var _ = worker("patience", "2s")) {
            var task = request("patience__press");

            var ended = awaitDoubt(task);

            assertThat(ended.path("tool").asText()).isEqualTo("patience__press");
            assertThat(server.calls()).isEqualTo(1);
        }
    }

    @Test
    void aWorkerThatDiesDuringTheCallLeavesTheTaskInDoubtAndTheCallIsNotSentAgain() {
        String task;
        try (var first = worker("death", "60s")) {
            task = request("death__press");
            await().atMost(PATIENCE).until(() -> server.calls() == 1);
            first.kill();
        }
        try (var _ = worker("death", "60s")) {
            awaitDoubt(task);

            assertThat(server.calls()).isEqualTo(1);
        }
    }

    private ServiceProcess worker(String name, String timeout) {
        var prefix = "infraai.mcp.servers." + name;
        return installation.worker(Map.of(
                prefix + ".url",
                server.url(),
                prefix + ".timeout",
                timeout,
                prefix + ".tools.press.pin",
                SilentServer.PIN));
    }

    /** The URL of the task. */
    private static String request(String tool) {
        await().atMost(PATIENCE)
                .until(() -> installation.get("/api/tools").toString().contains('"' + tool + '"'));
        var accepted = installation.ask("/api/tools/" + tool, "{\"arguments\":{}}");
        assertThat(accepted.path("task_url").asText()).as(accepted.toString()).isNotEmpty();
        return accepted.path("task_url").asText();
    }

    private static JsonNode awaitDoubt(String task) {
        return await().atMost(PATIENCE)
                .until(
                        () -> installation.get(task),
                        it -> it.path("state").asText().equals("in_doubt"));
    }
}
