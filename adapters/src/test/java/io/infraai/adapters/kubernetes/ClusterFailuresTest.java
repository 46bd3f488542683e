package io.infraai.adapters.kubernetes;

import java.util.List;
import java.util.Optional;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.GetResource.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.kubernetes.Denial;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.FaultRule;

import static org.assertj.core.api.Assertions.assertThat;

class ClusterFailuresTest extends KubernetesToolTest {

    private static final String SECRET = "hunter2";

    private GetResource tool;

    @BeforeEach
    void makeTool() {
        tool = new GetResource(new NamedObjects(clusters));
        answer(get("shop"));
        cluster.calls().clear();
    }

    @Test
    void aDeniedNamespaceIsNotPermitted() {
        cluster.deny(new Denial("get", "shop"));

        failsOnce(FailureReason.NOT_PERMITTED);
    }

    @Test
    void aWrongTokenIsNotPermitted() {
        cluster.requireBearer(Optional.of(SECRET));

        failsOnce(FailureReason.NOT_PERMITTED);
    }

    @Test
    void tooManyRequestsAreRefusedForNow() {
        strike(FaultRule.once("get", "/deployments/", FaultKind.ERROR_BEFORE).answering(429));

        failsOnce(FailureReason.REFUSED_FOR_NOW);
    }

    @Test
    void aServerThatFailsGivesNoUsableAnswer() {
        for (int code : new int[] {500, 503, 504}) {
            cluster.calls().clear();
            strike(FaultRule.once("get", "/deployments/", FaultKind.ERROR_BEFORE)
                    .answering(code));

            failsOnce(FailureReason.TIMED_OUT);
        }
    }

    @Test
    void aPageOfHtmlIsNoAnswerAndIsNotRepeated() {
        strike(FaultRule.once("get", "/deployments/", FaultKind.HTML));

        var failed = failsOnce(FailureReason.TIMED_OUT);

        assertThat(failed.message()).contains("no JSON object").doesNotContain("Sign in");
    }

    @Test
    void halfAnAnswerIsNone() {
        strike(FaultRule.once("get", "/deployments/", FaultKind.HALF_ANSWER));

        failsOnce(FailureReason.TIMED_OUT);
    }

    @Test
    void aConnectionThatBreaksGivesNoUsableAnswer() {
        strike(FaultRule.once("get", "/deployments/", FaultKind.LOST_REPLY));

        failsOnce(FailureReason.TIMED_OUT);
    }

    @Test
    void aServerThatIsTooSlowGivesNoUsableAnswer() {
        strike(FaultRule.once("get", "/deployments/", FaultKind.HANG));

        failsOnce(FailureReason.TIMED_OUT);
    }

    @Test
    void aServerThatIsDownCanNotBeReached() {
        cluster.close();

        assertThat(failed(get("shop")).reason()).isEqualTo(FailureReason.UNREACHABLE);
    }

    @Test
    void argumentsThatAreNoNamesAreRefusedBeforeAnythingIsSent() {
        for (var name :
                List.of("a/b", "..", "../secrets/x", "%2e%2e", "Cart", "a b", "a?x=1", "a#b", "x".repeat(300), "")) {
            assertThat(failed(tool.read(new Parameters("deployment", name, "shop", null, null), context()))
                            .reason())
                    .isEqualTo(FailureReason.INVALID_PARAMETERS);
            assertThat(failed(get(name)).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
            assertThat(failed(tool.read(new Parameters("deployment", "cart", "shop", name, null), context()))
                            .reason())
                    .isEqualTo(FailureReason.INVALID_PARAMETERS);
        }

        assertThat(cluster.calls().all()).isEmpty();
    }

    private void strike(FaultRule rule) {
        cluster.faults().inject(rule);
    }

    /** And says nothing of what it shouldn't. */
    private Failed failsOnce(FailureReason reason) {
        var failed = failed(get("shop"));

        assertThat(failed.reason()).isEqualTo(reason);
        assertThat(failed.message()).isNotBlank().doesNotContain(SECRET, "Bearer", "http://");
        assertThat(cluster.calls().all()).hasSize(1);
        return failed;
    }

    private Uni<ToolResult> get(String namespace) {
        return tool.read(new Parameters("deployment", "cart", namespace, null, null), context());
    }
}
