package io.infraai.messaging.redis;

import java.util.Map;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class InboundStreamTest {

    private static final Broker BROKER = new Broker();

    private final String stream = newStream();

    @AfterAll
    static void end() {
        BROKER.close();
    }

    @Test
    void deliversWhatWasWrittenBeforeTheGroupExisted() {
        BROKER.add(stream, "early");

        var consumer = BROKER.consume(settings(stream, "g"));

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("early"));
    }

    @Test
    void deliversEntriesInOrderWithTheirFields() {
        var consumer = BROKER.consume(settings(stream, "g"));
        BROKER.run(Command.XADD, stream, "7-1", "data", "first", "tenant", "acme");
        BROKER.run(Command.XADD, stream, "7-2", "data", "second");

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("first", "second"));
        assertThat(consumer.metadata(0))
                .isEqualTo(new IncomingStreamMetadata(stream, "7-1", Map.of("data", "first", "tenant", "acme"), 1));
    }

    @Test
    void anAcknowledgedEntryIsNoLongerPending() {
        var consumer = Consumer.acknowledging(BROKER.channel(settings(stream, "g")));
        for (var i = 0; i < 1000; i++) {
            BROKER.add(stream, "n" + i);
        }

        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1000));
        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
    }

    @Test
    void readsNothingBeforeItIsAskedFor() {
        BROKER.add(stream, "patient");
        var channel = BROKER.channel(settings(stream, "g"));
        var consumer = Consumer.of(channel, 0);
        await().until(() -> channel.health().isWorking());

        assertThat(BROKER.pending(stream)).isZero();
        consumer.request(1);

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("patient"));
    }

    @Test
    void twoConsumersOfAGroupShareItsEntries() {
        var one = Consumer.acknowledging(BROKER.channel(Broker.consumer(stream, "one")));
        var two = Consumer.acknowledging(BROKER.channel(Broker.consumer(stream, "two")));
        for (var i = 0; i < 100; i++) {
            BROKER.add(stream, "n" + i);
        }

        await().untilAsserted(() -> assertThat(one.count() + two.count()).isEqualTo(100));
        assertThat(one.payloads()).doesNotContainAnyElementsOf(two.payloads());
    }

    @Test
    void holdsNoMoreEntriesThanMayBeInFlight() {
        var consumer = BROKER.consume(Broker.bounded(stream, 10));
        for (var i = 0; i < 30; i++) {
            BROKER.add(stream, "n" + i);
        }

        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(10));
        await().during(Broker.IDLE.multipliedBy(2)).until(() -> consumer.count() == 10 && BROKER.pending(stream) == 10);
        consumer.message(3).ack();

        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(11));
    }
}
