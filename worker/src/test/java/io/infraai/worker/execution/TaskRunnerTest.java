package io.infraai.worker.execution;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Condition.Bound;
import io.infraai.contracts.remediation.MetricCheck;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.task.TaskControl;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskQueries;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.FaultRule;
import io.infraai.simulators.kubernetes.SimulatedCluster;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(SimulatedPlatforms.class)
class TaskRunnerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimulatedCluster cluster = SimulatedPlatforms.cluster();

    @Inject
    TaskCreation creation;

    @Inject
    TaskQueries queries;

    @Inject
    TaskControl control;

    @Inject
    Bells bells;

    @Inject
    Handback handback;

    @Inject
    WorkerConfig config;

    @Inject
    PressButton button;

    @Inject
    ObjectMapper json;

    private String deployment = "";
    private String pod = "";

    @BeforeEach
    void addDeployment() {
        cluster.faults().clear();
        deployment = "w-" + UUID.randomUUID().toString().substring(0, 8);
        cluster.addDeployment("shop", deployment, 1);
        pod = cluster.podsOf("shop", deployment).getFirst();
    }

    @Test
    void aTaskIsCarriedOutAndItsOutcomeJournaled() {
        var task = ended(restartPod(pod));

        assertThat(task.state()).isEqualTo(TaskState.DONE);
        assertThat(task.intent()).isNotNull();
        assertThat(task.journal()).last().satisfies(line -> {
            assertThat(line.status()).isEqualTo("done");
            assertThat(line.result()).contains("Evicted pod " + pod);
        });
        assertThat(effects(task)).isEqualTo(1);
    }

    @Test
    void aLostAnswerIsTriedAgainWithTheStoredTargetAndChangesNothingMore() {
        cluster.faults().inject(FaultRule.once("create", pod + "/eviction", FaultKind.LOST_REPLY));

        var task = ended(restartPod(pod));

        assertThat(task.state()).isEqualTo(TaskState.DONE);
        assertThat(task.attempt()).isEqualTo(2);
        assertThat(effects(task)).isEqualTo(1);
    }

    @Test
    void aTargetThatDoesNotExistFailsTheTaskAtOnce() {
        var task = ended(restartPod("no-such-pod"));

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.attempt()).isEqualTo(1);
        assertThat(task.reason()).contains("There is no pod no-such-pod");
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndDoesNothing() {
        var task = ended(task("restart_pod", podParameters(pod), ToolKind.GUARDED, true, List.of()));

        assertThat(task.state()).isEqualTo(TaskState.DONE);
        assertThat(task.reason()).startsWith("Would: Evict pod " + pod);
        assertThat(effects(task)).isZero();
    }

    @Test
    void whatWasDoneNamesTheCallThatTakesItBack() {
        var scaled = ended(scale(3));

        var undo = Objects.requireNonNull(scaled.outcome()).path("undo");
        assertThat(undo.path("tool").asText()).isEqualTo("scale_deployment");
        ended(task("scale_deployment", (ObjectNode) undo.path("arguments"), ToolKind.GUARDED, false, List.of()));
        assertThat(cluster.object("deployments", "shop", deployment)
                        .orElseThrow()
                        .at("/spec/replicas")
                        .asInt())
                .isEqualTo(1);
        assertThat(Objects.requireNonNull(ended(restartPod(pod)).outcome()).has("undo"))
                .as("a pod that was evicted doesn't come back")
                .isFalse();
    }

    @Test
    void aMetricGuardThatDoesNotHoldSuppressesTheAction() {
        SimulatedPlatforms.prometheus().set("load", Map.of("of", deployment), 1);
        var guard = new MetricCheck("load{of=\"" + deployment + "\"}", Bound.ABOVE, 5);

        var task = ended(task("restart_pod", podParameters(pod), ToolKind.GUARDED, false, List.of(guard)));

        assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(task.reason()).contains("Suppressed", "is 1.0, not above 5.0");
        assertThat(effects(task)).isZero();
    }

    @Test
    void aMetricGuardWithoutAnAnswerSuppressesTheAction() {
        var guard = new MetricCheck("no_such_metric", Bound.BELOW, 5);

        var task = ended(task("restart_pod", podParameters(pod), ToolKind.GUARDED, false, List.of(guard)));

        assertThat(task.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(task.reason()).contains("no answer");
    }

    @Test
    void aTargetThatKeepsNothingIsPressedOnceAndLeftInDoubt() {
        var name = PressButton.ANSWERS_GET_LOST + deployment;

        var task = ended(press(name));

        assertThat(task.state()).isEqualTo(TaskState.IN_DOUBT);
        assertThat(button.presses(name)).isEqualTo(1);
    }

    @Test
    void aBugInAToolEndsAsAFailureAndNotAsALoop() {
        var task = ended(press(PressButton.BREAKS_ITS_CALLER + deployment));

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.attempt()).isEqualTo(5);
    }

    @Test
    void aFailingClusterOpensItsBreakerWhichCostsNoAttempts() {
        cluster.faults()
                .inject(FaultRule.once("get", "/pods/" + pod, FaultKind.ERROR_BEFORE)
                        .times(5)
                        .answering(503));

        // five failures use up its attempts and open the breaker for the one after it
        var unlucky = ended(restartPod(pod));
        var next = ended(restartPod(pod));

        assertThat(unlucky.state()).isEqualTo(TaskState.FAILED);
        assertThat(next.state()).isEqualTo(TaskState.DONE);
        assertThat(next.attempt()).isEqualTo(1);
    }

    @Test
    void tasksOnOneTargetRunOneAfterTheOtherInOrder() {
        var first = press(deployment);
        var second = press(deployment);
        var third = press(deployment);

        assertThat(ended(third).startedAt())
                .isAfterOrEqualTo(ended(second).doneAt())
                .isAfterOrEqualTo(ended(first).doneAt());
        assertThat(button.presses(deployment)).isEqualTo(3);
    }

    @Test
    void nothingStartsWhilePausedAndEverythingAfterwards() {
        awaited(control.pause(TenantId.DEFAULT, "test", "a test"));
        var id = press(deployment);
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> button.presses(deployment) == 0);

        awaited(control.resume(TenantId.DEFAULT, "test"));

        assertThat(ended(id).state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void workGoesOnWithoutRedisAndWithoutHelpAfterIt() throws IOException {
        EmbeddedServices.servers().killRedis();
        Task without;
        try {
            without = ended(press(deployment));
        } finally {
            EmbeddedServices.servers().startRedis();
        }

        var after = ended(press(deployment));

        assertThat(without.state()).isEqualTo(TaskState.DONE);
        assertThat(after.state()).isEqualTo(TaskState.DONE);
    }

    @Test
    void noMoreTasksAreTakenThanThereAreSlots() {
        var tasks = IntStream.range(0, config.slots() + 40)
                .mapToObj(number -> press(PressButton.IS_SOUGHT_FOR_LONG + deployment + "-" + number))
                .toList();

        await().atMost(PATIENCE).until(() -> button.sought() == config.slots());
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> button.sought() == config.slots());

        await().atMost(PATIENCE).until(() -> {
            button.letThemBeFound();
            return tasks.stream()
                    .allMatch(id -> awaited(queries.byId(TenantId.DEFAULT, id))
                            .orElseThrow()
                            .state()
                            .ended());
        });
    }

    @Test
    void whatAStoppingWorkerHasNotBegunIsTakenByAnotherAtOnceAndDoneOnce() {
        var name = PressButton.IS_SOUGHT_FOR_LONG + deployment;
        var id = press(name);
        await().atMost(PATIENCE).until(() -> button.sought() == 1);

        handback.atShutdown(new ShutdownEvent());

        // this worker didn't stop, so it is the other one, too
        await().atMost(config.lease().dividedBy(2)).until(() -> button.sought() == 2);
        button.letThemBeFound();
        var task = ended(id);
        assertThat(task.state()).isEqualTo(TaskState.DONE);
        assertThat(task.attempt()).isEqualTo(1);
        assertThat(button.presses(name)).isEqualTo(1);
    }

    private long restartPod(String name) {
        return task("restart_pod", podParameters(name), ToolKind.GUARDED, false, List.of());
    }

    private long scale(int replicas) {
        var parameters = json.createObjectNode()
                .put("deployment_name", deployment)
                .put("namespace", "shop")
                .put("replicas", replicas);
        return task("scale_deployment", parameters, ToolKind.GUARDED, false, List.of());
    }

    private long press(String name) {
        return task("press_button", json.createObjectNode().put("name", name), ToolKind.ONE_SHOT, false, List.of());
    }

    private ObjectNode podParameters(String name) {
        return json.createObjectNode().put("pod_name", name).put("namespace", "shop");
    }

    private long task(String tool, ObjectNode parameters, ToolKind kind, boolean dryRun, List<MetricCheck> guards) {
        var requested = awaited(creation.request(
                TenantId.DEFAULT,
                new NewTask(
                        UUID.randomUUID().toString(),
                        "test:" + parameters,
                        tool,
                        kind,
                        parameters,
                        0,
                        dryRun,
                        Duration.ofMinutes(15),
                        guards,
                        null,
                        null,
                        OptionalLong.empty(),
                        0,
                        "test",
                        null)));
        bells.ring(new TaskRung(TenantId.DEFAULT, requested.taskId()))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(PATIENCE);
        return requested.taskId();
    }

    private Task ended(long id) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> awaited(queries.byId(TenantId.DEFAULT, id)).orElseThrow(),
                        task -> task.state().ended());
    }

    private int effects(Task task) {
        return cluster.calls().effectsOf(task.uid().toString()).size();
    }

    private static <T> T awaited(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
