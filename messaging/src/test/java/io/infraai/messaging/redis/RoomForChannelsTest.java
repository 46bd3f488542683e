package io.infraai.messaging.redis;

import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.redis.client.RedisOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoomForChannelsTest {

    private final RoomForChannels room = new RoomForChannels(new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(
                    Map.of(
                            "mp.messaging.incoming.orders-in.connector", "redis-streams",
                            "mp.messaging.incoming.orders-in.concurrency", "3",
                            "mp.messaging.outgoing.orders-out.connector", "redis-streams",
                            "mp.messaging.incoming.mail-in.connector", "smallrye-kafka"),
                    "test",
                    100))
            .build());

    @Test
    void thePoolGrowsByTwoForEachReaderAndOneForEachWriter() {
        var options = new RedisOptions().setMaxPoolSize(6);

        room.customize("<default>", options);

        assertThat(options.getMaxPoolSize()).isEqualTo(6 + 3 * 2 + 1);
    }

    @Test
    void asManyMayWaitAsThePoolHolds() {
        var options = new RedisOptions().setMaxPoolSize(30).setMaxPoolWaiting(24);

        room.customize("<default>", options);

        assertThat(options.getMaxPoolWaiting()).isEqualTo(options.getMaxPoolSize());
    }

    @Test
    void otherClientsAreLeftAlone() {
        var options = new RedisOptions().setMaxPoolSize(6);

        room.customize("cache", options);

        assertThat(options.getMaxPoolSize()).isEqualTo(6);
    }
}
