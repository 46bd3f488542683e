package io.infraai.adapters.kubernetes;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.PatchResource.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.kubernetes.Breakage;
import io.infraai.simulators.kubernetes.Call;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.Heals;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class PatchResourceTest extends KubernetesToolTest implements GuardedToolContract<Parameters, GuardedWrite.Self> {

    private PatchResource tool;

    @BeforeEach
    void makeTool() {
        tool = new PatchResource(new NamedObjects(clusters));
    }

    @Override
    public Tool.Guarded<Parameters, GuardedWrite.Self> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return cart("{\"spec\":{\"minReadySeconds\":5}}");
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("deployment", "no-such-deployment", "{}", "shop", null, null, null);
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        cluster.scale("shop", "cart", 5);
    }

    @Override
    public void loseTheNextAnswer() {
        fault("patch", "/deployments/cart\\?((?!dryRun).)*$", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("patch", "/deployments/cart\\?((?!dryRun).)*$", FaultKind.ERROR_BEFORE);
    }

    @Test
    void aCustomResourceIsPatchedLikeAnyOther() {
        cluster.create("scaledobjects", "shop", json("""
                {"metadata":{"name":"cart"},"spec":{"maxReplicaCount":5}}"""));
        var more = new Parameters(
                "scaledobject", "cart", "{\"spec\":{\"maxReplicaCount\":9}}", "shop", null, "keda.sh/v1alpha1", null);
        var target = answer(tool.identify(more, context())).found().orElseThrow();

        var result = done(tool.apply(more, target, context()));

        assertThat(result.detail().at("/spec/maxReplicaCount").asInt()).isEqualTo(9);
    }

    @Test
    void whatTheServerWouldRefuseIsRefusedBeforeAnyoneApprovesIt() {
        var looked = answer(tool.identify(cart("{\"spec\":{\"replicas\":-1}}"), context()));

        assertThat(failure(looked).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(effects()).isZero();
    }

    @Test
    void aWriteThatFailsIsSentOnce() {
        var target = answer(tool.identify(parameters(), context())).found().orElseThrow();
        cluster.calls().clear();
        failTheNextChange();

        var result = failed(tool.apply(parameters(), target, context()));

        assertThat(result.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(cluster.calls().all())
                .filteredOn(call -> call.verb().equals("patch"))
                .extracting(Call::status)
                .containsExactly(200, 500);
    }

    @Test
    void aPageOfHtmlIsNoPatchedObject() {
        var target = answer(tool.identify(parameters(), context())).found().orElseThrow();
        fault("patch", "/deployments/cart\\?((?!dryRun).)*$", FaultKind.HTML);

        assertThat(failed(tool.apply(parameters(), target, context())).reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(effects()).isZero();
    }

    @Test
    void aStatusThatMovedMeanwhileDoesNotStandInTheWay() {
        var target = answer(tool.identify(parameters(), context())).found().orElseThrow();
        cluster.breakDeployment("shop", "cart", Breakage.NOT_READY, Heals.BY_RESTART);

        assertThat(answer(tool.apply(parameters(), target, context()))).isInstanceOf(Done.class);
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void whatIsNoObjectIsNoPatch() {
        for (var text : List.of("[]", "3", "{\"spec\":", "<html>")) {
            assertThat(failure(answer(tool.identify(cart(text), context()))).reason())
                    .isEqualTo(FailureReason.INVALID_PARAMETERS);
        }
    }

    @Test
    void whatASecretHoldsIsInNoSentenceResultOrFailure() {
        cluster.create("secrets", "shop", json("""
                {"metadata":{"name":"login"},"stringData":{"password":"hunter2"}}"""));
        var patch = secret("{\"stringData\":{\"password\":\"hunter3\"}}");
        var target = answer(tool.identify(patch, context())).found().orElseThrow();

        var result = done(tool.apply(patch, target, context()));
        var refused = failure(answer(tool.identify(secret("{\"data\":{\"password\":\"?hunter4?\"}}"), context())));

        assertThat(tool.describe(patch, target)).doesNotContain("hunter");
        assertThat(result.detail().toString()).doesNotContain("hunter", "aHVudGVy");
        assertThat(refused.message()).doesNotContain("hunter");
    }

    @Test
    void whatCountsNoGenerationMustBeTheVeryVersionThatWasSeen() {
        cluster.create("configmaps", "shop", json("{\"metadata\":{\"name\":\"settings\"}}"));
        var patch =
                new Parameters("configmap", "settings", "{\"data\":{\"colour\":\"blue\"}}", "shop", null, null, null);
        var target = answer(tool.identify(patch, context())).found().orElseThrow();
        cluster.patch("configmaps", "shop", "settings", json("{\"data\":{\"size\":\"9\"}}"));

        var result = failed(tool.apply(patch, target, context()));

        assertThat(result.reason()).isEqualTo(FailureReason.TARGET_CHANGED);
        assertThat(effects()).isZero();
    }

    private static Failed failure(Identified<GuardedWrite.Self> looked) {
        return ((Identified.NotFound<GuardedWrite.Self>) looked).failure();
    }

    private static Parameters secret(String patch) {
        return new Parameters("secret", "login", patch, "shop", null, null, null);
    }

    private static Parameters cart(String patch) {
        return new Parameters("deployment", "cart", patch, "shop", null, null, null);
    }
}
