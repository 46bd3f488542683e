package io.infraai.standalone.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.infraai.contracts.stream.Streams;
import io.infraai.testkit.lab.RealPeer;

/** Streams that lie on several nodes, move between them, and lose one, under load. */
@Tag("lab")
class ClusterLabTest {

    private static final System.Logger LOG = System.getLogger(ClusterLabTest.class.getName());

    @TempDir
    Path home;

    @BeforeAll
    static void check() {
        RealPeer.assumeInstalled("redis-server");
    }

    @Test
    void movingAStreamAndLosingItsNodeUnderLoadLosesNothingAndDoublesNothing() throws InterruptedException {
        try (var redis = new ClusterSetup(home, Transport.inTheClear());
                var stage = new Stage(redis);
                var load = AlertLoad.on(stage.installation(), 20)) {
            load.awaitMore(100);
            redis.migrate(Streams.TASKS);
            redis.migrate(Streams.EPISODES);
            load.awaitMore(100);
            failOver(redis, stage);
            load.awaitMore(100);

            load.assertNothingLost(300);
            stage.assertAnswers();
        }
    }

    /** Nodes that are named by their numbers, and by their name, as their certificate has it. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1,ip", "localhost,dns"})
    void aStreamIsMovedAndItsNodeLostOverTls(String host, String kind)
            throws IOException, GeneralSecurityException, InterruptedException {
        var certificate = Certificate.issue(home, "redis", kind + ":" + host);
        try (var redis = new ClusterSetup(home, new Transport(host, certificate));
                var stage = new Stage(redis);
                var load = AlertLoad.on(stage.installation(), 20)) {
            load.awaitMore(50);
            redis.migrate(Streams.TASKS);
            load.awaitMore(50);
            failOver(redis, stage);
            load.awaitMore(50);

            load.assertNothingLost(150);
            stage.assertAnswers();
        }
    }

    private static void failOver(ClusterSetup redis, Stage stage) {
        var killedAt = System.nanoTime();
        redis.failOver(Streams.TASKS);
        var elected = Duration.ofNanos(System.nanoTime() - killedAt);
        var ready = stage.untilReady();
        LOG.log(System.Logger.Level.INFO, "new master after {0}, all services reach it after {1} more", elected, ready);
    }
}
