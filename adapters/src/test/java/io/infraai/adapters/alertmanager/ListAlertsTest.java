package io.infraai.adapters.alertmanager;

import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.alertmanager.ListAlerts.Parameters;
import io.infraai.adapters.alertmanager.ListAlerts.State;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.http.HttpFault;

import static org.assertj.core.api.Assertions.assertThat;

class ListAlertsTest extends AlertmanagerToolTest {

    private final ListAlerts tool = new ListAlerts(alertmanager());

    @BeforeEach
    void fire() {
        simulated.alert(Map.of("alertname", "PodCrashLoop", "namespace", "shop"), Map.of("summary", "again"));
        simulated.alert(Map.of("alertname", "DiskFills", "namespace", "db"), Map.of());
        simulated.inhibitedAlert(Map.of("alertname", "SlowAnswers", "namespace", "shop"));
    }

    @Test
    void allAreListedWithWhatHoldsThemBack() {
        var silence = simulated.silence("alertname", "DiskFills");

        var told = done(new Parameters(null, null));

        assertThat(told.summary()).isEqualTo("3 alerts");
        assertThat(told.detail()
                        .path("alerts")
                        .path(1)
                        .path("silenced_by")
                        .path(0)
                        .asText())
                .isEqualTo(silence);
    }

    @Test
    void theyAreListedByState() {
        simulated.silence("alertname", "DiskFills");

        assertThat(names(new Parameters(null, State.ACTIVE))).isEqualTo("PodCrashLoop");
        assertThat(names(new Parameters(null, State.SILENCED))).isEqualTo("DiskFills");
        assertThat(names(new Parameters(null, State.INHIBITED))).isEqualTo("SlowAnswers");
    }

    @Test
    void theyAreListedByTheirLabels() {
        assertThat(names(new Parameters("namespace=~\"shop|cart\", alertname!=\"SlowAnswers\"", null)))
                .isEqualTo("PodCrashLoop");
        assertThat(simulated.calls().getFirst().all("filter"))
                .containsExactly("namespace=~\"shop|cart\"", "alertname!=\"SlowAnswers\"");
    }

    @Test
    void whatIsNoMatcherIsNotSent() {
        assertThat(failed(new Parameters("namespace is shop", null)).reason())
                .isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(simulated.calls()).isEmpty();
    }

    @Test
    void aBrokenExpressionIsToldInAlertmanagersOwnWords() {
        var failed = failed(new Parameters("namespace=~\"(\"", null));

        assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
        assertThat(failed.message()).contains("bad matcher format");
    }

    @Test
    void moreThanAHundredAreCut() {
        for (int i = 0; i < 110; i++) {
            simulated.alert(Map.of("alertname", "Many", "of", "n" + i), Map.of());
        }

        assertThat(done(new Parameters("alertname=\"Many\"", null)).detail().path("alerts"))
                .hasSize(100);
    }

    @Test
    void aPageOfHtmlIsNoAnswer() {
        simulated.inject(HttpFault.html(200));

        assertThat(failed(new Parameters(null, null)).message()).contains("text/html");
        assertThat(simulated.calls()).hasSize(1);
    }

    @Test
    void withoutAnAddressTheKeyToSetIsNamed() {
        var unset = new ListAlerts(alertmanager(Map.of()));

        assertThat(unset.read(new Parameters(null, null), CONTEXT).await().atMost(SOON))
                .isEqualTo(new Failed(
                        FailureReason.NOT_PERMITTED, "No Alertmanager is configured: set infraai.alertmanager.url"));
    }

    private String names(Parameters parameters) {
        return String.join(",", done(parameters).detail().path("alerts").findValuesAsText("alertname"));
    }

    private Done done(Parameters parameters) {
        return (Done) told(parameters);
    }

    private Failed failed(Parameters parameters) {
        return (Failed) told(parameters);
    }

    private ToolResult told(Parameters parameters) {
        return tool.read(parameters, CONTEXT).await().atMost(SOON);
    }
}
