package io.infraai.messaging.redis;

import java.time.Duration;
import java.util.List;

import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A master that dies, and the replica that takes over. */
class SentinelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String stream = newStream();
    private RedisProcess master;
    private RedisProcess replica;
    private RedisProcess sentinel;
    private Broker broker;

    @BeforeEach
    void start() {
        master = new RedisProcess();
        replica = RedisProcess.replicaOf(master);
        await().atMost(PATIENCE).until(() -> replica.ask("INFO", "replication").contains("master_link_status:up"));
        sentinel = RedisProcess.sentinelOf(master);
        await().atMost(PATIENCE).until(() -> sentinel.ask("INFO", "sentinel").contains("slaves=1"));
        broker = new Broker(
                master,
                new RedisOptions()
                        .setType(RedisClientType.SENTINEL)
                        .setMasterName(RedisProcess.MASTER)
                        .setEndpoints(List.of(sentinel.url())));
    }

    @AfterEach
    void end() {
        broker.close();
        sentinel.close();
        replica.close();
        master.close();
    }

    @Test
    void channelsGoOnWithTheNewMaster() {
        var shared = Consumer.acknowledging(broker.channel(settings(stream, "g")));
        var tail = broker.channel(settings(stream, null));
        var tailed = Consumer.acknowledging(tail);
        await().until(() -> tail.health().isWorking());
        var writer = broker.out(stream, 0);
        var producer = new Producer(writer);
        producer.send(Message.of("before")).join();
        await().untilAsserted(() -> assertThat(tailed.payloads()).contains("before"));
        await().untilAsserted(() -> assertThat(shared.payloads()).contains("before"));

        master.kill();
        assertThat(producer.send(Message.of("lost"))).failsWithin(PATIENCE);
        await().atMost(PATIENCE).until(() -> writer.health().isWorking());
        producer.send(Message.of("after")).join();

        await().untilAsserted(() -> assertThat(shared.payloads()).contains("after"));
        await().untilAsserted(() -> assertThat(tailed.payloads()).contains("after"));
        assertThat(replica.ask("INFO", "replication")).contains("role:master");
    }

    @Test
    void aMasterThatWasDemotedInOrderIsLeft() {
        var shared = Consumer.acknowledging(broker.channel(settings(stream, "g")));
        broker.add(stream, "before");
        await().untilAsserted(() -> assertThat(shared.payloads()).containsExactly("before"));

        sentinel.ask("SENTINEL", "FAILOVER", RedisProcess.MASTER);
        await().atMost(PATIENCE).until(() -> replica.ask("INFO", "replication").contains("role:master"));
        await().atMost(PATIENCE).ignoreExceptions().until(() -> broker.add(stream, "after") != null);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shared.payloads()).contains("after"));
    }
}
