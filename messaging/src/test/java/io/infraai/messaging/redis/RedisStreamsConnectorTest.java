package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.Test;

import io.infraai.messaging.redis.Application.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The connector in an application, whose channels {@code application.properties} describes. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class RedisStreamsConnectorTest {

    @Inject
    Application application;

    @Inject
    @Connector(RedisStreamsConnector.NAME)
    RedisStreamsConnector connector;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.redis.hosts")
    String hosts;

    private Response run(Command command, Object... arguments) throws Exception {
        // not the application's client: whether the connector has that made by itself is part of the test
        var redis = Redis.createClient(vertx, hosts);
        try {
            return redis.send(Request.cmd(command, arguments))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        } finally {
            redis.close();
        }
    }

    private List<Application.Seen> seen(String item) {
        return application.seen().stream()
                .filter(each -> each.order().item().equals(item))
                .toList();
    }

    @Test
    void recordsTravelAsJsonAndComeBackAsRecords() {
        var acknowledged = new CompletableFuture<Void>();
        application.send(Message.of(new Order(1, "tea")).withAck(() -> {
            acknowledged.complete(null);
            return CompletableFuture.completedFuture(null);
        }));

        await().untilAsserted(() -> assertThat(seen("tea")).hasSize(1));
        await().untilAsserted(() -> assertThat(application.receipts()).contains("receipt 1"));
        assertThat(acknowledged).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void eachMessageHasAContextOfItsOwnWhichItsHandlerKeeps() {
        for (var i = 100; i < 120; i++) {
            application.send(Message.of(new Order(i, "cup")));
        }

        await().untilAsserted(() -> assertThat(seen("cup")).hasSize(20));
        assertThat(seen("cup")).allMatch(each -> each.duplicated() && each.fresh() && each.kept());
        assertThat(seen("cup")).extracting(Application.Seen::context).doesNotHaveDuplicates();
    }

    @Test
    void anEntryThatIsNoJsonGoesToTheDeadLettersAndTheNextIsHandled() throws Exception {
        run(Command.XADD, "orders", "*", "data", "{\"number\":");
        application.send(Message.of(new Order(2, "milk")));

        await().untilAsserted(() -> assertThat(seen("milk")).hasSize(1));
        await().untilAsserted(() ->
                assertThat(run(Command.XLEN, "orders:dead").toLong()).isPositive());
        await().untilAsserted(() -> assertThat(
                        run(Command.XPENDING, "orders", "kitchen").get(0).toLong())
                .isZero());
    }

    @Test
    void metadataOfTheEmitterReachesTheEntry() throws Exception {
        application.send(Message.of(
                new Order(3, "salt"),
                Metadata.of(OutgoingStreamMetadata.to("spices").with("tenant", "acme"))));

        await().untilAsserted(
                        () -> assertThat(run(Command.XLEN, "spices").toLong()).isEqualTo(1));
        assertThat(run(Command.XRANGE, "spices", "-", "+").get(0).get(1).toString())
                .contains("tenant, acme");
    }

    @Test
    void everyChannelReportsItsHealth() {
        await().untilAsserted(() -> assertThat(connector.getReadiness().getChannels())
                .extracting(channel -> channel.getChannel() + " " + channel.isOk())
                .contains("orders-in true", "orders-out true", "receipts-out true", "receipts-in true"));
        assertThat(connector.getLiveness().isOk()).isTrue();
        assertThat(connector.getStartup().isOk()).isTrue();
    }

    @Test
    void messagesAreCounted() {
        // the global registry counts nothing by itself
        Metrics.addRegistry(new SimpleMeterRegistry());
        application.send(Message.of(new Order(4, "rice")));

        await().untilAsserted(() -> assertThat(seen("rice")).hasSize(1));
        await().untilAsserted(() -> assertThat(Metrics.globalRegistry
                        .get("redis.streams.acked")
                        .tag("channel", "orders-in")
                        .counter()
                        .count())
                .isPositive());
    }

    @Test
    void anUnknownFailureStrategyIsToldWithItsChannel() {
        Config config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("channel-name", "bad-in", "stream", "s", "failure-strategy", "hope"), "test", 100))
                .build();

        assertThatThrownBy(() -> connector.getPublisher(config))
                .hasMessage("Attribute 'failure-strategy' of channel 'bad-in' names no FailureStrategy bean: 'hope'");
    }
}
