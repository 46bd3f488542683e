package io.infraai.messaging.redis.ack;

import java.util.ArrayList;
import java.util.List;

import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchedAcksTest {

    private final List<List<String>> sent = new ArrayList<>();
    private final List<Promise<Void>> replies = new ArrayList<>();
    private final BatchedAcks acks = new BatchedAcks(ids -> {
        sent.add(ids);
        replies.add(Promise.promise());
        return replies.getLast().future();
    });

    @Test
    void theFirstIsSentAtOnceAndThoseAfterItTogether() {
        acks.add("1-0");
        acks.add("2-0");
        acks.add("3-0");
        assertThat(sent).containsExactly(List.of("1-0"));

        replies.getFirst().complete();

        assertThat(sent).containsExactly(List.of("1-0"), List.of("2-0", "3-0"));
    }

    @Test
    void isIdleOnceEverythingIsConfirmed() {
        assertThat(acks.isIdle()).isTrue();
        acks.add("1-0");
        assertThat(acks.isIdle()).isFalse();

        replies.getFirst().complete();

        assertThat(acks.isIdle()).isTrue();
    }
}
