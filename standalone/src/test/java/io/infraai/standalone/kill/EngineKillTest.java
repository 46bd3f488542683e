package io.infraai.standalone.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.simulators.kubernetes.Effect.What;
import io.infraai.standalone.services.Installation;
import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.model.Asked;
import io.infraai.testkit.model.Reply;
import io.infraai.testkit.model.ScriptedOpenAi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Turns with an engine that dies at a named point in them: each ends, once, and no change is made twice. With {@code
 * -Dinfraai.kill.turns=25} there are two hundred, with {@code -Dinfraai.kill.clients=200} so many that talk at once.
 */
class EngineKillTest {

    private static final int TURNS_A_POINT = Integer.getInteger("infraai.kill.turns", 4);
    private static final int CLIENTS = Integer.getInteger("infraai.kill.clients", 16);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Installation installation;
    private static ScriptedOpenAi model;
    private static ServiceProcess worker;
    private static ServiceProcess gateway;

    @BeforeAll
    static void install() {
        var patient = Map.of(
                "infraai.four-eyes", "false",
                "infraai.chat.answer-deadline", "100ms",
                "infraai.chat.turns-per-minute", "10000",
                "infraai.chat.streams-per-user", "10000");
        installation = new Installation(module -> module.equals("api-gateway") ? patient : Map.of());
        model = ScriptedOpenAi.by(EngineKillTest::answer);
        gateway = installation.gateway(patient).ready();
        worker = installation.worker(Map.of("infraai.worker.approvals-per-hour", "1000"));
    }

    @AfterAll
    static void uninstall() {
        worker.close();
        gateway.close();
        model.close();
        installation.close();
    }

    /**
     * Two looks and a change at first, then the answer; the message says which pod and where, or asks for words, which take a
     * while to be written.
     */
    private static Reply answer(Asked asked) {
        var messages = asked.json().path("messages");
        var message = StreamSupport.stream(messages.spliterator(), false)
                .filter(each -> each.path("role").asText().equals("user"))
                .map(each -> each.path("content").asText())
                .reduce((_, last) -> last)
                .orElseThrow();
        if (message.startsWith(Words.ASKED)) {
            return Reply.text(Words.of(message)).every(Words.PAUSE);
        }
        var pod = message.replace(Crowd.PLACE, "");
        var results = StreamSupport.stream(messages.spliterator(), false)
                .filter(each -> each.path("role").asText().equals("tool"))
                .count();
        return results == 0
                ? Reply.calls(
                        new Reply.Call("a", "list_pods", "{\"namespace\":\"shop\"}"),
                        new Reply.Call("b", "node_status", "{}"),
                        new Reply.Call("c", "restart_pod", "{\"namespace\":\"shop\",\"pod_name\":\"" + pod + "\"}"))
                : Reply.text("Restarted ", pod, ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after_claim",
                "after_model",
                "after_reasoned",
                "before_tool",
                "after_tool",
                "after_result",
                "before_wait",
                "before_answer"
            })
    void everyTurnEndsOnceAndNothingIsDoubled(String point) throws InterruptedException {
        var pods = IntStream.range(0, TURNS_A_POINT).mapToObj(_ -> newPod()).toList();
        Map<String, String> turns = new HashMap<>();
        try (var doomed = engine(Map.of("infraai.failpoint", point))) {
            pods.forEach(pod -> turns.put(pod, ask(pod)));
            if (point.equals("before_answer")) {
                // nothing is to be approved before a worker has found it
                await().atMost(PATIENCE).until(() -> {
                    approveSome();
                    return doomed.isDead();
                });
            }
            doomed.awaitDeath();
        }

        try (var _ = engine(Map.of())) {
            await().atMost(PATIENCE).until(() -> {
                approveSome();
                return turns.values().stream().allMatch(turn -> state(turn).equals("done"));
            });
        }
        assertThat(turns).allSatisfy(EngineKillTest::assertAnsweredOnce);
    }

    /** What two gateways, two engines and their clients have to do with each other, while one engine dies. */
    @Test
    void clientsOfBothGatewaysAreToldTheirOwnWordsAlsoWhenAnEngineDies() throws IOException {
        var key = Files.readString(installation.keyFile()).strip();
        var crowd = new Crowd(List.of(installation.gateway(), gateway), key);
        try (var doomed = engine(Map.of());
                var _ = engine(Map.of())) {
            crowd.begins(CLIENTS);
            await().atMost(PATIENCE).until(crowd::allAreBeingAnswered);
            crowd.comesBackThroughTheOtherGateway();
            doomed.kill();

            await().atMost(PATIENCE).untilAsserted(crowd::assertEveryoneWasToldTheirOwn);
            assertThat(crowd.someWereBegunAgain()).isTrue();
            crowd.cancelsThroughTheOtherGateway(installation);
            crowd.approvesThroughTheOtherGateway(installation, newPod());
        } finally {
            crowd.leaves();
        }
    }

    private static ServiceProcess engine(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "infraai.models.order", "scripted",
                "infraai.models.scripted.provider", "openai",
                "infraai.models.scripted.base-url", model.url(),
                "infraai.models.scripted.model", "scripted"));
        properties.putAll(more);
        return installation.engine(properties);
    }

    private static String newPod() {
        var deployment = Installation.unique("chat");
        installation.cluster().addDeployment("shop", deployment, 1);
        return installation.cluster().podsOf("shop", deployment).getFirst();
    }

    /** The turn's URL. */
    private static String ask(String pod) {
        var answer = installation.post(gateway, "/api/chat", "{\"message\":\"" + pod + Crowd.PLACE + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    private static void approveSome() {
        installation
                .get("/api/approvals?state=open&limit=100")
                .path("items")
                .forEach(approval -> installation.post(
                        gateway, "/api/approvals/" + approval.path("id").asLong() + "/approve", "{}"));
    }

    private static String state(String turn) {
        return installation.get(turn).path("state").asText();
    }

    private static void assertAnsweredOnce(String pod, String turn) {
        var answered = installation.get(turn);
        assertThat(answered.path("reply").asText()).isEqualTo("Restarted " + pod + ".");
        assertThat(answered.path("steps"))
                .hasSize(3)
                .allSatisfy(step -> assertThat(step.path("status").asText())
                        .as(answered.toString())
                        .isEqualTo("done"));
        assertThat(deletions(pod)).as(pod).isEqualTo(1);
    }

    private static long deletions(String pod) {
        return installation
                .cluster()
                .calls()
                .effects(What.POD_DELETED)
                .getOrDefault(pod, List.of())
                .size();
    }
}
