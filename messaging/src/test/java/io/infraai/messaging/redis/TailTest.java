package io.infraai.messaging.redis;

import io.vertx.redis.client.Command;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static io.infraai.messaging.redis.Broker.newStream;
import static io.infraai.messaging.redis.Broker.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TailTest {

    private static final Broker BROKER = new Broker();

    private final String stream = newStream();

    @AfterAll
    static void end() {
        BROKER.close();
    }

    private Consumer tail() {
        var channel = BROKER.channel(settings(stream, null));
        var consumer = Consumer.acknowledging(channel);
        await().until(() -> channel.health().isWorking());
        return consumer;
    }

    @Test
    void getsOnlyWhatIsWrittenFromItsStartOn() {
        BROKER.add(stream, "past");
        var consumer = tail();

        BROKER.add(stream, "present");

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("present"));
    }

    @Test
    void eachTailGetsEveryEntryInOrder() {
        var one = tail();
        var two = tail();
        for (var i = 0; i < 300; i++) {
            BROKER.add(stream, "n" + i);
        }

        await().untilAsserted(() -> assertThat(one.count() + two.count()).isEqualTo(600));
        assertThat(one.payloads())
                .isEqualTo(two.payloads())
                .startsWith("n0", "n1")
                .endsWith("n299");
    }

    @Test
    void goesOnWhenTheStreamWasDeleted() {
        BROKER.add(stream, "past");
        var consumer = tail();

        BROKER.run(Command.DEL, stream);
        BROKER.add(stream, "anew");

        await().untilAsserted(() -> assertThat(consumer.payloads()).containsExactly("anew"));
    }

    @Test
    void goesOnAfterAFailoverToAServerWhoseClockIsBehind() {
        BROKER.run(Command.XADD, stream, "99999999999999-5", "data", "past");
        var consumer = tail();

        BROKER.run(Command.DEL, stream);
        BROKER.add(stream, "skipped");
        BROKER.run(Command.CLIENT, "KILL", "TYPE", "normal");
        await().untilAsserted(() -> {
            BROKER.add(stream, "heard");
            assertThat(consumer.payloads()).contains("heard");
        });

        assertThat(consumer.payloads()).doesNotContain("past");
    }
}
