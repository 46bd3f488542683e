package io.infraai.adapters.kubernetes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.RolloutUndo.Parameters;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class RolloutUndoTest extends KubernetesToolTest implements GuardedToolContract<Parameters, RolloutUndo.Rollback> {

    private RolloutUndo tool;

    @BeforeEach
    void makeTool() {
        tool = new RolloutUndo(clusters);
        settled("shop", "cart");
        image("registry.example.com/shop/cart:broken");
        settled("shop", "cart");
    }

    @Override
    public Tool.Guarded<Parameters, RolloutUndo.Rollback> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters("cart", "shop", null, null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("no-such-deployment", "shop", null, null);
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
        fault("patch", "/deployments/cart", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("patch", "/deployments/cart", FaultKind.ERROR_BEFORE);
    }

    @Test
    void theImageOfTheRevisionBeforeIsBack() {
        var target = answer(tool.identify(parameters(), context())).found().orElseThrow();

        answer(tool.apply(parameters(), target, context()));

        assertThat(target.from()).isEqualTo(2);
        assertThat(target.to()).isEqualTo(1);
        assertThat(image()).isEqualTo("registry.example.com/shop/cart:2.3.0");
    }

    @Test
    void theInverseOfAnUndoBringsBackTheRevisionThatWasLeft() {
        var target = answer(tool.identify(parameters(), context())).found().orElseThrow();
        answer(tool.apply(parameters(), target, context()));
        settled("shop", "cart");
        var undo = tool.inverse(parameters(), target).orElseThrow();
        var back = new Parameters(
                "cart", "shop", undo.arguments().path("to_revision").asInt(), null);

        var again = answer(tool.identify(back, context())).found().orElseThrow();
        answer(tool.apply(back, again, context()));

        assertThat(undo.tool()).isEqualTo("rollout_undo");
        assertThat(image()).isEqualTo("registry.example.com/shop/cart:broken");
    }

    @Test
    void aRevisionThatIsNotKeptIsNotFound() {
        var looked = answer(tool.identify(new Parameters("cart", "shop", 77, null), context()));

        assertThat(looked)
                .isInstanceOfSatisfying(
                        Identified.NotFound.class,
                        it -> assertThat(it.failure().message()).contains("has no revision 77"));
    }

    private void image(String image) {
        cluster.patch("deployments", "shop", "cart", json("""
                {"spec":{"template":{"spec":{"containers":[{"name":"cart","image":"%s"}]}}}}""".formatted(image)));
    }

    private String image() {
        return new ApiObject(cluster.object("deployments", "shop", "cart").orElseThrow())
                .text("/spec/template/spec/containers/0/image");
    }
}
