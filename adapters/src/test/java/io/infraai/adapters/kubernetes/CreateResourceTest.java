package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.CreateResource.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class CreateResourceTest extends KubernetesToolTest implements GuardedToolContract<Parameters, CreateResource.Gap> {

    private CreateResource tool;

    @BeforeEach
    void makeTool() {
        tool = new CreateResource(new NamedObjects(clusters));
    }

    @Override
    public Tool.Guarded<Parameters, CreateResource.Gap> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return in("shop");
    }

    @Override
    public Parameters parametersOfNothing() {
        return in("no-such-namespace");
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        cluster.create("configmaps", "shop", json("{\"metadata\":{\"name\":\"settings\"}}"));
    }

    @Override
    public void loseTheNextAnswer() {
        fault("create", "/configmaps\\?((?!dryRun).)*$", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("create", "/configmaps\\?((?!dryRun).)*$", FaultKind.ERROR_BEFORE);
    }

    @Test
    void whatTheServerWouldRefuseIsRefusedBeforeAnyoneApprovesIt() {
        var bad = new Parameters("deployment", "web2", "shop", null, "{\"spec\":{\"replicas\":-1}}", null);

        var looked = answer(tool.identify(bad, context()));

        assertThat(failure(looked).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failure(looked).message()).contains("spec.replicas");
        assertThat(effects()).isZero();
    }

    @Test
    void aManifestThatNamesSomethingElseIsRefusedWithoutAskingTheServer() {
        var other = new Parameters(
                "configmap", "settings", "shop", null, "{\"metadata\":{\"namespace\":\"kube-system\"}}", null);

        var looked = answer(tool.identify(other, context()));

        assertThat(failure(looked).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(cluster.calls().all()).noneMatch(call -> call.path().contains("configmaps"));
    }

    @Test
    void whatASecretHoldsIsInNoSentenceResultOrFailure() {
        var secret = secret("{\"stringData\":{\"password\":\"hunter2\"}}");
        var target = answer(tool.identify(secret, context())).found().orElseThrow();

        var result = done(tool.apply(secret, target, context()));
        var refused = failure(answer(tool.identify(
                new Parameters("secret", "other", "shop", null, "{\"data\":{\"password\":\"?hunter2?\"}}", null),
                context())));

        assertThat(tool.describe(secret, target)).doesNotContain("hunter2");
        assertThat(result.detail().at("/data/password").asText()).isEqualTo(ShownObject.REDACTED);
        assertThat(refused.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(refused.message()).doesNotContain("hunter2");
    }

    private static Failed failure(Identified<CreateResource.Gap> looked) {
        return ((Identified.NotFound<CreateResource.Gap>) looked).failure();
    }

    private static Parameters secret(String manifest) {
        return new Parameters("secret", "login", "shop", null, manifest, null);
    }

    private static Parameters in(String namespace) {
        return new Parameters("configmap", "settings", namespace, null, "{\"data\":{\"colour\":\"blue\"}}", null);
    }
}
