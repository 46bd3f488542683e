package io.infraai.standalone.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.simulators.kubernetes.Effect;
import io.infraai.simulators.kubernetes.Effect.What;
import io.infraai.standalone.services.Installation;
import io.infraai.testkit.model.Asked;
import io.infraai.testkit.model.Reply;
import io.infraai.testkit.model.ScriptedOpenAi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The services of the release before, as lab/upgrade.sh builds them, on the schema of this one: how a rolling upgrade goes on. */
@Tag("lab")
class UpgradeLabTest {

    private static final String POLICY = "PodCrashLoop";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path BEFORE =
            Path.of(System.getenv().getOrDefault("INFRAAI_LAB", "../.infraai/lab"), "previous");

    private static Installation installation;
    private static ScriptedOpenAi model;

    @BeforeAll
    static void install() {
        assumeTrue(
                Files.exists(BEFORE.resolve("engine")),
                "the release before isn't built; ./infraai lab --build upgrade builds it");
        installation = new Installation(BEFORE);
        installation.policy(
                POLICY,
                "{\"tool\":\"restart_pod\",\"params\":{\"pod_name\":\"${label.target}\",\"namespace\":\"shop\"}}");
        model = ScriptedOpenAi.by(UpgradeLabTest::answer);
    }

    @AfterAll
    static void uninstall() {
        if (installation != null) {
            model.close();
            installation.close();
        }
    }

    @Test
    void theReleaseBeforeHealsOnThisOnesSchema() {
        try (var _ = installation.worker(BEFORE, Map.of())) {
            heals();
        }
    }

    @Test
    void aWorkerOfThisReleaseActsForTheReleaseBefore() {
        try (var _ = installation.worker(Installation.PRESENT, Map.of())) {
            heals();
        }
    }

    @Test
    void theReleaseBeforeAnswersOnThisOnesSchema() {
        answers(BEFORE);
    }

    @Test
    void anEngineOfThisReleaseAnswersForTheReleaseBefore() {
        answers(Installation.PRESENT);
    }

    private static void heals() {
        var deployment = Installation.unique("upgrade");
        installation.cluster().addDeployment("shop", deployment, 1);
        var pod = installation.cluster().podsOf("shop", deployment).getFirst();

        installation.fire(POLICY, pod);

        var uid = installation.task(pod, "done").path("uid").asText();
        assertThat(installation.cluster().calls().effectsOf(uid))
                .extracting(Effect::what)
                .containsExactly(What.POD_DELETED);
    }

    private static void answers(Path build) {
        try (var _ = installation.engine(
                build,
                Map.of(
                        "infraai.models.order", "scripted",
                        "infraai.models.scripted.provider", "openai",
                        "infraai.models.scripted.base-url", model.url(),
                        "infraai.models.scripted.model", "scripted"))) {
            var asked = installation.ask("/api/chat", "{\"message\":\"How are the pods?\"}");

            var turn = "/api/chat/" + asked.path("session_id").asText() + "/turns/"
                    + asked.path("turn_id").asText();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    installation.get(turn).path("reply").asText())
                            .isEqualTo("All well."));
        }
    }

    /** A look first, then the answer. */
    private static Reply answer(Asked asked) {
        var looked = StreamSupport.stream(asked.json().path("messages").spliterator(), false)
                .anyMatch(message -> message.path("role").asText().equals("tool"));
        return looked
                ? Reply.text("All well.")
                : Reply.calls(new Reply.Call("a", "list_pods", "{\"namespace\":\"shop\"}"));
    }
}
