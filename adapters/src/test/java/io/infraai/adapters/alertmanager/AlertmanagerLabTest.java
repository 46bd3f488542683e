package io.infraai.adapters.alertmanager;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.adapters.alertmanager.ListAlerts.State;
import io.infraai.adapters.tool.http.Configured;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Settlement;
import io.infraai.contracts.tool.Tool.Identified.NotFound;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.testkit.lab.RealPeer;

import static io.infraai.adapters.alertmanager.AlertmanagerToolTest.CONTEXT;
import static io.infraai.adapters.alertmanager.AlertmanagerToolTest.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Against a real Alertmanager with one alert in it. */
@Tag("lab")
class AlertmanagerLabTest {

    @TempDir
    Path home;

    private final Vertx vertx = Vertx.vertx();
    private RealPeer server;
    private Alertmanager alertmanager;

    @BeforeAll
    static void findIt() {
        RealPeer.assumeInstalled("prometheus-alertmanager");
    }

    @BeforeEach
    void start() throws Exception {
        Files.writeString(home.resolve("am.yml"), "{route: {receiver: none}, receivers: [{name: none}]}");
        var port = RealPeer.freePort();
        server = RealPeer.start(
                home,
                "prometheus-alertmanager",
                port,
                List.of(
                        "--config.file=am.yml",
                        "--storage.path=data",
                        "--web.listen-address=127.0.0.1:" + port,
                        "--cluster.listen-address="));
        alertmanager = new Alertmanager(
                Configured.with(AlertmanagerConfig.class, Map.of("infraai.alertmanager.url", server.url())),
                vertx,
                new ObjectMapper());
        await().atMost(Duration.ofSeconds(20)).until(() -> listed(null, null) instanceof Done);
        server.post("/api/v2/alerts", "[{\"labels\":{\"alertname\":\"PodCrashLoop\",\"namespace\":\"a \\\"b\\\"\"}}]");
    }

    @AfterEach
    void stop() {
        vertx.close();
        server.close();
    }

    @Test
    void aSilenceIsMadeFoundAndEnded() {
        var matchers = "alertname=\"PodCrashLoop\", namespace=~\"a \\\"b\\\"\"";
        var parameters = new CreateSilence.Parameters(matchers, 10, "trying");
        var create = new CreateSilence(alertmanager, Clock.systemUTC());
        await().atMost(Duration.ofSeconds(20)).until(() -> count(listed(matchers, State.ACTIVE)) == 1);
        var target = create.identify(parameters, CONTEXT)
                .await()
                .atMost(SOON)
                .found()
                .orElseThrow();

        assertThat(target.alerts()).isEqualTo(1);
        assertThat(create.settle(parameters, target, CONTEXT).await().atMost(SOON))
                .isInstanceOf(Settlement.NeverHappened.class);
        var created = (Done) create.fire(parameters, target, CONTEXT).await().atMost(SOON);
        assertThat(create.settle(parameters, target, CONTEXT).await().atMost(SOON))
                .isInstanceOf(Settlement.Happened.class);
        await().atMost(Duration.ofSeconds(20)).until(() -> count(listed(null, State.SILENCED)) == 1);

        var expire = new ExpireSilence(alertmanager);
        var silence =
                new ExpireSilence.Parameters(created.detail().path("silence_id").asText());
        var ended =
                expire.identify(silence, CONTEXT).await().atMost(SOON).found().orElseThrow();
        for (int i = 0; i < 2; i++) {
            assertThat(expire.apply(silence, ended, CONTEXT).await().atMost(SOON))
                    .isInstanceOf(Done.class);
        }
        assertThat(expire.settle(silence, ended, CONTEXT).await().atMost(SOON)).isInstanceOf(Settlement.Happened.class);
        // what took effect did so, even when it is over
        assertThat(create.settle(parameters, target, CONTEXT).await().atMost(SOON))
                .isInstanceOf(Settlement.Happened.class);
    }

    @Test
    void whatIsNotThereAndWhatIsWrongAreToldApart() {
        var nothing = new ExpireSilence.Parameters("00000000-0000-0000-0000-000000000000");

        assertThat(new ExpireSilence(alertmanager)
                        .identify(nothing, CONTEXT)
                        .await()
                        .atMost(SOON))
                .isEqualTo(
                        NotFound.because(FailureReason.TARGET_NOT_FOUND, "There is no silence " + nothing.silenceId()));
        assertThat(listed("a=~\"(\"", null)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
            assertThat(failed.message()).contains("error parsing regexp");
        });
    }

    private ToolResult listed(@Nullable String matchers, @Nullable State state) {
        return new ListAlerts(alertmanager)
                .read(new ListAlerts.Parameters(matchers, state), CONTEXT)
                .await()
                .atMost(SOON);
    }

    private static int count(ToolResult listed) {
        return ((Done) listed).detail().path("total").asInt();
    }
}
