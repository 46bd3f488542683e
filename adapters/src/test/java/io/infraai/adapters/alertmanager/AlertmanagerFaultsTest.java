package io.infraai.adapters.alertmanager;

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
import io.infraai.contracts.tool.Tool.Identified;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.simulators.http.HttpFault;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong between us and Alertmanager ends every tool alike: told in time, asked once, without the secret. */
class AlertmanagerFaultsTest extends AlertmanagerToolTest {

    private static final String SECRET = "s3cr3t-t0ken";
    private static final CreateSilence.Parameters SHOP = new CreateSilence.Parameters("namespace=\"shop\"", 5, "x");

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
    void everyLookTellsWhatWentWrong(Struck struck) throws Exception {
        var alertmanager = withSecret(struck);
        var silence = new ExpireSilence.Parameters("00000000-0000-0000-0000-000000000000");

        for (Supplier<ToolResult> look : List.<Supplier<ToolResult>>of(
                () -> new ListAlerts(alertmanager)
                        .read(new ListAlerts.Parameters(null, null), CONTEXT)
                        .await()
                        .atMost(SOON),
                () -> missing(new CreateSilence(alertmanager, Clock.systemUTC())
                        .identify(SHOP, CONTEXT)
                        .await()
                        .atMost(SOON)),
                () -> missing(new ExpireSilence(alertmanager)
                        .identify(silence, CONTEXT)
                        .await()
                        .atMost(SOON)))) {
            assertFails(look, struck.fault(), struck.reading());
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aSilenceThatWasNotMadeTellsWhetherItMayHaveBeen(Struck struck) throws Exception {
        var tool = new CreateSilence(withSecret(struck), Clock.systemUTC());
        var target = new CreateSilence.Silence(
                Matcher.parse(SHOP.matchers()).orElseThrow(), Instant.now().plusSeconds(300), "infraai-task:7", 0);

        assertFails(() -> tool.fire(SHOP, target, CONTEXT).await().atMost(SOON), struck.fault(), struck.changing());
        assertThat(simulated.changes()).isZero();
    }

    private void assertFails(Supplier<ToolResult> call, HttpFault fault, FailureReason reason) {
        var before = simulated.calls().size();
        simulated.inject(fault);

        var told = call.get();

        assertThat(told).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(reason);
            assertThat(failed.message()).startsWith("Alertmanager at ").doesNotContain(SECRET);
        });
        assertThat(simulated.calls()).hasSize(before + 1);
    }

    private Alertmanager withSecret(Struck struck) throws Exception {
        var file = Files.writeString(files.resolve("token"), SECRET);
        return alertmanager(Map.of(
                "infraai.alertmanager.url", simulated.url(),
                "infraai.alertmanager.bearer-token-file", file.toString(),
                "infraai.alertmanager.timeout", struck.patience()));
    }

    private static <T extends Record> ToolResult missing(Identified<T> looked) {
        return switch (looked) {
            case Identified.NotFound<T>(var failure) -> failure;
            case Identified.Found<T>(var target) -> new Done("found " + target);
        };
    }
}
