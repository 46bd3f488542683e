package io.infraai.adapters.kubernetes;

import java.time.Clock;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;

import static io.infraai.adapters.kubernetes.KubernetesToolTest.answer;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.context;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.done;
import static io.infraai.adapters.kubernetes.KubernetesToolTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

/** Deployments and statefulsets: restarted, taken back, scaled. */
class RealWorkloadsLabTest extends RealClusterTest {

    @Test
    void aRestartReplacesEveryPodOnceAndIsFinished() {
        lab.deployment("web", 3);
        var before = uidsOf("web");
        var tool = new RestartDeployment(clusters, Clock.systemUTC());
        var parameters = new RestartDeployment.Parameters("web", namespace, null, null);
        var task = task();
        var target = answer(tool.identify(parameters, task)).found().orElseThrow();

        assertThat(answer(tool.apply(parameters, target, task))).isInstanceOf(Done.class);
        rolledOut("web", null);
        var revision = admin.get(lab.apps("deployments/web")).at("/metadata/generation");
        assertThat(done(tool.apply(parameters, target, task)).summary()).endsWith("was restarted already");

        assertThat(lab.pods("web"))
                .hasSize(3)
                .noneSatisfy(pod -> assertThat(before).contains(uid(pod)));
        assertThat(admin.get(lab.apps("deployments/web")).at("/metadata/generation"))
                .isEqualTo(revision);
        assertThat(answer(tool.settle(parameters, target, task))).isInstanceOf(Settlement.Happened.class);
    }

    @Test
    void aRolloutIsTakenBackToAnEarlierRevisionAndForthAgain() {
        lab.deployment("web", 2);
        admin.send("PATCH", lab.apps("deployments/web"), "application/strategic-merge-patch+json", """
                {"spec":{"template":{"spec":{"containers":[{"name":"main","image":"registry.example.com/web:2"}]}}}}""");
        rolledOut("web", null);
        var tool = new RolloutUndo(clusters);
        var back = new RolloutUndo.Parameters("web", namespace, null, null);

        var target = apply(tool, back);
        rolledOut("web", null);

        assertThat(image("web")).endsWith(":1");
        assertThat(target.from()).isEqualTo(2);
        assertThat(answer(tool.settle(back, target, context()))).isInstanceOf(Settlement.Happened.class);
        var history = done(
                new RolloutHistory(clusters).read(new RolloutHistory.Parameters("web", namespace, null), context()));
        assertThat(history.detail().path("current").asInt()).isEqualTo(3);
        assertThat(history.detail().path("revisions"))
                .extracting(revision -> revision.path("images").path(0).asText())
                .containsExactly("registry.example.com/web:1", "registry.example.com/web:2");
        var undo = tool.inverse(back, target).orElseThrow();
        apply(
                tool,
                new RolloutUndo.Parameters(
                        "web", namespace, undo.arguments().path("to_revision").asInt(), null));
        assertThat(image("web")).endsWith(":2");
    }

    @Test
    void aDeploymentIsScaledAndBack() {
        lab.deployment("web", 2);
        var tool = new ScaleDeployment(clusters);
        var more = new ScaleDeployment.Parameters("web", 4, namespace, null, null);

        var target = apply(tool, more);
        soon().until(() -> lab.ready("deployments/web") == 4);
        assertThat(answer(tool.apply(more, target, context()))).isInstanceOf(Done.class);
        var undo = tool.inverse(more, target).orElseThrow();
        apply(
                tool,
                new ScaleDeployment.Parameters(
                        "web", undo.arguments().path("replicas").asInt(), namespace, null, null));

        soon().until(() -> lab.pods("web").size() == 2);
        assertThat(admin.get(lab.apps("deployments/web")).at("/spec/replicas").asInt())
                .isEqualTo(2);
    }

    @Test
    void aStatefulSetIsScaledAndRestarted() {
        lab.statefulSet("db", 1);
        apply(new ScaleDeployment(clusters), new ScaleDeployment.Parameters("db", 2, namespace, "statefulset", null));
        soon().until(() -> lab.ready("statefulsets/db") == 2);
        var before = uidsOf("db");

        apply(
                new RestartDeployment(clusters, Clock.systemUTC()),
                new RestartDeployment.Parameters("db", namespace, "statefulset", null));

        rolledOut("db", "statefulset");
        assertThat(lab.pods("db")).extracting(RealClusterTest::name).containsExactlyInAnyOrder("db-0", "db-1");
        assertThat(lab.pods("db")).noneSatisfy(pod -> assertThat(before).contains(uid(pod)));
    }

    @Test
    void whatSomebodyElseScaledMeanwhileIsLeftAlone() {
        lab.deployment("web", 1);
        var tool = new ScaleDeployment(clusters);
        var parameters = new ScaleDeployment.Parameters("web", 3, namespace, null, null);
        var target = answer(tool.identify(parameters, context())).found().orElseThrow();
        admin.merge(lab.apps("deployments/web"), "{\"spec\":{\"replicas\":2}}");

        assertThat(failed(tool.apply(parameters, target, context())).reason()).isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(admin.get(lab.apps("deployments/web")).at("/spec/replicas").asInt())
                .isEqualTo(2);
    }

    @Test
    void whatTookTheNameOfADeletedDeploymentIsLeftAlone() {
        lab.deployment("web", 1);
        var tool = new RestartDeployment(clusters, Clock.systemUTC());
        var parameters = new RestartDeployment.Parameters("web", namespace, null, null);
        var target = answer(tool.identify(parameters, context())).found().orElseThrow();
        admin.delete(lab.apps("deployments/web"));
        lab.deployment("web", 1);

        assertThat(failed(tool.apply(parameters, target, context())).reason()).isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(admin.get(lab.apps("deployments/web"))
                        .at("/spec/template/metadata/annotations")
                        .isMissingNode())
                .isTrue();
    }

    private void rolledOut(String name, @Nullable String kind) {
        var status = new RolloutStatus(clusters);
        soon().until(() -> done(status.read(new RolloutStatus.Parameters(name, namespace, kind, null), context()))
                .detail()
                .path("complete")
                .asBoolean());
    }

    private String image(String deployment) {
        return admin.get(lab.apps("deployments/" + deployment))
                .at("/spec/template/spec/containers/0/image")
                .asText();
    }

    private static <P extends Record, T extends Record> T apply(Tool.Guarded<P, T> tool, P parameters) {
        var task = task();
        var target = answer(tool.identify(parameters, task)).found().orElseThrow();
        ToolResult result = answer(tool.apply(parameters, target, task));
        assertThat(result).isInstanceOf(Done.class);
        return target;
    }

    private static ToolContext task() {
        var known = context();
        return new ToolContext(known.tenant(), known.actor(), UUID.randomUUID().toString(), known.deadline());
    }
}
