package io.infraai.standalone.observe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.trace.Collector;
import io.infraai.testkit.trace.Span;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Four processes, one collector: what is told of an alert and of a conversation from their beginning to their end. */
class TraceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ALERT = "PodIsTraced";
    private static final Path PAGE = Path.of("..", "docs", "observability.md");

    private static Collector collector;
    private static Installation installation;

    @BeforeAll
    static void install() {
        collector = Collector.start();
        installation = new Installation(_ -> Map.of(
                "otel.exporter.otlp.endpoint", collector.endpoint(), "quarkus.otel.bsp.schedule.delay", "200ms"));
        installation.policy(
                ALERT,
                "auto",
                "{\"tool\":\"restart_pod\",\"params\":{\"pod_name\":\"${label.target}\",\"namespace\":\"shop\"}}");
    }

    @AfterAll
    static void uninstall() {
        installation.close();
        collector.close();
    }

    @Test
    void anAlertIsOneTraceFromItsWebhookToItsVerdict() throws IOException {
        var pod = newPod();
        try (var worker = installation.worker(Map.of())) {
            installation.fire(ALERT, pod);
            var task = installation.task(pod, "done").path("id").asText();
            var attempt = one("attempt restart_pod", "infraai.task.id", task);
            await().atMost(PATIENCE)
                    .until(() -> named(attempt, "POST /api/alerts").size() == 1);

            installation.resolve(ALERT, pod);

            assertIsPartOfItsWebhook(attempt);
            assertEndsWithItsVerdict(attempt, one("verify task", "infraai.task.id", task));
            assertThat(named(attempt, "execute_tool restart_pod"))
                    .allSatisfy(call -> assertThat(call.parent()).isEqualTo(attempt.id()))
                    .extracting(call -> call.attributes().get("infraai.tool.step") + " "
                            + call.attributes().get("infraai.outcome"))
                    .containsExactly("identify found", "apply done");
            assertThat(collector.trace(attempt.trace()).toString())
                    .doesNotContain(pod)
                    .doesNotContain(ALERT);
            assertLineTellsOf(worker, task, attempt.trace());
            assertIsWrittenDown(collector.tree(attempt.trace()));
        }
    }

    private static void assertIsPartOfItsWebhook(Span attempt) {
        var planning = parentButStreams(attempt);
        assertThat(planning.name()).isEqualTo("plan episode");
        assertThat(planning.attributes()).containsEntry("infraai.outcome", "dispatched");
        var intake = parentButStreams(planning);
        assertThat(intake.name()).isEqualTo("take alerts in");
        assertThat(parent(intake).name()).isEqualTo("POST /api/alerts");
        assertThat(parent(intake).parent()).isEmpty();
        assertThat(List.of(intake.service(), planning.service(), attempt.service()))
                .containsExactly("infraai-api-gateway", "infraai-healing", "infraai-worker");
        assertIsOneTree(attempt.trace());
    }

    private static void assertEndsWithItsVerdict(Span attempt, Span verdict) {
        assertThat(verdict.trace()).isEqualTo(attempt.trace());
        assertThat(parent(verdict).name()).isEqualTo("plan episode");
        assertThat(verdict.attributes()).containsEntry("infraai.outcome", "effective");
    }

    private static void assertLineTellsOf(ServiceProcess worker, String task, String trace) {
        var line = await().atMost(PATIENCE)
                .until(
                        () -> worker.log().stream()
                                // the JVM has its own say on the same stream
                                .filter(each -> each.startsWith("{"))
                                .map(TraceTest::json)
                                .filter(each -> each.path("message").asText().startsWith("Task " + task + " ended"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
        var keys = line.path("mdc");
        assertThat(keys.path("task_id").asText()).isEqualTo(task);
        assertThat(keys.path("tenant").asText()).isEqualTo("default");
        assertThat(keys.path("tool").asText()).isEqualTo("restart_pod");
        assertThat(keys.path("policy_id").asText()).isNotEmpty();
        assertThat(keys.path("traceId").asText()).isEqualTo(trace);
    }

    @Test
    void aQuestionIsOneTraceFromTheChatToTheTool() {
        try (var _ = installation.engine()) {
            var turn = installation
                    .ask("/api/chat", "{\"message\":\"Which pods are there in the namespace shop?\"}")
                    .path("turn_id")
                    .asText();
            var agent = one("invoke_agent infraai", "infraai.turn.id", turn);
            await().atMost(PATIENCE).until(() -> named(agent, "POST /api/chat").size() == 1);

            assertThat(named(agent, "chat offline")).isNotEmpty().allSatisfy(request -> {
                assertThat(request.parent()).isEqualTo(agent.id());
                assertThat(request.attributes()).containsKeys("gen_ai.request.model", "gen_ai.usage.input_tokens");
            });
            assertThat(named(agent, "execute_tool list_pods"))
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.parent()).isEqualTo(agent.id()));
            assertIsOneTree(agent.trace());
            assertThat(collector.trace(agent.trace()).toString()).doesNotContain("Which pods");
        }
    }

    @Test
    void aCollectorThatIsAwayCostsSpansAndNoWork() {
        var pod = newPod();
        var nowhere = "http://127.0.0.1:" + ServiceProcess.freePort();
        try (var _ = installation.worker(Map.of("otel.exporter.otlp.endpoint", nowhere))) {
            installation.fire(ALERT, pod);

            var task = installation.task(pod, "done").path("id").asText();

            assertThat(collector.spans(span -> task.equals(span.attributes().get("infraai.task.id"))))
                    .isEmpty();
        }
    }

    private static String newPod() {
        var deployment = Installation.unique("traced");
        installation.cluster().addDeployment("shop", deployment, 1);
        return installation.cluster().podsOf("shop", deployment).getFirst();
    }

    private static void assertIsOneTree(String trace) {
        var tree = collector.tree(trace);
        assertThat(tree.lines().filter(line -> !line.startsWith(" "))).as(tree).hasSize(1);
    }

    private static JsonNode json(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError("No JSON: " + line, e);
        }
    }

    private static Span one(String name, String key, String value) {
        return await().atMost(PATIENCE)
                .until(
                        () -> collector.spans(span -> span.name().equals(name)
                                && value.equals(span.attributes().get(key))),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private static List<Span> named(Span of, String name) {
        return collector.trace(of.trace()).stream()
                .filter(span -> span.name().equals(name))
                .toList();
    }

    private static Span parent(Span span) {
        return collector.trace(span.trace()).stream()
                .filter(each -> each.id().equals(span.parent()))
                .findFirst()
                .orElseThrow();
    }

    /** What had it done, whichever way it was rung for. */
    private static Span parentButStreams(Span span) {
        var parent = parent(span);
        return parent.name().startsWith("infraai:{") ? parentButStreams(parent) : parent;
    }

    /** The page shows the tree of a run: a sweeper's bell may have taken the place of the first one, so only the names count. */
    private static void assertIsWrittenDown(String tree) throws IOException {
        var begin = "<!-- the trace of a run of TraceTest -->\n```text\n";
        if (System.getenv("INFRAAI_WRITE_DOCS") != null) {
            var page = Files.readString(PAGE);
            var block = Pattern.compile(Pattern.quote(begin) + ".*?```", Pattern.DOTALL);
            Files.writeString(PAGE, block.matcher(page).replaceFirst(Matcher.quoteReplacement(begin + tree + "```")));
        }
        assertThat(PAGE)
                .content()
                .as("run with INFRAAI_WRITE_DOCS=1 to write it anew")
                .contains(tree.lines().map(String::strip).toList());
    }
}
