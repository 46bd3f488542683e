package io.infraai.messaging.redis;

import java.util.Map;

import io.smallrye.reactive.messaging.health.HealthReport;
import io.vertx.redis.client.Command;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import io.infraai.messaging.redis.fault.DeadLetterFailure;
import io.infraai.messaging.redis.fault.FailStop;
import io.infraai.messaging.redis.fault.IgnoreFailure;
import io.infraai.messaging.redis.fault.RetryFailure;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class FailureStrategiesTest {

    private static final Broker BROKER = new Broker();

    private final String stream = newStream();

    @AfterAll
    static void end() {
        BROKER.close();
    }

    @Test
    void ignoreAcknowledgesWhatWasRefused() {
        var consumer = Consumer.refusing(BROKER.channel(settings(stream, "g"), new IgnoreFailure()));
        BROKER.add(stream, "bad");

        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));
        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
        assertThat(BROKER.entries(stream + ":dead")).isEmpty();
    }

    @Test
    void retryDeliversAgainWithTheCountOfDeliveries() {
        var channel = BROKER.channel(settings(stream, "g"), new RetryFailure());
        var consumer = Consumer.handling(channel, message -> {
            if (deliveries(message) == 1) {
                message.nack(new IllegalStateException("not now"));
            } else {
                message.ack();
            }
        });
        BROKER.add(stream, "later");

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("later", "later"));
        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
    }

    @Test
    void retryGivesUpAfterAsManyDeliveriesAsAllowed() {
        var consumer = Consumer.refusing(BROKER.channel(settings(stream, "g"), new RetryFailure()));
        var id = BROKER.run(Command.XADD, stream, "*", "data", "poison", "tenant", "acme");

        await().untilAsserted(() -> assertThat(BROKER.entries(stream + ":dead"))
                .containsExactly(Map.of(
                        "data", "poison",
                        "tenant", "acme",
                        "reason", "java.lang.IllegalStateException: no such order",
                        "deliveries", "3",
                        "entry", id.toString())));
        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
        assertThat(consumer.count()).isEqualTo(3);
    }

    @Test
    void deadLetterMovesTheEntryAtItsFirstFailure() {
        var consumer = Consumer.refusing(BROKER.channel(settings(stream, "g"), new DeadLetterFailure()));
        BROKER.add(stream, "bad");

        await().untilAsserted(() -> assertThat(BROKER.entries(stream + ":dead"))
                .singleElement()
                .satisfies(fields -> assertThat(fields).containsEntry("deliveries", "1")));
        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
        assertThat(consumer.count()).isEqualTo(1);
    }

    @Test
    void failEndsTheChannelAndLeavesTheEntryPending() {
        var channel = BROKER.channel(settings(stream, "g"), new FailStop());
        var consumer = Consumer.refusing(channel);
        BROKER.add(stream, "bad");

        await().untilAsserted(() -> assertThat(consumer.failure()).hasMessage("no such order"));
        assertThat(BROKER.pending(stream)).isEqualTo(1);
        var liveness = HealthReport.builder();
        channel.health().reportLiveness(liveness);
        assertThat(liveness.build().isOk()).isFalse();
    }

    @Test
    void aStrategyThatThrowsLeavesTheEntryPendingAndTheChannelGoing() {
        var consumer = Consumer.refusing(BROKER.channel(settings(stream, "g"), delivery -> {
            throw new IllegalStateException("undecided");
        }));
        BROKER.add(stream, "first");
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));
        assertThat(BROKER.pending(stream)).isEqualTo(1);

        BROKER.add(stream, "second");

        await().untilAsserted(() -> assertThat(consumer.payloads()).contains("second"));
    }

    @Test
    void aMessageIsSettledOnlyOnce() {
        var consumer = Consumer.handling(BROKER.channel(settings(stream, "g"), new DeadLetterFailure()), message -> {
            message.ack();
            message.nack(new IllegalStateException("too late"));
        });
        BROKER.add(stream, "settled");

        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));
        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
        assertThat(BROKER.entries(stream + ":dead")).isEmpty();
    }

    private static long deliveries(Message<?> message) {
        return message.getMetadata(IncomingStreamMetadata.class).orElseThrow().deliveries();
    }
}
