package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.List;

import io.smallrye.reactive.messaging.health.HealthReport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.onto;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ResilienceTest {

    private final Broker broker = new Broker();
    private final String stream = newStream();

    @AfterEach
    void end() {
        broker.close();
    }

    @Test
    void readingGoesOnAfterRedisWasKilledAndStartedAgain() {
        var channel = broker.channel(settings(stream, "g"));
        var consumer = Consumer.acknowledging(channel);
        broker.add(stream, "before");
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));

        broker.server().kill();
        await().until(() -> !ready(channel.health()));
        assertThat(live(channel.health())).isTrue();
        broker.server().start();
        broker.add(stream, "after");

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("before", "after"));
        assertThat(ready(channel.health())).isTrue();
    }

    @Test
    void writingGoesOnAfterRedisWasKilledAndStartedAgain() {
        var channel = broker.out(stream, 0);
        var producer = new Producer(channel);
        producer.send(Message.of("before")).join();

        broker.server().kill();
        assertThat(producer.send(Message.of("lost"))).failsWithin(Duration.ofSeconds(5));
        assertThat(ready(channel.health())).isFalse();
        broker.server().start();

        await().until(() -> ready(channel.health()));
        producer.send(Message.of("after")).join();
        assertThat(broker.entries(stream))
                .singleElement()
                .satisfies(entry -> assertThat(entry).containsEntry("data", "after"));
    }

    @Test
    void aGroupIsMadeAnewWhenTheDatabaseWasFlushed() {
        var consumer = Consumer.acknowledging(broker.channel(settings(stream, "g")));
        broker.add(stream, "before");
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));

        broker.run(Command.FLUSHALL);
        broker.add(stream, "after");

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("before", "after"));
    }

    @Test
    void aGroupIsMadeAnewWhenTheStreamWasDeleted() {
        var consumer = Consumer.acknowledging(broker.channel(settings(stream, "g")));
        broker.add(stream, "before");
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));

        broker.run(Command.DEL, stream);
        broker.add(stream, "after");

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("before", "after"));
    }

    @Test
    void whatWasHandledWhileRedisWasAwayIsAcknowledgedLater() {
        var consumer = broker.consume(settings(stream, "g"));
        broker.add(stream, "handled");
        await().untilAsserted(() -> assertThat(consumer.count()).isEqualTo(1));

        broker.server().freeze();
        assertThat(consumer.message(0).ack()).isCompleted();
        broker.server().thaw();

        await().untilAsserted(() -> assertThat(broker.pending(stream)).isZero());
    }

    @Test
    void aChannelStartedWithoutRedisWaitsForIt() {
        broker.server().kill();
        var channel = broker.channel(settings(stream, "g"));
        var consumer = Consumer.acknowledging(channel);
        await().until(() -> !ready(channel.health()));

        broker.server().start();
        broker.add(stream, "first");

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("first"));
    }

    @Test
    void aConnectionOnWhichRedisHangsIsGivenUp() {
        var context = Broker.newContext();
        var connection = new PinnedConnection(broker.client(), context, Duration.ofMillis(200));
        Broker.get(ping(context, connection));

        broker.server().freeze();
        var unanswered = ping(context, connection);
        await().untilAsserted(() -> assertThat(unanswered.failed()).isTrue());
        broker.server().thaw();

        await().untilAsserted(() ->
                assertThat(Broker.get(ping(context, connection)).toString()).isEqualTo("PONG"));
        context.runOnContext(done -> connection.close());
    }

    @Test
    void aMasterThatBecameAReplicaIsAskedNoMore() {
        var context = Broker.newContext();
        var connection = new PinnedConnection(broker.client(), context, Duration.ofSeconds(5));
        var before = clientId(context, connection);
        broker.run(Command.REPLICAOF, "127.0.0.1", "1");

        var refused = onto(context, () -> connection.batch(List.of(Request.cmd(Command.DEL, stream))));
        await().untilAsserted(() -> assertThat(refused.failed()).isTrue());

        assertThat(refused.cause()).hasMessageContaining("READONLY");
        assertThat(clientId(context, connection)).isNotEqualTo(before);
        context.runOnContext(done -> connection.close());
    }

    @Test
    void anAddressIsToldWithoutItsPassword() {
        var health = new ChannelHealth("orders-in", "orders", true);

        health.fails("read from", new IllegalStateException("no way to redis://gateway:geheim@10.0.0.1:6379: refused"));

        var report = HealthReport.builder();
        health.reportReadiness(report);
        assertThat(report.build().getChannels())
                .singleElement()
                .satisfies(channel -> assertThat(channel.getMessage())
                        .contains("redis://10.0.0.1:6379: refused")
                        .doesNotContain("geheim"));
    }

    private static String clientId(Context context, PinnedConnection connection) {
        return Broker.get(onto(context, () -> connection.send(Request.cmd(Command.CLIENT, "ID"))))
                .toString();
    }

    private static Future<Response> ping(Context context, PinnedConnection connection) {
        return onto(context, () -> connection.send(Request.cmd(Command.PING)));
    }

    static boolean ready(ChannelHealth health) {
        var report = HealthReport.builder();
        health.reportReadiness(report);
        return report.build().isOk();
    }

    static boolean live(ChannelHealth health) {
        var report = HealthReport.builder();
        health.reportLiveness(report);
        return report.build().isOk();
    }
}
