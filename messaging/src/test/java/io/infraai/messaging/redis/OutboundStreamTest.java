package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.infraai.messaging.redis.Broker.newStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class OutboundStreamTest {

    private static final Broker BROKER = new Broker();

    private final String stream = newStream();

    record Order(int number, List<String> items) {}

    @AfterAll
    static void end() {
        BROKER.close();
    }

    @Test
    void textIsWrittenAsItIsAndOtherPayloadsAsJson() {
        var producer = new Producer(BROKER.out(stream, 0));

        producer.send(Message.of("plain \u00fc")).join();
        producer.send(Message.of(new JsonObject().put("a", 1))).join();
        producer.send(Message.of(new Order(7, List.of("tea")))).join();

        assertThat(BROKER.entries(stream))
                .containsExactly(
                        Map.of("data", "plain \u00fc"),
                        Map.of("data", "{\"a\":1}"),
                        Map.of("data", "{\"number\":7,\"items\":[\"tea\"]}"));
    }

    @Test
    void metadataSetsFieldsAndAnotherStream() {
        var producer = new Producer(BROKER.out(stream, 0));
        var elsewhere = OutgoingStreamMetadata.to(stream + ":other").with("tenant", "acme");

        producer.send(Message.of("moved", Metadata.of(elsewhere))).join();

        assertThat(BROKER.entries(stream)).isEmpty();
        assertThat(BROKER.entries(stream + ":other")).containsExactly(Map.of("data", "moved", "tenant", "acme"));
    }

    @Test
    void aStreamThatNobodyWritesToAnyMoreGoesAwayIfItIsMeantTo() {
        var producer = new Producer(BROKER.expiring(stream, Duration.ofSeconds(1)));

        producer.send(Message.of("for now")).join();

        assertThat(BROKER.entries(stream)).hasSize(1);
        await().untilAsserted(() ->
                assertThat(BROKER.run(Command.EXISTS, stream).toInteger()).isZero());
    }

    @Test
    void aStreamThatIsWrittenToOutlivesItsTime() {
        var life = Duration.ofMinutes(1);
        new Producer(BROKER.expiring(stream, life)).send(Message.of("first")).join();
        await().untilAsserted(() -> assertThat(left()).isPositive());
        BROKER.run(Command.PEXPIRE, stream, 5_000);

        new Producer(BROKER.expiring(stream, life)).send(Message.of("second")).join();

        await().untilAsserted(() -> assertThat(left()).isGreaterThan(5_000));
    }

    private long left() {
        return BROKER.run(Command.PTTL, stream).toLong();
    }

    @Test
    void thePayloadsFieldIsNotForMetadata() {
        var fields = Map.of("data", "mine");

        assertThatThrownBy(() -> OutgoingStreamMetadata.of(fields)).hasMessageContaining("'data'");
    }

    @Test
    void messagesAreWrittenInTheirOrderWithoutWaiting() {
        var producer = new Producer(BROKER.out(stream, 0));

        var sent = IntStream.range(0, 500)
                .mapToObj(i -> producer.send(Message.of("n" + i)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(sent).join();

        assertThat(BROKER.entries(stream))
                .extracting(fields -> fields.get("data"))
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).mapToObj(i -> "n" + i).toList());
    }

    @Test
    void asManyMessagesAreAskedForAsMayBeInFlight() {
        var producer = new Producer(BROKER.out(stream, 0));
        await().untilAsserted(() -> assertThat(producer.requested()).isEqualTo(256));

        producer.send(Message.of("one")).join();

        await().untilAsserted(() -> assertThat(producer.requested()).isEqualTo(257));
    }

    @Test
    void theStreamIsKeptToAboutItsLength() {
        var producer = new Producer(BROKER.out(stream, 100));

        var sent = IntStream.range(0, 1000)
                .mapToObj(i -> producer.send(Message.of("n" + i)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(sent).join();

        assertThat(BROKER.run(Command.XLEN, stream).toInteger()).isBetween(100, 250);
    }

    @Test
    void whatRedisRefusesIsRefusedAndTheNextIsWritten() {
        var producer = new Producer(BROKER.out(stream, 0));
        BROKER.run(Command.SET, stream + ":text", "no stream");

        assertThat(producer.send(Message.of("lost", Metadata.of(OutgoingStreamMetadata.to(stream + ":text")))))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("WRONGTYPE");
        producer.send(Message.of("next")).join();

        assertThat(BROKER.entries(stream)).hasSize(1);
    }

    @Test
    void aPayloadWithoutJsonFormIsRefused() {
        var producer = new Producer(BROKER.out(stream, 0));

        assertThat(producer.send(Message.of(new Object())))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("java.lang.Object");
    }
}
