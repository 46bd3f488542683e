package io.infraai.standalone.redis;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (var redis = new SentinelSetup(home);
                var stage = new Stage(redis);
                var load = AlertLoad.on(stage.installation(), ALERTS_PER_SECOND)) {
            load.awaitMore(100);
            failOver(redis, stage, load);
            failOver(redis, stage, load);

            var outcome = load.finished();

            LOG.log(System.Logger.Level.INFO, outcome.toString());
            assertThat(outcome.accepted()).isGreaterThanOrEqualTo(300);
            assertThat(outcome.lost()).isZero();
            assertThat(outcome.doubled()).isZero();
            stage.assertAnswers();
        }
    }

    private static void failOver(SentinelSetup redis, Stage stage, AlertLoad load) {
        var killedAt = System.nanoTime();
        var killed = redis.failOver();
        var elected = Duration.ofNanos(System.nanoTime() - killedAt);
        var ready = stage.untilReady();
        LOG.log(System.Logger.Level.INFO, "new master after {0}, all services reach it after {1} more", elected, ready);
        load.awaitMore(100);
        killed.start();
        redis.awaitReplica();
        // the Sentinels allow no other failover sooner than that
        load.awaitMore(11 * ALERTS_PER_SECOND);
    }
}
