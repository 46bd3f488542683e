package io.infraai.adapters.grafana;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.http.HttpFault;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong between us and Grafana ends every tool alike: told in time, asked once, without the secret. */
class GrafanaFaultsTest extends GrafanaToolTest {

    private static final String SECRET = "s3cr3t-t0ken";

    @TempDir
    Path files;

    /**
     * @param reading why a look fails
     * @param changing why a change fails, which may have been made
     */
    record Struck(HttpFault fault, FailureReason reading, FailureReason changing) {

        /** Short only where it is waited out: a busy machine takes its time for a first request. */
        String patience() {
            return fault instanceof HttpFault.Silence || fault instanceof HttpFault.Drip ? "1s" : "4s";
        }
    }

    static Stream<Struck> faults() {
        return Stream.of(
                new Struck(HttpFault.status(401), FailureReason.NOT_PERMITTED, FailureReason.NOT_PERMITTED),
                new Struck(HttpFault.status(404), FailureReason.UNREACHABLE, FailureReason.UNREACHABLE),
                new Struck(HttpFault.status(429), FailureReason.REFUSED_FOR_NOW, FailureReason.REFUSED_FOR_NOW),
                new Struck(HttpFault.status(503), FailureReason.REFUSED_FOR_NOW, FailureReason.TIMED_OUT),
                new Struck(HttpFault.html(200), FailureReason.TIMED_OUT, FailureReason.TIMED_OUT),
                new Struck(new HttpFault.Huge(1L << 40), FailureReason.INVALID_PARAMETERS, FailureReason.TIMED_OUT),
                new Struck(new HttpFault.Cut(), FailureReason.TIMED_OUT, FailureReason.TIMED_OUT),
                new Struck(new HttpFault.Silence(), FailureReason.TIMED_OUT, FailureReason.TIMED_OUT));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyToolTellsWhatWentWrong(Struck struck) throws Exception {
        var file = Files.writeString(files.resolve("token"), SECRET);
        var grafana = grafana(Map.of(
                "infraai.grafana.url", simulated.url(),
                "infraai.grafana.bearer-token-file", file.toString(),
                "infraai.grafana.timeout", struck.patience()));
        var dashboards = new Dashboards(grafana);
        var note = new GrafanaAnnotate(grafana, dashboards, Clock.systemUTC());

        for (Supplier<ToolResult> look : List.<Supplier<ToolResult>>of(
                () -> told(new SearchGrafanaDashboards(grafana), new SearchGrafanaDashboards.Parameters("x", null)),
                () -> told(new GetGrafanaDashboard(dashboards), new GetGrafanaDashboard.Parameters("shop-overview")),
                () -> told(
                        new GetGrafanaPanelQuery(dashboards),
                        new GetGrafanaPanelQuery.Parameters("shop-overview", "2", null)))) {
            assertFails(look, struck.fault(), struck.reading());
        }
        assertFails(
                () -> note.fire(
                                new GrafanaAnnotate.Parameters("x", null),
                                new GrafanaAnnotate.Annotation("", Instant.EPOCH, "infraai-task:7"),
                                CONTEXT)
                        .await()
                        .atMost(SOON),
                struck.fault(),
                struck.changing());
        assertThat(simulated.annotations()).isEmpty();
    }

    private void assertFails(Supplier<ToolResult> call, HttpFault fault, FailureReason reason) {
        var before = simulated.calls().size();
        simulated.inject(fault);

        var told = call.get();

        assertThat(told).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.message()).startsWith("Grafana at ").doesNotContain(SECRET);
        });
        assertThat(simulated.calls()).hasSize(before + 1);
    }
}
