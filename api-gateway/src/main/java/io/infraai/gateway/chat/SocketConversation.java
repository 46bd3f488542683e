package io.infraai.gateway.chat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

import io.infraai.gateway.problem.ProblemException;

/**
 * One open WebSocket. What its client says is carried out one after the other; what it is told waits in a bounded outbox until
 * the connection has taken what was sent before. All of it happens on the connection's event loop, but for the filling of the
 * outbox.
 */
final class SocketConversation implements Receiver {

    static final int GOING_AWAY = 1001;
    static final int POLICY = 1008;
    static final int TRY_AGAIN_LATER = 1013;

    /** Of the range that is left to applications, after HTTP's 401: without another key there is no use in coming back. */
    static final int UNAUTHENTICATED = 4401;

    private static final Logger LOG = Logger.getLogger(SocketConversation.class);

    private static final int MOST_A_SECOND = 10;
    private static final int MOST_WAITING = 20;
    private static final int MOST_MALFORMED = 3;

    private final WebSocketConnection connection;
    private final ChatSpeaker speaker;
    private final Duration idle;
    private final Clock clock;
    private final Context context;
    private final Outbox outbox = new Outbox();
    private final Queue<ClientFrame> inbox = new ArrayDeque<>();
    private final Queue<Runnable> atClose = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final AtomicBoolean closing = new AtomicBoolean();
    private boolean working = true;
    private int malformed;
    private Instant second = Instant.MIN;
    private int thisSecond;
    private volatile Instant lastActive;

    /** On the connection's event loop. */
    SocketConversation(WebSocketConnection connection, ChatSpeaker speaker, Duration idle, Clock clock) {
        this.connection = connection;
        this.speaker = speaker;
        this.idle = idle;
        this.clock = clock;
        this.context = Vertx.currentContext();
        this.lastActive = clock.instant();
    }

    void whenClosed(Runnable action) {
        atClose.add(action);
    }

    void begin(SocketWish wish) {
        watchIdleness(idle);
        whenClosed(speaker::close);
        finish(speaker.begin(wish, this));
    }

    private void watchIdleness(Duration wait) {
        context.owner().setTimer(Math.max(1, wait.toMillis()), _ -> {
            if (closing.get()) {
                return;
            }
            var left = Duration.between(clock.instant(), lastActive.plus(idle));
            if (left.isPositive()) {
                watchIdleness(left);
            } else {
                close(GOING_AWAY, "nothing was said for a while");
            }
        });
    }

    /** A frame that isn't text comes as an empty one, which is malformed too. */
    void said(String text) {
        if (closing.get()) {
            return;
        }
        lastActive = clock.instant();
        if (isTooMuch(lastActive)) {
            close(POLICY, "more than " + MOST_A_SECOND + " frames a second");
            return;
        }
        try {
            inbox.add(ClientFrame.read(text));
            malformed = 0;
        } catch (ProblemException e) {
            told(Refusals.frame(e.problem()), false);
            if (++malformed >= MOST_MALFORMED) {
                close(POLICY, "three malformed frames in a row");
            }
            return;
        }
        next();
    }

    private boolean isTooMuch(Instant now) {
        if (now.isAfter(second.plusSeconds(1))) {
            second = now;
            thisSecond = 0;
        }
        return ++thisSecond > MOST_A_SECOND || inbox.size() >= MOST_WAITING;
    }

    private void next() {
        var frame = working ? null : inbox.poll();
        if (frame == null || closing.get()) {
            return;
        }
        working = true;
        finish(speaker.may().chain(may -> {
            if (!may) {
                revoked();
                return Uni.createFrom().voidItem();
            }
            return speaker.carryOut(frame, this);
        }));
    }

    private void finish(Uni<Void> work) {
        var _ = work.subscribe().with(_ -> goOn(), failure -> {
            told(Refusals.frame(failure), false);
            goOn();
        });
    }

    private void goOn() {
        context.runOnContext(_ -> {
            working = false;
            next();
        });
    }

    @Override
    public void told(Frame frame, boolean mayBeLost) {
        if (outbox.offer(frame, mayBeLost)) {
            send();
        } else {
            close(TRY_AGAIN_LATER, "too slow: come back with after=");
        }
    }

    private void send() {
        if (sending.compareAndSet(false, true)) {
            context.runOnContext(_ -> sendNext());
        }
    }

    /** One frame at a time: the connection says when it has taken it. */
    private void sendNext() {
        var next = outbox.take();
        if (next.isEmpty() || connection.isClosed()) {
            sending.set(false);
            if (!outbox.isEmpty() && connection.isOpen()) {
                send();
            }
            return;
        }
        var _ = connection.sendText(next.get().json()).subscribe().with(_ -> sent(), _ -> closed());
    }

    private void sent() {
        lastActive = clock.instant();
        context.runOnContext(_ -> sendNext());
    }

    /** The key doesn't let anybody in any more. */
    void revoked() {
        close(UNAUTHENTICATED, "the key doesn't hold any more");
    }

    private void close(int code, String reason) {
        if (closing.compareAndSet(false, true)) {
            context.runOnContext(_ -> {
                var _ = connection
                        .close(new CloseReason(code, reason))
                        .subscribe()
                        .with(_ -> {}, failure -> LOG.debugf("A WebSocket closed badly: %s", failure.getMessage()));
            });
            tidy();
        }
    }

    /** What came can't be read: too large, or no WebSocket's. */
    void broken(int code) {
        close(code, "the frame can't be read");
    }

    void closed() {
        closing.set(true);
        tidy();
    }

    private void tidy() {
        for (var action = atClose.poll(); action != null; action = atClose.poll()) {
            action.run();
        }
    }
}
