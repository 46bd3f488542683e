package io.infraai.engine.tools;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import io.infraai.contracts.policy.Limits;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.remediation.NewTask;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.contracts.tool.ToolKind;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.persistence.catalog.ToolDirectory;
import io.infraai.persistence.intake.AlertIntake;
import io.infraai.persistence.intake.AlertIntake.Batch;
import io.infraai.persistence.intake.AlertIntake.Received;
import io.infraai.persistence.policy.PolicyStore;
import io.infraai.persistence.task.TaskCreation;
import io.infraai.persistence.task.TaskCreation.EpisodeDecisions;
import io.infraai.persistence.task.TaskCreation.Proposal;
import io.infraai.persistence.task.TaskCreation.Verdict;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
class OwnToolsTest {

    private static final TenantId TENANT = TenantId.DEFAULT;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    ReadOnlyTools tools;

    @Inject
    AlertIntake intake;

    @Inject
    PolicyStore policies;

    @Inject
    TaskCreation tasks;

    @Inject
    ToolDirectory directory;

    @Inject
    ObjectMapper json;

    private String alertname = "";

    @BeforeEach
    void advertise() throws IOException {
        alertname = "A" + UUID.randomUUID();
        var schema = json.readTree("""
                {"type":"object","properties":{"pod_name":{"type":"string"},"namespace":{"type":"string"}},
                 "required":["pod_name","namespace"],"additionalProperties":false}""");
        awaited(directory.advertise(
                "worker",
                false,
                List.of(new ToolDescription(
                        "restart_pod",
                        "Restarts",
                        ToolKind.GUARDED,
                        Risk.CHANGES,
                        "pod/{namespace}/{pod_name}",
                        Duration.ofSeconds(1),
                        schema))));
    }

    @Test
    void aDecisionIsToldWithItsReason() throws IOException {
        var policy = policy("heals", alertname);
        decide(fire("shop"), policy, Outcome.OBSERVED, "Would run restart_pod.");

        var told = done("explain_decision", "alertname", alertname, "policy", "heals " + alertname);

        assertThat(told.summary()).contains("observed", "Would run restart_pod.");
    }

    @Test
    void aPolicyThatDidntMatchIsExplainedByThePartThatFails() throws IOException {
        policy("other", alertname + "Other");
        fire("shop");

        var told = done("explain_decision", "alertname", alertname, "policy", "other " + alertname + "Other");

        assertThat(told.summary()).contains("not matched", "is not \"" + alertname + "Other\"");
    }

    @Test
    void anAlertThatNeverCameIsSaidToBeUnknown() {
        var failed = call("explain_decision", arguments("alertname", "Never" + alertname));

        assertThat(failed)
                .isInstanceOfSatisfying(
                        Failed.class, it -> assertThat(it.message()).contains("never got such an alert"));
    }

    @Test
    void aPolicyThatDoesntExistIsSaidToBeUnknown() {
        fire("shop");

        var failed = call("explain_decision", arguments("alertname", alertname, "policy", "nobody's"));

        assertThat(failed)
                .isInstanceOfSatisfying(
                        Failed.class, it -> assertThat(it.message()).contains("There is no policy \"nobody's\""));
    }

    @Test
    void whatFiredLatelyIsListedWithWhatWasDecided() throws IOException {
        var policy = policy("heals", alertname);
        decide(fire("shop"), policy, Outcome.OBSERVED, "Would run restart_pod.");
        fire("cart");

        var told = done("list_episodes", "alertname", alertname);

        assertThat(told.detail().path("total").asInt()).isEqualTo(2);
        assertThat(told.detail().path("by_alertname").path(alertname).asInt()).isEqualTo(2);
        assertThat(told.detail().findValuesAsText("outcome")).containsExactly("observed");
    }

    @Test
    void onlyTheNamespaceThatWasAskedForIsListed() {
        fire("shop");
        fire("cart");

        var told = done("list_episodes", "alertname", alertname, "namespace", "cart");

        assertThat(told.detail().path("episodes")).hasSize(1);
    }

    @Test
    void theMostAlikeIncidentComesFirst() {
        fire("shop");
        fire("cart");

        var told = done("similar_incidents", "alertname", alertname, "labels", "namespace=cart, pod=web-0");

        assertThat(told.detail().at("/incidents/0/labels/namespace").asText()).isEqualTo("cart");
        assertThat(told.detail().at("/incidents/0/likeness_percent").asInt()).isEqualTo(100);
    }

    @Test
    void anEpisodeIsNotSimilarToItself() {
        var id = fire("shop");

        var told = done("similar_incidents", "episode", id.toString());

        assertThat(told.detail().path("incidents")).isEmpty();
    }

    @Test
    void aProposedPolicyIsAcceptedByTheCheckerAndMatchesWhatItIsFor() {
        fire("shop");

        var told = done("propose_policy", "alertname", alertname, "tool", "restart_pod");

        assertThat(told.detail().at("/policy/action/params/pod_name").asText()).isEqualTo("${label.pod}");
        assertThat(told.detail().path("matched").asInt()).isEqualTo(1);
        assertThat(told.detail().at("/by_outcome/observed").asInt()).isEqualTo(1);
        assertThat(told.detail().at("/policy/mode").asText()).isEqualTo("observe");
    }

    @Test
    void aProposalSavesNothing() {
        var before = awaited(policies.all(TENANT)).size();

        done("propose_policy", "alertname", alertname, "tool", "restart_pod");

        assertThat(awaited(policies.all(TENANT))).hasSize(before);
    }

    @Test
    void aProposalForAToolThatDoesntExistSaysSo() {
        var failed = call("propose_policy", arguments("alertname", alertname, "tool", "fly_away"));

        assertThat(failed)
                .isInstanceOfSatisfying(
                        Failed.class, it -> assertThat(it.message()).contains("no worker has a tool \"fly_away\""));
    }

    @Test
    void aTaskIsListedAndShown() {
        var task = awaited(tasks.request(TENANT, task())).taskId();

        var listed = done("list_tasks");
        var shown = call("get_task", JsonNodeFactory.instance.objectNode().put("task_id", task));

        assertThat(listed.detail().path("tasks").path(0).path("id").asLong()).isEqualTo(task);
        assertThat(shown)
                .isInstanceOfSatisfying(
                        Done.class,
                        it -> assertThat(it.summary()).contains("restart_pod on pod/" + alertname, "is queued"));
    }

    @Test
    void anotherTenantSeesNoneOfIt() {
        fire("shop");
        awaited(tasks.request(TENANT, task()));
        var other = new ToolContext(
                new TenantId("other"), "eve", "c-1", Instant.now().plusSeconds(30));

        var episodes = awaited(tools.call("list_episodes", arguments("alertname", alertname), other));
        var tasks = awaited(tools.call("list_tasks", JsonNodeFactory.instance.objectNode(), other));

        assertThat(((Done) episodes).detail().path("total").asInt()).isZero();
        assertThat(((Done) tasks).detail().path("tasks")).isEmpty();
    }

    private NewTask task() {
        return new NewTask(
                "key-" + alertname,
                "pod/" + alertname,
                "restart_pod",
                ToolKind.GUARDED,
                arguments("pod_name", "web-0", "namespace", "shop"),
                0,
                false,
                Duration.ofMinutes(5),
                List.of(),
                null,
                null,
                OptionalLong.empty(),
                0,
                "user:ann",
                null);
    }

    private long policy(String name, String wanted) throws IOException {
        var document = json.readTree("""
                {"name":"%s %s","priority":100,"mode":"observe","enabled":true,"condition":{"labels":{"alertname":"%s"}},
                 "action":{"tool":"restart_pod","params":{"pod_name":"${label.pod}","namespace":"${label.namespace}"}}}""".formatted(name, wanted, wanted));
        return awaited(policies.create(TENANT, (ObjectNode) document, "test")).id();
    }

    private void decide(UUID episode, long policy, Outcome outcome, String reason) {
        var proposal = new Proposal(policy, 1, outcome, reason, null, Limits.DEFAULT, false);
        awaited(tasks.plan(
                TENANT,
                List.of(new EpisodeDecisions(episode, List.of(proposal))),
                (it, _) -> new Verdict(it.outcome(), it.reason())));
    }

    private UUID fire(String namespace) {
        var labels = new HashMap<>(Map.of("alertname", alertname, "namespace", namespace, "pod", "web-0"));
        var alert = new Alert(AlertStatus.FIRING, labels, Map.of(), Instant.now(), null, null, null);
        var received = new Received(0, AlertKey.of(TENANT, labels, Set.of()), alert);
        return awaited(intake.accept(TENANT, new Batch(List.of(received), List.of())))
                .episodes()
                .getFirst();
    }

    private Done done(String tool, String... arguments) {
        return (Done) call(tool, arguments(arguments));
    }

    private ToolResult call(String tool, JsonNode arguments) {
        return awaited(tools.call(
                tool,
                arguments,
                new ToolContext(TENANT, "ann", "c-1", Instant.now().plusSeconds(30))));
    }

    private static ObjectNode arguments(String... pairs) {
        var arguments = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            arguments.put(pairs[i], pairs[i + 1]);
        }
        return arguments;
    }

    private static <T> T awaited(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
