package io.infraai.worker.execution;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.Approval;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.remediation.Task;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.stream.TaskRung;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.persistence.task.TaskApproval;
import io.infraai.persistence.task.TaskApproval.Voice;
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
class ApprovedTaskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SimulatedCluster cluster = SimulatedPlatforms.cluster();

    @Inject
    TaskCreation creation;

    @Inject
    TaskQueries queries;

    @Inject
    TaskApproval approvals;

    @Inject
    Bells bells;

    @Inject
    PressButton button;

    @Inject
    ObjectMapper json;

    private String deployment = "";
    private String pod = "";

    @BeforeEach
    void addDeployment() {
        cluster.faults().clear();
        deployment = "a-" + UUID.randomUUID().toString().substring(0, 8);
        cluster.addDeployment("shop", deployment, 1);
        pod = cluster.podsOf("shop", deployment).getFirst();
    }

    @Test
    void aPersonIsAskedAboutTheVeryPodAndNothingIsDoneBefore() {
        var task = asked(restartPod(pod, 1));

        var approval = approval(task);
        assertThat(approval.targetIdentity().path("uid").asText()).isEqualTo(uidOf(pod));
        assertThat(approval.sentence()).startsWith("Evict pod " + pod).contains(uidOf(pod));
        assertThat(task.intent()).isNull();
        assertThat(effects(task)).isZero();
    }

    @Test
    void anApprovedTaskIsCarriedOutOnce() {
        var asked = asked(restartPod(pod, 1));

        approve(asked, "ben");

        var task = ended(asked.id());
        assertThat(task.state()).as(task.reason()).isEqualTo(TaskState.DONE);
        assertThat(task.intent()).isEqualTo(approval(task).targetIdentity());
        assertThat(effects(task)).isEqualTo(1);
        assertThat(approval(task).usedAt()).isNotNull();
    }

    @Test
    void aPodThatWasReplacedSinceIsNotTheOneThatWasApproved() {
        var lone = deployment + "-lone";
        cluster.addPod("shop", lone);
        var asked = asked(restartPod(lone, 1));
        cluster.delete("pods", "shop", lone);
        await().atMost(PATIENCE)
                .until(() -> cluster.object("pods", "shop", lone).isEmpty());
        cluster.addPod("shop", lone);
        var replacement = uidOf(lone);

        approve(asked, "ben");

        var task = ended(asked.id());
        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.reason()).isEqualTo("No longer as it was approved: that pod is gone");
        assertThat(String.valueOf(task.outcome())).contains("target_changed");
        assertThat(effects(task)).isZero();
        assertThat(uidOf(lone)).isEqualTo(replacement);
    }

    @Test
    void nobodyIsAskedAboutATargetThatDoesNotExist() {
        var task = ended(restartPod("no-such-pod", 1));

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.reason()).contains("There is no pod no-such-pod");
        assertThat(task.approval()).isNull();
    }

    @Test
    void aOneShotToolIsPressedOnceAndOnlyAfterTheSecondPerson() {
        var asked = asked(task("press_button", json.createObjectNode().put("name", deployment), ToolKind.ONE_SHOT, 2));

        approve(asked, "ben");
        assertThat(approval(asked).needed()).isEqualTo(2);
        assertThat(button.presses(deployment)).isZero();
        approve(asked, "carla");

        assertThat(ended(asked.id()).state()).isEqualTo(TaskState.DONE);
        assertThat(button.presses(deployment)).isEqualTo(1);
    }

    @Test
    void whatWouldTakeTheChangeBackIsShownToWhoeverIsAsked() {
        var scaled = json.createObjectNode()
                .put("deployment_name", deployment)
                .put("namespace", "shop")
                .put("replicas", 3);

        var undo = approval(asked(task("scale_deployment", scaled, ToolKind.GUARDED, 1)))
                .undo();

        assertThat(Objects.requireNonNull(undo).path("tool").asText()).isEqualTo("scale_deployment");
        assertThat(undo.path("arguments").path("replicas").asInt()).isEqualTo(1);
    }

    @Test
    void theServersDryRunAndWhatIsSeenOfTheTargetAreShownToWhoeverIsAsked() {
        cluster.warn("pods", "shop", pod, "BackOff", "restarting failed container, token=s3cr3t-of-the-shop");

        var approval = approval(asked(restartPod(pod, 1)));

        var dryRun = Objects.requireNonNull(approval.dryRun());
        assertThat(dryRun.path("result").asText()).isEqualTo("accepted");
        assertThat(dryRun.path("said").asText()).contains("dryRun=All");
        var observed = Objects.requireNonNull(approval.evidence()).path("observed");
        assertThat(observed.path("object").asText()).isEqualTo("pod " + pod + " in shop");
        assertThat(observed.path("phase").asText()).isEqualTo("Running");
        assertThat(observed.path("events").toString()).contains("BackOff").doesNotContain("s3cr3t-of-the-shop");
    }

    @Test
    void aPlatformWithoutDryRunsSaysSo() {
        var pressed = task("press_button", json.createObjectNode().put("name", deployment), ToolKind.ONE_SHOT, 1);

        var approval = approval(asked(pressed));

        assertThat(Objects.requireNonNull(approval.dryRun()).path("result").asText())
                .isEqualTo("not_offered");
        assertThat(approval.evidence()).isNull();
    }

    @Test
    void nobodyIsAskedAboutWhatTheServerRefusesToTry() {
        cluster.faults()
                .inject(FaultRule.once("update", deployment + "/scale\\?dryRun=All", FaultKind.ERROR_BEFORE)
                        .answering(403));

        var task = ended(scale(3));

        assertThat(task.state()).isEqualTo(TaskState.FAILED);
        assertThat(task.reason()).startsWith("Refused before anybody was asked: ");
        assertThat(String.valueOf(task.outcome())).contains("not_permitted");
        assertThat(task.approval()).isNull();
        assertThat(effects(task)).isZero();
    }

    @Test
    void nobodyIsAskedAboutWhatIsSoAlready() {
        var task = ended(scale(1));

        assertThat(task.state()).isEqualTo(TaskState.DONE);
        assertThat(task.reason()).isEqualTo("deployment " + deployment + " in shop has 1 pods already");
        assertThat(task.approval()).isNull();
        assertThat(effects(task)).isZero();
    }

    private long scale(int replicas) {
        var scaled = json.createObjectNode()
                .put("deployment_name", deployment)
                .put("namespace", "shop")
                .put("replicas", replicas);
        return task("scale_deployment", scaled, ToolKind.GUARDED, 1);
    }

    private long restartPod(String name, int people) {
        return task(
                "restart_pod",
                json.createObjectNode().put("pod_name", name).put("namespace", "shop"),
                ToolKind.GUARDED,
                people);
    }

    private long task(String tool, ObjectNode parameters, ToolKind kind, int people) {
        var key = UUID.randomUUID().toString();
        var requested = awaited(creation.request(
                TenantId.DEFAULT,
                new NewTask(
                        key,
                        "test:" + parameters,
                        tool,
                        kind,
                        parameters,
                        people,
                        false,
                        Duration.ofMinutes(15),
                        List.of(),
                        null,
                        null,
                        OptionalLong.empty(),
                        0,
                        "anna-" + key,
                        null)));
        ring(requested.taskId());
        return requested.taskId();
    }

    private void approve(Task asked, String by) {
        awaited(approvals.approve(TenantId.DEFAULT, approval(asked).id(), new Voice(by, null), true));
        ring(asked.id());
    }

    private void ring(long task) {
        bells.ring(new TaskRung(TenantId.DEFAULT, task))
                .onFailure()
                .recoverWithNull()
                .await()
                .atMost(PATIENCE);
    }

    private Approval approval(Task task) {
        var asked = Objects.requireNonNull(task.approval());
        return awaited(approvals.byId(TenantId.DEFAULT, asked.id())).orElseThrow();
    }

    private Task asked(long id) {
        return until(id, task -> task.state() == TaskState.AWAITING_APPROVAL);
    }

    private Task ended(long id) {
        return until(id, task -> task.state().ended());
    }

    private Task until(long id, Predicate<Task> holds) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> awaited(queries.byId(TenantId.DEFAULT, id)).orElseThrow(), holds);
    }

    private String uidOf(String name) {
        return cluster.object("pods", "shop", name)
                .orElseThrow()
                .at("/metadata/uid")
                .asText();
    }

    private int effects(Task task) {
        return cluster.calls().effectsOf(task.uid().toString()).size();
    }

    private static <T> T awaited(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
