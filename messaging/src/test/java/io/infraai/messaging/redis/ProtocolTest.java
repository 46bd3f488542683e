package io.infraai.messaging.redis;

import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.RedisOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ProtocolTest {

    @ParameterizedTest
    @EnumSource
    void bothVersionsOfTheProtocolAreUnderstood(ProtocolVersion version) {
        try (var broker = new Broker(new RedisOptions().setPreferredProtocolVersion(version))) {
            var stream = newStream();
            var consumer = Consumer.refusing(broker.channel(settings(stream, "g")));
            var tail = broker.channel(settings(stream, null));
            var tailing = Consumer.acknowledging(tail);
            await().until(() -> tail.health().isWorking());

            broker.add(stream, "entry");

            await().untilAsserted(() -> assertThat(tailing.payloads()).containsExactly("entry"));
            await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(3));
            await().untilAsserted(
                            () -> assertThat(broker.entries(stream + ":dead")).hasSize(1));
        }
    }
}
