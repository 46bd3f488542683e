package io.infraai.adapters.prometheus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.http.HttpAnswer;
import io.infraai.simulators.http.HttpFault;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong between us and Prometheus ends every tool alike: told in time, asked once, without the secret. */
class PrometheusFaultsTest extends PrometheusToolTest {

    private static final String SECRET = "s3cr3t-t0ken";

    @TempDir
    Path files;

    record Struck(HttpFault fault, FailureReason reason) {

        /** Short only where it is waited out: a busy machine takes its time for a first request. */
        String patience() {
            return fault instanceof HttpFault.Silence || fault instanceof HttpFault.Drip ? "1s" : "4s";
        }
    }

    static Stream<Struck> faults() {
        return Stream.of(
                new Struck(HttpFault.status(401), FailureReason.NOT_PERMITTED),
                new Struck(HttpFault.status(403), FailureReason.NOT_PERMITTED),
                new Struck(HttpFault.status(404), FailureReason.UNREACHABLE),
                new Struck(
                        new HttpFault.Instead(new HttpAnswer(429, Map.of("Retry-After", "5"), "")),
                        FailureReason.REFUSED_FOR_NOW),
                new Struck(HttpFault.status(500), FailureReason.TIMED_OUT),
                new Struck(HttpFault.status(503), FailureReason.REFUSED_FOR_NOW),
                new Struck(HttpFault.html(200), FailureReason.TIMED_OUT),
                new Struck(HttpFault.html(302), FailureReason.UNREACHABLE),
                new Struck(new HttpFault.Huge(1L << 40), FailureReason.INVALID_PARAMETERS),
                new Struck(new HttpFault.Cut(), FailureReason.TIMED_OUT),
                new Struck(new HttpFault.Silence(), FailureReason.TIMED_OUT),
                new Struck(new HttpFault.Drip(Duration.ofMillis(50)), FailureReason.TIMED_OUT));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyToolTellsWhatWentWrong(Struck struck) throws Exception {
        for (var tool : tools(struck)) {
            var before = simulated.calls().size();
            simulated.inject(struck.fault());

            var told = tool.get();

            assertThat(told).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(struck.reason());
                assertThat(failed.message()).startsWith("Prometheus at ").doesNotContain(SECRET);
            });
            assertThat(simulated.calls()).hasSize(before + 1);
        }
    }

    @Test
    void everyToolNamesTheKeyThatIsNotSet() {
        for (var tool : tools(prometheus(Map.of("infraai.prometheus.url", "")))) {
            assertThat(tool.get())
                    .isEqualTo(new Failed(
                            FailureReason.NOT_PERMITTED, "No Prometheus is configured: set infraai.prometheus.url"));
        }
    }

    @Test
    void aGuardOfAPolicyTellsWhyItHasNoValue() throws Exception {
        simulated.inject(HttpFault.html(200));

        var reading = prometheus().value("up").await().atMost(Duration.ofSeconds(5));

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Prometheus.Reading.None.class,
                        none -> assertThat(none.why()).contains("text/html instead of JSON"));
    }

    private List<Supplier<ToolResult>> tools(Struck struck) throws Exception {
        var file = Files.writeString(files.resolve("token"), SECRET);
        return tools(prometheus(Map.of(
                "infraai.prometheus.bearer-token-file",
                file.toString(),
                "infraai.prometheus.timeout",
                struck.patience())));
    }

    private static List<Supplier<ToolResult>> tools(Prometheus prometheus) {
        return List.of(
                () -> told(new QueryPrometheus(prometheus), new QueryPrometheus.Parameters("up", null)),
                () -> told(new QueryRange(prometheus, Clock.systemUTC()), new QueryRange.Parameters("up", null, null)),
                () -> told(new ListMetrics(prometheus), new ListMetrics.Parameters(null, null)),
                () -> told(new MetricMetadata(prometheus), new MetricMetadata.Parameters("up")),
                () -> told(new ListTargets(prometheus), new ListTargets.Parameters(null)),
                () -> told(new ActiveAlerts(prometheus), new ActiveAlerts.Parameters(null)));
    }
}
