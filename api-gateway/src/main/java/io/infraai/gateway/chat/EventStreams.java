package io.infraai.gateway.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;

import io.infraai.contracts.chat.ChatTurn;
import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.ProblemException;
import io.infraai.gateway.security.Bearer;
import io.infraai.gateway.security.KeyWatch;

/** Tells conversations as server-sent events. */
@ApplicationScoped
class EventStreams {

    /** So that whatever stands between doesn't take the connection for dead. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final OpenStreams places;
    private final KeyWatch keys;
    private final ChatConfig config;
    private final Clock clock;

    EventStreams(OpenStreams places, KeyWatch keys, ChatConfig config, Clock clock) {
        this.places = places;
        this.keys = keys;
        this.config = config;
        this.clock = clock;
    }

    /**
     * @throws io.infraai.gateway.problem.ProblemException 429 when the reader has enough of them
     */
    void requireRoom(Bearer reader) {
        if (places.isFull(reader.actor())) {
            throw places.full();
        }
    }

    /**
     * Ends when nothing more comes of what is followed, when the reader is too slow, when its key stops working, and after
     * some minutes.
     *
     * @param follow begins to follow
     */
    Multi<OutboundSseEvent> tell(Sse sse, Bearer reader, Function<Receiver, Follower> follow) {
        return Multi.createFrom()
                .<OutboundSseEvent>emitter(emitter -> begin(sse, reader, follow, emitter), BackPressureStrategy.BUFFER)
                .select()
                .first(config.idle());
    }

    /** The only event of a stream that can't begin: its head was sent before that was known. */
    OutboundSseEvent refusal(Sse sse, Throwable failure) {
        var frame = Refusals.frame(failure);
        return event(sse, frame, frame.json());
    }

    private static OutboundSseEvent event(Sse sse, Frame frame, String json) {
        var event = sse.newEventBuilder().name(frame.type()).data(String.class, json);
        return frame.place() > 0 ? event.id(Long.toString(frame.place())).build() : event.build();
    }

    private void begin(
            Sse sse,
            Bearer reader,
            Function<Receiver, Follower> follow,
            MultiEmitter<? super OutboundSseEvent> emitter) {
        var place = places.enter(reader.actor());
        if (place.isEmpty()) {
            emitter.fail(places.full());
            return;
        }
        var stream = new Stream(sse, emitter);
        var follower = follow.apply(stream);
        var unwatch = keys.watch(reader, stream::revoked);
        emitter.onTermination(() -> {
            follower.close();
            unwatch.run();
            place.get().run();
        });
        emitter.onRequest(_ -> stream.drain());
        follower.look();
    }

    private final class Stream implements Receiver {

        private final Sse sse;
        private final MultiEmitter<? super OutboundSseEvent> emitter;
        private final Outbox outbox = new Outbox();
        private Instant lastSaid;
        private boolean quiet;

        Stream(Sse sse, MultiEmitter<? super OutboundSseEvent> emitter) {
            this.sse = sse;
            this.emitter = emitter;
            this.lastSaid = clock.instant();
        }

        @Override
        public void told(Frame frame, boolean mayBeLost) {
            if (outbox.offer(frame, mayBeLost)) {
                drain();
            } else {
                emitter.complete();
            }
        }

        @Override
        public synchronized void looked(List<ChatTurn> turns) {
            if (emitter.requested() > 0 && clock.instant().isAfter(lastSaid.plus(KEEP_ALIVE))) {
                lastSaid = clock.instant();
                emitter.emit(sse.newEventBuilder().comment("still there").build());
            }
        }

        @Override
        public synchronized void quiet() {
            quiet = true;
            drain();
        }

        /** Says why, if the reader reads. */
        void revoked() {
            told(
                    Refusals.frame(new ProblemException(ErrorCode.UNAUTHENTICATED, "The key doesn't hold any more")),
                    false);
            emitter.complete();
        }

        /** As much as the reader asks for. */
        private synchronized void drain() {
            while (emitter.requested() > 0) {
                var next = outbox.take();
                if (next.isEmpty()) {
                    break;
                }
                lastSaid = clock.instant();
                emitter.emit(event(sse, next.get().frame(), next.get().json()));
            }
            if (quiet && outbox.isEmpty()) {
                emitter.complete();
            }
        }
    }
}
