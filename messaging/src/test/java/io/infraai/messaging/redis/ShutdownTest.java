package io.infraai.messaging.redis;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ShutdownTest {

    private static final Broker BROKER = new Broker();

    private final String stream = newStream();

    @AfterAll
    static void end() {
        BROKER.close();
    }

    @Test
    void waitsForHandlersAndTheirAcknowledgements() {
        var channel = BROKER.channel(settings(stream, "g"));
        var consumer = Consumer.of(channel);
        BROKER.add(stream, "at work");
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));

        var stopped = channel.stop();
        await().during(Broker.IDLE).until(() -> !stopped.isComplete());
        consumer.message(0).ack();

        Broker.get(stopped);
        assertThat(BROKER.pending(stream)).isZero();
    }

    @Test
    void deliversNothingAfterItHasBegun() {
        var channel = BROKER.channel(settings(stream, "g"));
        var consumer = Consumer.acknowledging(channel);
        await().until(() -> channel.health().isWorking());

        Broker.get(channel.stop());
        BROKER.add(stream, "too late");

        await().during(Broker.IDLE).until(() -> consumer.count() == 0);
    }

    @Test
    void putsBackWhatWasReadAndNotHandedOver() {
        var channel = BROKER.channel(settings(stream, "g"));
        BROKER.add(stream, "handled");
        BROKER.add(stream, "unused");
        var consumer = Consumer.of(channel, 1);
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));

        consumer.message(0).ack();
        Broker.get(channel.stop());

        var pending = BROKER.run(Command.XPENDING, stream, "g", "-", "+", "10");
        assertThat(pending.size()).isEqualTo(1);
        assertThat(pending.get(0).get(2).toLong()).isGreaterThanOrEqualTo(Broker.IDLE.toMillis());
        assertThat(pending.get(0).get(3).toLong()).isZero();
    }

    @Test
    void anAbandonedWaitLeavesTheEntryPending() {
        var channel = BROKER.channel(settings(stream, "g"));
        var consumer = Consumer.of(channel);
        BROKER.add(stream, "endless");
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));

        var stopped = channel.stop();
        channel.abort();

        Broker.get(stopped);
        assertThat(BROKER.pending(stream)).isEqualTo(1);
    }
}
