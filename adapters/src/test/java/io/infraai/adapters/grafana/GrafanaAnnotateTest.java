package io.infraai.adapters.grafana;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import io.infraai.adapters.grafana.GrafanaAnnotate.Annotation;
import io.infraai.adapters.grafana.GrafanaAnnotate.Parameters;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.Tool.Identified.NotFound;
import io.infraai.contracts.tool.Tool.OneShot;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.http.HttpFault;
import io.infraai.testkit.tool.OneShotToolContract;

import static org.assertj.core.api.Assertions.assertThat;

class GrafanaAnnotateTest extends GrafanaToolTest implements OneShotToolContract<Parameters, Annotation> {

    private static final Parameters ON_SHOP = new Parameters("restarted web-0", "Shop overview");

    private final GrafanaAnnotate tool = new GrafanaAnnotate(
            grafana(), new Dashboards(grafana()), Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC));

    @Override
    public OneShot<Parameters, Annotation> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return ON_SHOP;
    }

    @Override
    public int requests() {
        return Math.toIntExact(simulated.calls().stream()
                .filter(call -> call.method().equals("POST") && call.path().endsWith("/annotations"))
                .count());
    }

    @Override
    public int changes() {
        return simulated.annotations().size();
    }

    @Override
    public void loseTheNextAnswer() {
        simulated.inject(call -> call.method().equals("POST"), new HttpFault.LostAnswer());
    }

    @Override
    public void loseTheNextRequest() {
        simulated.inject(call -> call.method().equals("POST"), new HttpFault.Cut());
    }

    @Override
    public void stopThePlatform() {
        simulated.close();
    }

    @Test
    void itNotesOnTheDashboardWithTheTasksMark() {
        var target = identified(ON_SHOP);

        assertThat(tool.describe(ON_SHOP, target)).isEqualTo("Note on dashboard shop-overview: restarted web-0");
        assertThat(simulated.annotations()).isEmpty();
        assertThat(((Done) fired(ON_SHOP, target))
                        .detail()
                        .path("annotation_id")
                        .asLong())
                .isEqualTo(1);
        assertThat(simulated.annotations()).singleElement().satisfies(sent -> {
            assertThat(sent.path("dashboardUID").asText()).isEqualTo("shop-overview");
            assertThat(sent.path("time").asLong()).isEqualTo(1_700_000_000_000L);
            assertThat(sent.path("tags").toString()).isEqualTo("[\"infraai\",\"infraai-task:task-7\"]");
        });
    }

    @Test
    void withoutADashboardItNotesForAll() {
        var parameters = new Parameters("deployed", null);

        fired(parameters, identified(parameters));

        assertThat(simulated.annotations())
                .singleElement()
                .satisfies(sent -> assertThat(sent.has("dashboardUID")).isFalse());
    }

    @Test
    void aLostAnswerIsSettledByTheMark() {
        var target = identified(ON_SHOP);
        simulated.inject(new HttpFault.LostAnswer());

        var lost = (Failed) fired(ON_SHOP, target);

        assertThat(lost.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(settled(target)).isInstanceOf(Settlement.Happened.class);
        assertThat(simulated.annotations()).hasSize(1);
    }

    @Test
    void aLostRequestIsSettledAsNeverHappened() {
        var target = identified(ON_SHOP);
        simulated.inject(HttpFault.status(502));

        assertThat(((Failed) fired(ON_SHOP, target)).reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(settled(target)).isInstanceOf(Settlement.NeverHappened.class);
    }

    @Test
    void aPlatformThatDoesNotAnswerLeavesItUnknown() {
        var target = identified(ON_SHOP);
        simulated.inject(HttpFault.html(200));

        assertThat(settled(target)).isInstanceOf(Settlement.StillUnknown.class);
    }

    @Test
    void aDashboardThatIsNotThereIsNotFound() {
        Identified<Annotation> looked =
                tool.identify(new Parameters("x", "nothing"), CONTEXT).await().atMost(SOON);

        assertThat(((NotFound<Annotation>) looked).failure().reason()).isEqualTo(FailureReason.TARGET_NOT_FOUND);
    }

    private Annotation identified(Parameters parameters) {
        return tool.identify(parameters, CONTEXT).await().atMost(SOON).found().orElseThrow();
    }

    private ToolResult fired(Parameters parameters, Annotation target) {
        return tool.fire(parameters, target, CONTEXT).await().atMost(SOON);
    }

    private Settlement settled(Annotation target) {
        return tool.settle(ON_SHOP, target, CONTEXT).await().atMost(SOON);
    }
}
