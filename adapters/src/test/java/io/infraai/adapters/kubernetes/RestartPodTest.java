package io.infraai.adapters.kubernetes;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.kubernetes.RestartPod.Parameters;
import io.infraai.adapters.kubernetes.RestartPod.PodIdentity;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.kubernetes.Denial;
import io.infraai.simulators.kubernetes.FaultKind;
import io.infraai.simulators.kubernetes.FaultRule;
import io.infraai.testkit.tool.GuardedToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class RestartPodTest extends KubernetesToolTest implements GuardedToolContract<Parameters, PodIdentity> {

    private static final ToolContext CONTEXT =
            new ToolContext(TenantId.DEFAULT, "test", "11111111-2222-3333-4444-555555555555", Instant.EPOCH);

    private RestartPod tool;
    private String pod;

    @BeforeEach
    void makeTool() {
        tool = new RestartPod(clusters);
        pod = cluster.podsOf("shop", "cart").getFirst();
    }

    @Override
    public Tool.Guarded<Parameters, PodIdentity> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return new Parameters(pod, "shop", null);
    }

    @Override
    public Parameters parametersOfNothing() {
        return new Parameters("no-such-pod", "shop", null);
    }

    @Override
    public int changes() {
        return effects();
    }

    @Override
    public void someoneElseChangesTheTarget() {
        cluster.delete("pods", "shop", pod);
    }

    @Override
    public void loseTheNextAnswer() {
        fault("create", "/eviction", FaultKind.LOST_REPLY);
    }

    @Override
    public void failTheNextChange() {
        fault("create", "/eviction", FaultKind.ERROR_BEFORE);
    }

    @Test
    void anEvictionThatABudgetForbidsIsRefusedForNowAndNeverTurnedIntoADelete() {
        var ledger = new Parameters(cluster.podsOf("payments", "ledger").getFirst(), "payments", null);

        var result = applied(ledger);

        assertThat(reason(result)).isEqualTo(FailureReason.REFUSED_FOR_NOW);
        assertThat(effects()).isZero();
        assertThat(cluster.calls().all()).noneMatch(call -> call.verb().equals("delete"));
    }

    @Test
    void aServerThatKnowsOlderEvictionsOnlyGetsThose() {
        cluster.knowOlderEvictionsOnly();
        var ledger = new Parameters(cluster.podsOf("payments", "ledger").getFirst(), "payments", null);

        assertThat(applied(parameters())).isInstanceOf(Done.class);
        assertThat(reason(applied(ledger))).isEqualTo(FailureReason.REFUSED_FOR_NOW);
        assertThat(effects()).isEqualTo(1);
    }

    @Test
    void theTaskIsNamedInEveryCall() {
        applied(parameters());

        assertThat(cluster.calls().all())
                .allSatisfy(call -> assertThat(call.task()).isEqualTo(CONTEXT.correlationId()));
    }

    @Test
    void aDeniedNamespaceIsNotPermittedAndNotTriedTwice() {
        cluster.deny(new Denial("create", "shop"));

        var result = applied(parameters());

        assertThat(reason(result)).isEqualTo(FailureReason.NOT_PERMITTED);
        assertThat(FailureReason.NOT_PERMITTED.retryable()).isFalse();
    }

    @Test
    void aFailingClusterIsAskedOnceForEachTryAndNotAtAllOnceItsBreakerIsOpen() {
        cluster.faults()
                .inject(FaultRule.once("get", "/pods/", FaultKind.ERROR_BEFORE)
                        .times(100)
                        .answering(503));
        for (int i = 0; i < 5; i++) {
            tool.identify(parameters(), CONTEXT).await().atMost(Duration.ofSeconds(5));
        }

        var sixth = tool.identify(parameters(), CONTEXT).await().atMost(Duration.ofSeconds(5));

        assertThat(sixth)
                .isInstanceOfSatisfying(
                        Tool.Identified.NotFound.class,
                        it -> assertThat(it.failure().reason()).isEqualTo(FailureReason.HELD_BACK));
        assertThat(cluster.calls().all()).hasSize(5);
    }

    @Test
    void aClusterThatIsDownIsUnreachable() {
        cluster.close();

        var looked = tool.identify(parameters(), CONTEXT).await().atMost(Duration.ofSeconds(5));

        assertThat(looked)
                .isInstanceOfSatisfying(
                        Tool.Identified.NotFound.class,
                        it -> assertThat(it.failure().reason()).isEqualTo(FailureReason.UNREACHABLE));
    }

    @Test
    void aProxyThatKnowsNoSuchPageDoesNotMakeThePodGone() {
        cluster.faults()
                .inject(FaultRule.once("create", "/eviction", FaultKind.HTML).answering(404));

        assertThat(reason(applied(parameters()))).isEqualTo(FailureReason.TIMED_OUT);
    }

    @Test
    void aPageOfHtmlIsNoAnswer() {
        fault("create", "/eviction", FaultKind.HTML);

        var result = applied(parameters());

        assertThat(result).isInstanceOf(Failed.class);
    }

    private ToolResult applied(Parameters parameters) {
        var target = tool.identify(parameters, CONTEXT)
                .await()
                .atMost(Duration.ofSeconds(5))
                .found()
                .orElseThrow();
        return tool.apply(parameters, target, CONTEXT).await().atMost(Duration.ofSeconds(5));
    }
}
