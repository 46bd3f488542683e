package io.infraai.standalone.redis;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.infraai.contracts.stream.Streams;
import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;

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
        try (var redis = new ClusterSetup(home);
                var stage = new Stage(redis);
                var load = AlertLoad.on(stage.installation(), 20)) {
            load.awaitMore(100);
            redis.migrate(Streams.TASKS);
            redis.migrate(Streams.EPISODES);
            load.awaitMore(100);
            failOver(redis, stage);
            load.awaitMore(100);

            var outcome = load.finished();

            LOG.log(System.Logger.Level.INFO, outcome.toString());
            assertThat(outcome.accepted()).isGreaterThanOrEqualTo(300);
            assertThat(outcome.lost()).isZero();
            assertThat(outcome.doubled()).isZero();
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
