package io.infraai.engine.bells;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.BiFunction;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import io.infraai.contracts.stream.TurnReplied;
import io.infraai.contracts.stream.TurnsReplied;

/**
 * The streams of the gateways. A reply leaves at once when none is on its way to the same gateway; what comes meanwhile leaves
 * together when that has arrived. So a single conversation waits for nothing, and many share their entries: with 500 of them
 * the entries would cost more than the words.
 */
final class ReplyStreams {

    private static final int MOST_TOGETHER = 128;

    private final BiFunction<String, TurnsReplied, Uni<Void>> write;
    /** What waits for the entry before it, of each stream that has one on its way. */
    private final Map<String, Queue<Waiting>> lanes = new HashMap<>();

    private record Waiting(TurnReplied reply, UniEmitter<? super Void> sent) {}

    /**
     * @param write puts an entry on a stream
     */
    ReplyStreams(BiFunction<String, TurnsReplied, Uni<Void>> write) {
        this.write = write;
    }

    /** Completes once Redis has it, or fails as the writing did. Replies for one stream keep their order. */
    Uni<Void> tell(String stream, TurnReplied reply) {
        return Uni.createFrom().emitter(sent -> {
            var one = new Waiting(reply, sent);
            if (!waits(stream, one)) {
                send(stream, List.of(one));
            }
        });
    }

    private void send(String stream, List<Waiting> together) {
        var entry = new TurnsReplied(together.stream().map(Waiting::reply).toList());
        var _ = Uni.createFrom()
                .deferred(() -> write.apply(stream, entry))
                .onTermination()
                .invoke(() -> goOn(stream))
                .subscribe()
                .with(
                        _ -> together.forEach(each -> each.sent().complete(null)),
                        failure -> together.forEach(each -> each.sent().fail(failure)));
    }

    private void goOn(String stream) {
        var next = next(stream);
        if (!next.isEmpty()) {
            send(stream, next);
        }
    }

    private synchronized boolean waits(String stream, Waiting one) {
        var lane = lanes.get(stream);
        if (lane == null) {
            lanes.put(stream, new ArrayDeque<>());
            return false;
        }
        return lane.add(one);
    }

    private synchronized List<Waiting> next(String stream) {
        var lane = lanes.getOrDefault(stream, new ArrayDeque<>());
        var together = new ArrayList<Waiting>();
        while (together.size() < MOST_TOGETHER && !lane.isEmpty()) {
            together.add(lane.remove());
        }
        if (together.isEmpty()) {
            lanes.remove(stream);
        }
        return together;
    }
}
