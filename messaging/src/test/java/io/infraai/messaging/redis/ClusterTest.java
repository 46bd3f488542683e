package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Streams that lie on three nodes. */
class ClusterTest {

    private static final int SLOTS = 16_384;

    private static List<RedisProcess> nodes;
    private static Broker broker;

    private final String stream = newStream();

    @BeforeAll
    static void join() {
        nodes = IntStream.range(0, 3).mapToObj(i -> RedisProcess.ofCluster()).toList();
        for (var i = 0; i < nodes.size(); i++) {
            var slots = IntStream.range(i * SLOTS / nodes.size(), (i + 1) * SLOTS / nodes.size());
            nodes.get(i).ask(words("CLUSTER ADDSLOTS", slots.mapToObj(Integer::toString)));
            nodes.get(i).ask("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
            nodes.getFirst()
                    .ask(
                            "CLUSTER",
                            "MEET",
                            "127.0.0.1",
                            String.valueOf(nodes.get(i).port()));
        }
        await().until(() ->
                nodes.stream().allMatch(node -> node.ask("CLUSTER", "INFO").contains("cluster_state:ok")));
        broker = new Broker(
                nodes.getFirst(),
                new RedisOptions()
                        .setType(RedisClientType.CLUSTER)
                        .setEndpoints(nodes.stream().map(RedisProcess::url).toList()));
    }

    @AfterAll
    static void end() {
        broker.close();
        nodes.forEach(RedisProcess::close);
    }

    @Test
    void channelsOfStreamsOnAnyNodeWriteAndRead() {
        var streams = Stream.generate(Broker::newStream).limit(3).toList();
        var consumers = streams.stream()
                .map(each -> Consumer.acknowledging(broker.channel(settings(each, "g"))))
                .toList();
        streams.forEach(
                each -> new Producer(broker.out(each, 0)).send(Message.of(each)).join());

        for (var i = 0; i < streams.size(); i++) {
            var consumer = consumers.get(i);
            var expected = streams.get(i);
            await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly(expected));
            await().untilAsserted(() -> assertThat(broker.pending(expected)).isZero());
        }
    }

    @Test
    void whatCanNotBeHandledGoesToTheDeadLettersOnTheSameNode() {
        var consumer = Consumer.refusing(broker.channel(settings(stream, "g")));

        broker.add(stream, "poison");

        await().untilAsserted(() -> assertThat(broker.entries(stream + ":dead"))
                .singleElement()
                .satisfies(dead -> assertThat(dead).containsEntry("data", "poison")));
        assertThat(consumer.count()).isEqualTo(3);
    }

    @Test
    void repliesArriveOnTheContextOfTheChannel() {
        var context = Broker.newContext();
        var connection = new PinnedConnection(broker.client(), context, Duration.ofSeconds(5));
        // the slots are forgotten every second, and learnt on another thread
        for (var start = System.nanoTime(); System.nanoTime() - start < 1_300_000_000L; ) {
            var elsewhere = Broker.get(Broker.onto(
                    context,
                    () -> connection
                            .send(Request.cmd(Command.EXISTS).arg(newStream()))
                            .map(reply -> !context.equals(Vertx.currentContext()))));
            assertThat(elsewhere).isFalse();
        }
        context.runOnContext(done -> connection.close());
    }

    @Test
    void readingAndWritingFollowAStreamThatMovesToAnotherNode() {
        var consumer = Consumer.acknowledging(broker.channel(settings(stream, "g")));
        var producer = new Producer(broker.out(stream, 0));
        producer.send(Message.of("before")).join();
        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("before"));

        move(stream);
        await().ignoreExceptions()
                .untilAsserted(() -> producer.send(Message.of("after"))
                        .orTimeout(3, TimeUnit.SECONDS)
                        .join());

        await().untilAsserted(() -> assertThat(consumer.payloads()).contains("after"));
    }

    private static void move(String stream) {
        var slot = nodes.getFirst().ask("CLUSTER", "KEYSLOT", stream);
        var from = nodes.get(IntStream.range(0, nodes.size())
                .filter(i -> Integer.parseInt(slot) < (i + 1) * SLOTS / nodes.size())
                .findFirst()
                .orElseThrow());
        var to = nodes.stream().filter(node -> !node.equals(from)).findFirst().orElseThrow();
        var target = to.ask("CLUSTER", "MYID");
        to.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", from.ask("CLUSTER", "MYID"));
        from.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", target);
        from.ask("MIGRATE", "127.0.0.1", String.valueOf(to.port()), stream, "0", "5000");
        nodes.forEach(node -> node.ask("CLUSTER", "SETSLOT", slot, "NODE", target));
    }

    private static String[] words(String command, Stream<String> more) {
        return Stream.concat(Arrays.stream(command.split(" ")), more).toArray(String[]::new);
    }
}
