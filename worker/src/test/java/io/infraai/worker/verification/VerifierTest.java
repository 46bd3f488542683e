package io.infraai.worker.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertKey;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.Effect;
import io.infraai.contracts.remediation.FollowUp;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.NextStep;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.intake.AlertIntake;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Received;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskCreation.EpisodeDecisions;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskCreation.Verdict;
import io.infraai.persistence.task.TaskQueries;
import io.infraai.simulators.kubernetes.SimulatedCluster;
import io.infraai.testkit.EmbeddedServices;
import io.infraai.worker.execution.Bells;
import io.infraai.worker.execution.SimulatedPlatforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(SimulatedPlatforms.class)
class VerifierTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private final SimulatedCluster cluster = SimulatedPlatforms.cluster();

    @Inject
    AlertIntake intake;

    @Inject
    PolicyStore policies;

    @Inject
    TaskCreation creation;

    @Inject
    TaskQueries queries;

    @Inject
    Bells bells;

    @Inject
    MeterRegistry metrics;

    @Inject
    ObjectMapper json;

    private String deployment = "";
    private int alerts;

    @BeforeEach
    void addDeployment() {
        cluster.faults().clear();
        deployment = "v-" + UUID.randomUUID().toString().substring(0, 8);
        cluster.addDeployment("shop", deployment, 1);
    }

    @Test
    void anAlertThatGoesOnBringsTheNextStepAndOneThatEndsAGoodVerdict() {
        var before = counted("restart_pod", "ineffective");
        var first = planned(clears("2s"), scale(3));

        var restarted = verified(first);

        assertThat(verdict(restarted).state()).isEqualTo(Effect.INEFFECTIVE);
        assertThat(counted("restart_pod", "ineffective")).isEqualTo(before + 1);
        var next = Objects.requireNonNull(verdict(restarted).nextTaskId());
        var scaled = done(next);
        assertThat(scaled.tool()).isEqualTo("scale_deployment");
        assertThat(cluster.calls().effectsOf(scaled.uid().toString())).hasSize(1);
        assertThat(cluster.object("deployments", "shop", deployment)
                        .orElseThrow()
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(3);

        send(AlertStatus.RESOLVED);

        assertThat(verdict(verified(next)).state()).isEqualTo(Effect.EFFECTIVE);
        assertThat(verdict(verified(next)).nextTaskId()).isNull();
    }

    @Test
    void aMetricTellsWhetherItHelpedAndNobodyGuessesWithoutIt() {
        var prometheus = SimulatedPlatforms.prometheus();
        prometheus.set("errors", Map.of("of", deployment), 0);
        prometheus.set("latency", Map.of("of", deployment), 5);

        var helped = planned(metric("errors", "1m"));
        var didNot = planned(metric("latency", "1s"));
        var silent = planned(metric("no_such_metric", "1s"));

        assertThat(verdict(verified(helped)).state()).isEqualTo(Effect.EFFECTIVE);
        assertThat(verdict(verified(didNot)).state()).isEqualTo(Effect.INEFFECTIVE);
        assertThat(verdict(verified(didNot)).reason()).contains("is 5.0, not below 1.0");
        assertThat(verdict(verified(silent)).state()).isEqualTo(Effect.UNKNOWN);
        assertThat(verdict(verified(silent)).reason()).startsWith("The metric has no answer: ");
    }

    private double counted(String tool, String result) {
        return metrics.counter("infraai_verifications", "tool", tool, "result", result)
                .count();
    }

    private ObjectNode clears(String within) {
        return json.createObjectNode().put("alert_clears", within);
    }

    private ObjectNode metric(String name, String within) {
        var check = json.createObjectNode().put("within", within);
        check.putObject("promql")
                .put("query", name + "{of=\"" + deployment + "\"}")
                .put("below", 1);
        return check;
    }

    private NextStep scale(int replicas) {
        var parameters = json.createObjectNode()
                .put("deployment_name", deployment)
                .put("namespace", "shop")
                .put("replicas", replicas);
        return new NextStep("scale_deployment", ToolKind.GUARDED, "test:" + deployment, parameters, 0, 5);
    }

    /** An alert of its own, a policy, and the restart of the pod, rung for. */
    private long planned(ObjectNode check, NextStep... steps) {
        var policy = awaited(policies.create(TENANT, document(), "test")).id();
        alerts++;
        var episode = Objects.requireNonNull(send(AlertStatus.FIRING));
        var pod = cluster.podsOf("shop", deployment).getFirst();
        var key = episode + ":" + policy + ":0";
        var task = new NewTask(
                key,
                "test:" + key,
                "restart_pod",
                ToolKind.GUARDED,
                json.createObjectNode().put("pod_name", pod).put("namespace", "shop"),
                0,
                false,
                Duration.ofMinutes(15),
                List.of(),
                new FollowUp(check, List.of(steps)),
                episode,
                OptionalLong.of(policy),
                1,
                "policy:" + policy,
                null);
        var proposal = new Proposal(policy, 1, Outcome.DISPATCHED, "matched", task, Limits.DEFAULT, false);
        var id = awaited(creation.plan(
                        TENANT,
                        List.of(new EpisodeDecisions(episode, List.of(proposal))),
                        (each, _) -> new Verdict(each.outcome(), each.reason())))
                .getFirst();
        awaited(bells.ring(new TaskRung(TENANT, id)).onFailure().recoverWithNull());
        done(id);
        return id;
    }

    private ObjectNode document() {
        var document = json.createObjectNode().put("name", "p").put("priority", 1);
        document.putObject("condition");
        document.putObject("action");
        return document;
    }

    private @Nullable UUID send(AlertStatus status) {
        var labels = Map.of("alertname", "Verified" + alerts, "of", deployment);
        var ends = status == AlertStatus.RESOLVED ? START.plusSeconds(1) : null;
        var alert = new Alert(status, labels, Map.of(), START, ends, null, null);
        var received = new Received(0, AlertKey.of(TENANT, labels, Set.of()), alert);
        var episodes = awaited(intake.accept(TENANT, new Batch(List.of(received), List.of())))
                .episodes();
        return episodes.isEmpty() ? null : episodes.getFirst();
    }

    private Task done(long id) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> task(id), task -> task.state() == TaskState.DONE);
    }

    private Task verified(long id) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> task(id),
                        task -> verdict(task).state() != Effect.AWAITED
                                && verdict(task).state() != null);
    }

    private static Task.Verified verdict(Task task) {
        return Objects.requireNonNull(task.verification());
    }

    private Task task(long id) {
        return awaited(queries.byId(TENANT, id)).orElseThrow();
    }

    private static <T> T awaited(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
