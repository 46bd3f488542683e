package io.infraai.standalone.redis;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.standalone.services.ServiceProcess;
import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A server that proves who it is, and wants to know who asks. */
@Tag("lab")
class TlsLabTest {

    @TempDir
    Path home;

    @BeforeAll
    static void check() {
        RealPeer.assumeInstalled("redis-server");
    }

    @Test
    void everythingWorksOverTlsWithAUserForEachService()
            throws IOException, GeneralSecurityException, InterruptedException {
        var own = Certificate.issue(home, "redis", "ip:127.0.0.1");
        var other = Certificate.issue(home, "other", "ip:127.0.0.1");
        try (var redis = new TlsSetup(home, own);
                var stage = new Stage(redis);
                var load = AlertLoad.on(stage.installation(), 20)) {
            load.awaitMore(100);

            load.assertNothingLost(100);
            stage.assertAnswers();
            assertUnreachable(stage, redis.properties("worker", "127.0.0.1", other));
            assertUnreachable(stage, redis.properties("worker", "localhost", own));
        }
    }

    private static void assertUnreachable(Stage stage, Map<String, String> properties)
            throws IOException, InterruptedException {
        try (var worker = stage.installation().workerAtItsStart(properties);
                var http = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> health(http, worker).contains("SSLHandshakeException"));
            assertThat(worker.isReady()).isFalse();
        }
    }

    private static String health(HttpClient http, ServiceProcess worker) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(worker.management("/q/health/ready"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
