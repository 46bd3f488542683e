package io.infraai.adapters.alertmanager;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.alertmanager.CreateSilence.Parameters;
import io.infraai.adapters.alertmanager.CreateSilence.Silence;
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

class CreateSilenceTest extends AlertmanagerToolTest implements OneShotToolContract<Parameters, Silence> {

    private static final Parameters SHOP =
            new Parameters("alertname=\"PodCrashLoop\", namespace=~\"shop|cart\"", 30, "deploying");

    private final CreateSilence tool = new CreateSilence(alertmanager(), Clock.systemUTC());

    @Override
    public OneShot<Parameters, Silence> tool() {
        return tool;
    }

    @Override
    public Parameters parameters() {
        return SHOP;
    }

    @Override
    public int requests() {
        return Math.toIntExact(simulated.calls().stream()
                .filter(call -> call.method().equals("POST") && call.path().endsWith("/silences"))
                .count());
    }

    @Override
    public int changes() {
        return simulated.changes();
    }

    @Override
    public void loseTheNextAnswer() {
        simulated.inject(new HttpFault.LostAnswer());
    }

    @Override
    public void loseTheNextRequest() {
        simulated.inject(new HttpFault.Cut());
    }

    @Override
    public void stopThePlatform() {
        simulated.close();
    }

    @Test
    void itSilencesInTheNameOfTheActorWithTheTasksMark() throws Exception {
        simulated.alert(Map.of("alertname", "PodCrashLoop", "namespace", "shop"), Map.of());
        var target = identified(SHOP);

        var told = fired(target);

        assertThat(((Done) told).detail().path("silence_id").asText()).hasSize(36);
        var sent = new ObjectMapper().readTree(simulated.calls().getLast().body());
        assertThat(sent.path("createdBy").asText()).isEqualTo("ann");
        assertThat(sent.path("comment").asText())
                .isEqualTo("deploying [infraai-task:11111111-2222-3333-4444-555555555555]");
        assertThat(Duration.between(
                        Instant.parse(sent.path("startsAt").asText()),
                        Instant.parse(sent.path("endsAt").asText())))
                .isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
    }

    @Test
    void anApproverSeesWhatWouldBeSilenced() {
        simulated.alert(Map.of("alertname", "PodCrashLoop", "namespace", "shop"), Map.of());

        assertThat(tool.describe(SHOP, identified(SHOP)))
                .contains("{alertname=\"PodCrashLoop\", namespace=~\"shop|cart\"} until ")
                .endsWith(", 1 alerts at the moment: deploying");
        assertThat(simulated.changes()).isZero();
    }

    @Test
    void whatWouldSilenceEverythingIsRefused() {
        for (var matchers : new String[] {"namespace=~\".*\"", "namespace=\"\"", "namespace!=\"x\"", "nonsense"}) {
            assertThat(refused(new Parameters(matchers, 30, "x")))
                    .as(matchers)
                    .isEqualTo(FailureReason.INVALID_PARAMETERS);
        }
        assertThat(refused(new Parameters("a=\"b\"", 1441, "x"))).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(simulated.calls()).isEmpty();
    }

    @Test
    void aLostAnswerIsSettledByTheMark() {
        var target = identified(SHOP);
        simulated.inject(new HttpFault.LostAnswer());

        var lost = (Failed) fired(target);

        assertThat(lost.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(settled(target)).isInstanceOf(Settlement.Happened.class);
        assertThat(simulated.changes()).isEqualTo(1);
    }

    @Test
    void aLostRequestIsSettledAsNeverHappened() {
        simulated.silence("alertname", "PodCrashLoop");
        var target = identified(SHOP);
        simulated.inject(new HttpFault.Cut());

        var lost = (Failed) fired(target);

        assertThat(lost.reason()).isEqualTo(FailureReason.TIMED_OUT);
        assertThat(settled(target)).isInstanceOf(Settlement.NeverHappened.class);
    }

    @Test
    void aPlatformThatDoesNotAnswerLeavesItUnknown() {
        var target = identified(SHOP);
        simulated.inject(HttpFault.status(502));

        assertThat(settled(target)).isInstanceOf(Settlement.StillUnknown.class);
    }

    @Test
    void itsIdentityIsReadBackFromWhatWasStored() throws Exception {
        var json = new ObjectMapper().registerModule(new JavaTimeModule());
        var target = identified(SHOP);

        assertThat(json.readValue(json.writeValueAsString(target), Silence.class))
                .isEqualTo(target);
    }

    @Test
    void whatWouldHaveEndedIsNotSent() {
        var late = new Silence(identified(SHOP).matchers(), Instant.EPOCH, "infraai-task:x", 0);

        assertThat(((Failed) fired(late)).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(simulated.changes()).isZero();
    }

    private Silence identified(Parameters parameters) {
        return tool.identify(parameters, CONTEXT).await().atMost(SOON).found().orElseThrow();
    }

    private FailureReason refused(Parameters parameters) {
        Identified<Silence> looked = tool.identify(parameters, CONTEXT).await().atMost(SOON);
        return ((NotFound<Silence>) looked).failure().reason();
    }

    private ToolResult fired(Silence target) {
        return tool.fire(SHOP, target, CONTEXT).await().atMost(SOON);
    }

    private Settlement settled(Silence target) {
        return tool.settle(SHOP, target, CONTEXT).await().atMost(SOON);
    }
}
