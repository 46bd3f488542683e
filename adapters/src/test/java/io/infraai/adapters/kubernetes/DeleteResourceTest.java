package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.DeleteResource.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.FaultRule;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class DeleteResourceTest extends KubernetesToolTest
        implements GuardedToolContract<Parameters, DeleteResource.ObjectIdentity> {

    private DeleteResource tool;

    @BeforeEach
    void makeTool() {
        tool = new DeleteResource(new NamedObjects(clusters));
        cluster.create("configmaps", "shop", SETTINGS);
    }

    @Override
    public Tool.Guarded<Parameters, DeleteResource.ObjectIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return of("settings");
    }

    @Override
    public Parameters parametersOfNothing() {
        return of("no-such-settings");
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        cluster.delete("configmaps", "shop", "settings");
        cluster.create("configmaps", "shop", SETTINGS);
    }

    @Override
    public void loseTheNextAnswer() {
        fault("delete", "/configmaps/settings", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("delete", "/configmaps/settings", FaultKind.ERROR_BEFORE);
    }

    @Test
    void aProxyThatKnowsNoSuchPageDoesNotMakeTheObjectGone() {
        var target = answer(tool.identify(parameters(), context())).found().orElseThrow();
        cluster.faults()
                .inject(FaultRule.once("get", "/configmaps/settings", FaultKind.HTML)
                        .answering(404));

        var result = failed(tool.apply(parameters(), target, context()));

        assertThat(result.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(cluster.object("configmaps", "shop", "settings")).isPresent();
    }

    /** Another spelling would be another target key, and so let two tasks at one object at a time. */
    @Test
    void aKindIsTakenInTheOneSpellingThatTargetKeysHave() {
        for (var kind : List.of("deploy", "deployments", "Deployment", "DEPLOYMENT", "deployments.apps")) {
            var looked = answer(tool.identify(new Parameters(kind, "cart", "shop", null, null), context()));

            assertThat(looked)
                    .isInstanceOfSatisfying(
                            Tool.Identified.NotFound.class,
                            it -> assertThat(it.failure().reason()).isEqualTo(FailureReason.INVALID_PARAMETERS));
        }
    }

    @Test
    void whatADeploymentOwnsGoesWithIt() {
        var cart = new Parameters("deployment", "cart", "shop", null, null);
        var target = answer(tool.identify(cart, context())).found().orElseThrow();

        answer(tool.apply(cart, target, context()));

        assertThat(cluster.object("deployments", "shop", "cart")).isEmpty();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> cluster.objects("pods", "shop").stream()
                        .noneMatch(pod -> new ApiObject(pod).name().startsWith("cart-")));
        assertThat(cluster.calls().last().orElseThrow().preconditionUid()).isEqualTo(target.uid());
    }

    private static final ObjectNode SETTINGS =
            json("{\"metadata\":{\"name\":\"settings\"},\"data\":{\"colour\":\"blue\"}}");

    private static Parameters of(String name) {
        return new Parameters("configmap", name, "shop", null, null);
    }
}
