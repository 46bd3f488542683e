package io.infraai.standalone.approval;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.infraai.simulators.kubernetes.Effect;
import io.infraai.simulators.kubernetes.Effect.What;
import io.infraai.standalone.client.Client;
import io.infraai.standalone.services.Installation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From an alert to what a person is asked, and from the answer to the effect or to none; told from the cluster's own log. */
class ApprovalTest {

    private static final String ALERT = "PodAsksFirst";
    private static final Map<String, String> NOTHING_MORE = Map.of();

    private static Installation installation;

    @BeforeAll
    static void install() {
        installation = new Installation();
        installation.policy(
                ALERT,
                "approve",
                "{\"tool\":\"restart_pod\",\"params\":{\"pod_name\":\"${label.target}\",\"namespace\":\"shop\"}}");
    }

    @AfterAll
    static void uninstall() {
        installation.close();
    }

    @Test
    void whatAnAlertAsksForIsDoneOnceItWasApprovedAndOnlyOnce() {
        var pod = newPod();
        try (var _ = installation.worker(NOTHING_MORE)) {
            installation.fire(ALERT, pod);
            var approval = asked(pod);
            assertThat(approval.path("target_identity").path("uid").asText()).isEqualTo(uidOf(pod));
            assertThat(approval.path("evidence").path("labels").path("target").asText())
                    .isEqualTo(pod);
            assertThat(approval.path("policy_revision").asInt()).isEqualTo(1);
            assertThat(effectsOn(pod)).isEmpty();

            assertThat(approve(approval).statusCode()).isEqualTo(200);

            assertHappenedOnce(installation.task(pod, "done"));
            assertThat(approve(approval).statusCode()).isEqualTo(409);
        }
    }

    @Test
    void theCommandLineShowsApprovesAndVerifiesIt() throws InterruptedException {
        var pod = newPod();
        try (var _ = installation.worker(NOTHING_MORE)) {
            installation.fire(ALERT, pod);
            var approval = asked(pod).path("id").asText();
            assertThat(typed("approvals", "list", "--state", "open")).contains(approval, pod);

            assertThat(typed("approvals", "approve", approval, "--comment", "typed"))
                    .isEqualToIgnoringNewLines("Approval " + approval + " is approved");

            var task = installation.task(pod, "done");
            assertThat(typed("tasks", "list", "--state", "done")).contains(pod, "restart_pod");
            assertThat(typed("tasks", "show", task.path("id").asText(), "--json"))
                    .contains("\"journal\"");
            assertThat(typed("policies", "list")).contains("restart_pod", "approve");
            assertThat(typed("audit", "list", "--task", task.path("id").asText()))
                    .contains("effect", "approved");
            await().until(() -> typed("audit", "verify").contains("; 0 wait to be chained"));
        }
    }

    /** What is shown. */
    private static String typed(String... words) throws InterruptedException {
        var all = Stream.concat(
                        Stream.of(words),
                        Stream.of(
                                "--url", installation.at("").toString(),
                                "--key-file", installation.keyFile().toString()))
                .toArray(String[]::new);
        var out = new ByteArrayOutputStream();
        var status = Client.run(new PrintStream(out, true, UTF_8), System.err, all);
        assertThat(status).as(String.join(" ", words)).isZero();
        return out.toString(UTF_8);
    }

    @Test
    void aPodThatWasReplacedWhilePeopleThoughtIsLeftAlone() {
        var pod = Installation.unique("lone");
        installation.cluster().addPod("shop", pod);
        try (var _ = installation.worker(NOTHING_MORE)) {
            installation.fire(ALERT, pod);
            var approval = asked(pod);
            installation.cluster().delete("pods", "shop", pod);
            await().until(() ->
                    installation.cluster().object("pods", "shop", pod).isEmpty());
            installation.cluster().addPod("shop", pod);
            var replacement = uidOf(pod);

            assertThat(approve(approval).statusCode()).isEqualTo(200);

            var task = installation.task(pod, "failed");
            assertThat(task.path("outcome").path("reason").asText()).isEqualTo("target_changed");
            assertThat(effectsOf(task)).isEmpty();
            assertThat(uidOf(pod)).isEqualTo(replacement);
        }
    }

    @Test
    void aWorkerThatDiesBetweenApprovalAndCallLeavesItToAnother() throws InterruptedException {
        var pod = newPod();
        JsonNode approval;
        try (var _ = installation.worker(NOTHING_MORE)) {
            installation.fire(ALERT, pod);
            approval = asked(pod);
        }
        for (var failpoint : List.of("after_claim", "after_intent")) {
            try (var doomed = installation.worker(Map.of("infraai.failpoint", failpoint))) {
                approve(approval);
                doomed.awaitDeath();
            }
        }

        try (var _ = installation.worker(NOTHING_MORE)) {
            assertHappenedOnce(installation.task(pod, "done"));
        }
    }

    @Test
    void aRejectionAndTheEndOfPatienceLeaveEverythingAsItIs() {
        var rejected = newPod();
        var expired = newPod();
        try (var _ = installation.worker(NOTHING_MORE)) {
            installation.fire(ALERT, rejected);
            post(asked(rejected), "reject");
            installation.task(rejected, "cancelled");
        }
        try (var _ = installation.worker(Map.of("infraai.worker.approval-validity", "1s"))) {
            installation.fire(ALERT, expired);
            var task = installation.task(expired, "expired");
            assertThat(task.path("approval").path("state").asText()).isEqualTo("expired");
        }

        assertThat(effectsOn(rejected)).isEmpty();
        assertThat(effectsOn(expired)).isEmpty();
    }

    @Test
    void whoAsksForWhatCannotBeUndoneMayNotApproveIt() {
        var pod = newPod();
        try (var _ = installation.worker(NOTHING_MORE)) {
            installation.post("/api/tools/delete_resource", """
                    {"arguments":{"kind":"pod","name":"%s","namespace":"shop"}}""".formatted(pod));

            var refused = approve(await().until(() -> openRequestFor(pod), found -> !found.isMissingNode()));

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("own_request");
            assertThat(effectsOn(pod)).isEmpty();
        }
    }

    private static String newPod() {
        var deployment = Installation.unique("ask");
        installation.cluster().addDeployment("shop", deployment, 1);
        return installation.cluster().podsOf("shop", deployment).getFirst();
    }

    /** The request that the alert for this pod led to. */
    private static JsonNode asked(String pod) {
        var task = installation.task(pod, "awaiting_approval");
        var approval = installation.get(
                "/api/approvals/" + task.path("approval").path("id").asLong());
        assertThat(approval).isEqualTo(openRequestFor(pod));
        return approval;
    }

    private static JsonNode openRequestFor(String pod) {
        for (var each : installation.get("/api/approvals?state=open").path("items")) {
            if (each.path("sentence").asText().contains(pod)) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    private static HttpResponse<String> approve(JsonNode approval) {
        return post(approval, "approve");
    }

    private static HttpResponse<String> post(JsonNode approval, String verb) {
        return installation.post("/api/approvals/" + approval.path("id").asLong() + "/" + verb, "{}");
    }

    private static String uidOf(String pod) {
        return installation
                .cluster()
                .object("pods", "shop", pod)
                .orElseThrow()
                .at("/metadata/uid")
                .asText();
    }

    private static List<Effect> effectsOn(String pod) {
        return installation.cluster().calls().effects().stream()
                .flatMap(call -> call.effects().stream())
                .filter(effect -> effect.name().equals(pod))
                .toList();
    }

    private static List<Effect> effectsOf(JsonNode task) {
        return installation.cluster().calls().effectsOf(task.path("uid").asText());
    }

    private static void assertHappenedOnce(JsonNode task) {
        assertThat(effectsOf(task)).extracting(Effect::what).containsExactly(What.POD_DELETED);
    }
}
