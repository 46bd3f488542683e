package io.infraai.messaging.redis;

import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VanishedServersTest {

    private final VanishedServers vanished = new VanishedServers();

    @Test
    void nobodyWaitsAMinuteForAConnection() {
        var options = customized(new RedisOptions());

        assertThat(options.getNetClientOptions().getConnectTimeout()).isEqualTo(3_000);
        assertThat(options.getNetClientOptions().getReadIdleTimeout()).isZero();
    }

    @Test
    void aSilentSentinelOrClusterNodeIsGivenUp() {
        var options = customized(new RedisOptions().setType(RedisClientType.SENTINEL));

        assertThat(options.getNetClientOptions().getReadIdleTimeout()).isEqualTo(20);
    }

    @Test
    void whatIsConfiguredCounts() {
        var given = new RedisOptions().setType(RedisClientType.CLUSTER);
        given.getNetClientOptions().setConnectTimeout(500).setReadIdleTimeout(7);

        var options = customized(given);

        assertThat(options.getNetClientOptions().getConnectTimeout()).isEqualTo(500);
        assertThat(options.getNetClientOptions().getReadIdleTimeout()).isEqualTo(7);
    }

    private RedisOptions customized(RedisOptions options) {
        vanished.customize("<default>", options);
        return options;
    }
}
