package io.infraai.healing.evaluation;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertKey;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.EpisodesOpened;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.persistence.intake.AlertIntake;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Received;
import io.infraai.persistence.intake.EpisodeQueries;
import io.infraai.persistence.intake.EpisodeQueries.DecisionView;
import io.infraai.persistence.intake.EpisodeQueries.EpisodeView;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.persistence.task.TaskControl;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class PlanningTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    AlertIntake intake;

    @Inject
    EpisodeQueries episodes;

    @Inject
    PolicyStore policies;

    @Inject
    ToolDirectory tools;

    @Inject
    TaskControl control;

    @Inject
    Planning planning;

    @Inject
    PolicyCache cache;

    @Inject
    ObjectMapper json;

    private String alertname = "";

    @BeforeEach
    void advertise() throws IOException {
        alertname = "A" + UUID.randomUUID();
        var schema = json.readTree("""
                {"type":"object","properties":{"pod_name":{"type":"string"}},"required":["pod_name"],
                 "additionalProperties":false}""");
        awaited(tools.advertise(
                "worker",
                false,
                List.of(new ToolDescription(
                        "restart_pod",
                        "Restarts",
                        ToolKind.GUARDED,
                        Risk.CHANGES,
                        "pod/{pod_name}",
                        Duration.ofSeconds(1),
                        schema))));
    }

    @Test
    void aMatchBecomesADecisionAndATask() throws IOException {
        policy("\"mode\":\"auto\"");

        var episode = decided(fire("web-0"));

        assertThat(episode.decisions()).extracting(DecisionView::outcome).containsExactly(Outcome.DISPATCHED);
        assertThat(episode.tasks()).singleElement().satisfies(task -> {
            assertThat(task.state()).isEqualTo(TaskState.QUEUED);
            assertThat(task.target()).isEqualTo("pod/web-0");
            assertThat(task.requestedBy()).startsWith("policy:");
        });
    }

    @Test
    void aToolThatOnlyLooksMayBeAnActionToo() throws IOException {
        var schema = json.readTree("{\"type\":\"object\",\"properties\":{\"pod_name\":{\"type\":\"string\"}}}");
        awaited(tools.advertise(
                "worker",
                false,
                List.of(new ToolDescription(
                        "look_at_pod", "Looks", ToolKind.READING, Risk.READS, "", Duration.ofSeconds(1), schema))));
        policy("\"mode\":\"auto\"", "look_at_pod");

        assertThat(decided(fire("web-0")).tasks()).hasSize(1);
    }

    @Test
    void aTaskKnowsHowItIsVerified() throws IOException {
        policy("\"mode\":\"auto\"");

        var usual = decided(fire("web-0")).tasks().getFirst().verification();

        assertThat(Objects.requireNonNull(usual).check().path("alert_clears").asText())
                .isEqualTo("10m");
        assertThat(usual.state()).isNull();
    }

    @Test
    void aStepThatCannotBeCarriedOutRejectsTheAction() throws IOException {
        policy(
                "\"mode\":\"auto\",\"on_failure\":[{\"tool\":\"restart_pod\",\"params\":{\"pod_name\":\"${label.gone}\"}}]");

        var episode = decided(fire("web-0"));

        assertThat(episode.tasks()).isEmpty();
        assertThat(episode.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.REJECTED);
            assertThat(decision.reason()).startsWith("on_failure[0]: unresolved");
        });
    }

    @Test
    void decidingTwiceMakesOneTask() throws IOException {
        policy("\"mode\":\"auto\"");
        var id = fire("web-1");
        decided(id);

        awaited(planning.decide(new EpisodesOpened(TENANT, List.of(id))));

        assertThat(awaited(episodes.byId(TENANT, id)).orElseThrow().tasks()).hasSize(1);
    }

    @Test
    void anObservingPolicySaysWhatItWouldDoAndMakesNoTask() throws IOException {
        policy("\"mode\":\"observe\"");

        var episode = decided(fire("web-2"));

        assertThat(episode.decisions()).extracting(DecisionView::outcome).containsExactly(Outcome.OBSERVED);
        assertThat(episode.tasks()).isEmpty();
    }

    @Test
    void aSecondEpisodeOnTheSameTargetIsSuppressedWhileThePolicyRests() throws IOException {
        policy("\"mode\":\"auto\"");
        var pod = "web-" + UUID.randomUUID();
        decided(fire(pod));

        var second = decided(fire(pod, Map.of("severity", "critical")));

        assertThat(second.decisions()).singleElement().satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(Outcome.SUPPRESSED);
            assertThat(decision.reason()).contains("cooling down");
        });
        assertThat(second.tasks()).isEmpty();
    }

    @Test
    void whilePausedAMatchIsHeldAndQueuedAfterwards() throws IOException {
        policy("\"mode\":\"auto\"");
        awaited(control.pause(TENANT, "test", "a test"));
        var id = fire("web-" + UUID.randomUUID());
        var held = decided(id);

        awaited(control.resume(TENANT, "test"));

        assertThat(held.decisions()).extracting(DecisionView::outcome).containsExactly(Outcome.HELD);
        assertThat(awaited(episodes.byId(TENANT, id)).orElseThrow().tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.state()).isEqualTo(TaskState.QUEUED));
    }

    @Test
    void aPolicyCountsSoonAfterItsSavingWithoutABell() throws IOException {
        var before = decided(fire("web-" + UUID.randomUUID()));
        save("\"mode\":\"auto\"", "restart_pod");

        await().atMost(PATIENCE)
                .until(() ->
                        !decided(fire("web-" + UUID.randomUUID())).decisions().isEmpty());

        assertThat(before.decisions()).isEmpty();
    }

    @Test
    void anEpisodeWhoseBellWasLostIsDecidedAllTheSame() throws IOException {
        policy("\"mode\":\"auto\"");
        var id = fire("web-" + UUID.randomUUID());

        var episode = await().atMost(PATIENCE)
                .until(
                        () -> awaited(episodes.byId(TENANT, id)).orElseThrow(),
                        it -> !it.decisions().isEmpty());

        assertThat(episode.tasks()).hasSize(1);
    }

    private void policy(String mode) throws IOException {
        policy(mode, "restart_pod");
    }

    private void policy(String mode, String tool) throws IOException {
        save(mode, tool);
        awaited(cache.catchUp());
    }

    private void save(String mode, String tool) throws IOException {
        var document = json.readTree("""
                {"name":"p","priority":100,%s,"enabled":true,"condition":{"labels":{"alertname":"%s"}},
                 "action":{"tool":"%s","params":{"pod_name":"${label.pod}"}}}""".formatted(mode, alertname, tool));
        awaited(policies.create(TENANT, (ObjectNode) document, "test"));
    }

    private UUID fire(String pod) {
        return fire(pod, Map.of());
    }

    private UUID fire(String pod, Map<String, String> more) {
        var labels = new HashMap<>(Map.of("alertname", alertname, "pod", pod));
        labels.putAll(more);
        var alert = new Alert(AlertStatus.FIRING, labels, Map.of(), Instant.now(), null, null, null);
        var received = new Received(0, AlertKey.of(TENANT, labels, Set.of()), alert);
        return awaited(intake.accept(TENANT, new Batch(List.of(received), List.of())))
                .episodes()
                .getFirst();
    }

    /** As the bell would. */
    private EpisodeView decided(UUID id) {
        awaited(planning.decide(new EpisodesOpened(TENANT, List.of(id))));
        return awaited(episodes.byId(TENANT, id)).orElseThrow();
    }

    private static <T> T awaited(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
