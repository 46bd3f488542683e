package io.infraai.engine.bells;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent.Delta;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.stream.TurnReplied;
import io.infraai.contracts.stream.TurnsReplied;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyStreamsTest {

    private record Entry(String stream, TurnsReplied content, UniEmitter<? super Void> written) {

        List<Long> numbers() {
            return content.replies().stream()
                    .map(each -> each.reply().sequence())
                    .toList();
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private final ReplyStreams streams = new ReplyStreams(
            (stream, content) -> Uni.createFrom().emitter(written -> entries.add(new Entry(stream, content, written))));

    @Test
    void aReplyLeavesAtOnceAndThoseAfterItTogetherOnceItHasArrived() {
        var first = tell("a", 1);
        tell("a", 2);
        var third = tell("a", 3);

        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().numbers()).containsExactly(1L);

        entries.getFirst().written().complete(null);

        first.assertCompleted();
        assertThat(entries).hasSize(2);
        assertThat(entries.getLast().numbers()).containsExactly(2L, 3L);
        third.assertNotTerminated();

        entries.getLast().written().complete(null);
        third.assertCompleted();
        tell("a", 4);

        assertThat(entries.getLast().numbers()).containsExactly(4L);
    }

    @Test
    void oneGatewaysRepliesDoNotWaitForAnothers() {
        tell("a", 1);
        tell("b", 2);

        assertThat(entries).extracting(Entry::stream).containsExactly("a", "b");
    }

    @Test
    void whatRedisRefusesFailsAloneAndTheRestGoesOn() {
        var refused = tell("a", 1);
        var next = tell("a", 2);

        entries.getFirst().written().fail(new IllegalStateException("no room"));

        refused.assertFailedWith(IllegalStateException.class, "no room");
        entries.getLast().written().complete(null);
        next.assertCompleted();
    }

    @Test
    void aWritingThatThrowsHoldsUpNobody() {
        var broken = new ReplyStreams((_, _) -> {
            throw new IllegalStateException("closed");
        });

        tell(broken, 1).assertFailedWith(IllegalStateException.class, "closed");
        tell(broken, 2).assertFailedWith(IllegalStateException.class, "closed");
    }

    @Test
    void anEntryHoldsNoMoreThanAHundredAndTwentyEight() {
        tell("a", 0);
        IntStream.rangeClosed(1, 200).forEach(number -> tell("a", number));
        entries.getFirst().written().complete(null);
        entries.getLast().written().complete(null);

        assertThat(entries).extracting(each -> each.numbers().size()).containsExactly(1, 128, 72);
    }

    private UniAssertSubscriber<Void> tell(String stream, long number) {
        return streams.tell(stream, reply(number)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static UniAssertSubscriber<Void> tell(ReplyStreams streams, long number) {
        return streams.tell("a", reply(number)).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private static TurnReplied reply(long number) {
        return new TurnReplied(
                new TenantId("default"), "s-1", new UUID(0, 1), new NumberedReply(number, new Delta("w ")));
    }
}
