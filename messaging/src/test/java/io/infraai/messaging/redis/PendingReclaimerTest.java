package io.infraai.messaging.redis;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.infraai.messaging.redis.Broker.IDLE;
import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PendingReclaimerTest {

    private static final Broker BROKER = new Broker();

    private final String stream = newStream();

    @AfterAll
    static void end() {
        BROKER.close();
    }

    /** What a consumer leaves that dies with entries pending. */
    private void readAndDieAs(String consumer) {
        BROKER.run(Command.XREADGROUP, "GROUP", "g", consumer, "STREAMS", stream, ">");
    }

    private String pendingEntry(String payload) {
        BROKER.run(Command.XGROUP, "CREATE", stream, "g", "0", "MKSTREAM");
        return BROKER.add(stream, payload);
    }

    @Test
    void entriesOfADeadConsumerAreTakenOver() {
        pendingEntry("orphan");
        readAndDieAs("dead");

        var heir = Consumer.acknowledging(BROKER.channel(settings(stream, "g")));

        await().untilAsserted(() -> assertThat(heir.payloads()).containsExactly("orphan"));
        assertThat(heir.metadata(0).deliveries()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
    }

    @Test
    void aConsumerFindsWhatItLeftPendingInAnEarlierLife() {
        pendingEntry("unfinished");
        readAndDieAs("one");

        var reborn = Consumer.acknowledging(BROKER.channel(settings(stream, "g")));

        await().untilAsserted(() -> assertThat(reborn.payloads()).containsExactly("unfinished"));
    }

    @Test
    void anEntryThatKillsItsConsumersGoesToTheDeadLetters() {
        pendingEntry("killer");
        readAndDieAs("first");
        for (var i = 0; i < 2; i++) {
            BROKER.run(Command.XAUTOCLAIM, stream, "g", "next" + i, "0", "0");
        }

        var survivor = Consumer.acknowledging(BROKER.channel(settings(stream, "g")));

        await().untilAsserted(() -> assertThat(BROKER.entries(stream + ":dead"))
                .singleElement()
                .satisfies(fields ->
                        assertThat(fields).containsEntry("data", "killer").containsEntry("deliveries", "3")));
        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
        assertThat(survivor.count()).isZero();
    }

    @Test
    void aPendingEntryThatWasTrimmedIsForgotten() {
        var id = pendingEntry("trimmed");
        readAndDieAs("dead");
        BROKER.run(Command.XDEL, stream, id);

        var consumer = BROKER.consume(settings(stream, "g"));

        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
        assertThat(consumer.count()).isZero();
    }

    @Test
    void aSlowHandlersEntryIsDeliveredToNobodyElse() {
        var slow = BROKER.consume(settings(stream, "g"));
        BROKER.add(stream, "slow");
        await().untilAsserted(() -> assertThat(slow.count()).isEqualTo(1));
        var other = BROKER.consume(Broker.consumer(stream, "two"));

        await().during(IDLE.multipliedBy(4)).until(() -> slow.count() == 1 && other.count() == 0);
        slow.message(0).ack();

        await().untilAsserted(() -> assertThat(BROKER.pending(stream)).isZero());
    }
}
