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

import io.infraai.testkit.lab.RealPeer;

/** A master that dies under load, twice. */
@Tag("lab")
class SentinelLabTest {

    private static final System.Logger LOG = System.getLogger(SentinelLabTest.class.getName());
    private static final int ALERTS_PER_SECOND = 10;

    @TempDir
    Path home;

    @BeforeAll
    static void check() {
        RealPeer.assumeInstalled("redis-server", "redis-sentinel");
    }

    @Test
    void twoFailoversUnderLoadLoseNothingAndDoubleNothing() throws InterruptedException {
        try (var redis = new SentinelSetup(home, Transport.inTheClear());
                var stage = new Stage(redis);
                var load = AlertLoad.on(stage.installation(), ALERTS_PER_SECOND)) {
            load.awaitMore(100);
            failOver(redis, stage, load);
            failOver(redis, stage, load);

            load.assertNothingLost(300);
            stage.assertAnswers();
        }
    }

    /** A master that is named by its number, and by its name, as its certificate has it. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1,ip", "localhost,dns"})
    void aMasterThatDiesIsReplacedOverTls(String host, String kind)
            throws IOException, GeneralSecurityException, InterruptedException {
        var certificate = Certificate.issue(home, "redis", kind + ":" + host);
        try (var redis = new SentinelSetup(home, new Transport(host, certificate));
                var stage = new Stage(redis);
                var load = AlertLoad.on(stage.installation(), ALERTS_PER_SECOND)) {
            load.awaitMore(50);
            failOver(redis, stage);
            load.awaitMore(50);

            load.assertNothingLost(100);
            stage.assertAnswers();
        }
    }

    private static void failOver(SentinelSetup redis, Stage stage, AlertLoad load) {
        var killed = failOver(redis, stage);
        load.awaitMore(100);
        killed.start();
        redis.awaitReplica();
        // the Sentinels allow no other failover sooner than that
        load.awaitMore(11 * ALERTS_PER_SECOND);
    }

    private static RedisNode failOver(SentinelSetup redis, Stage stage) {
        var killedAt = System.nanoTime();
        var killed = redis.failOver();
        var elected = Duration.ofNanos(System.nanoTime() - killedAt);
        var ready = stage.untilReady();
        LOG.log(System.Logger.Level.INFO, "new master after {0}, all services reach it after {1} more", elected, ready);
        return killed;
    }
}
