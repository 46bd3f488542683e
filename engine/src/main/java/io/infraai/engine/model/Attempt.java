package io.infraai.engine.model;

import java.time.Duration;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** One request to one model, given up when a token is late. */
final class Attempt {

    private final Vertx vertx;
    private final Turn turn;
    private final Duration firstToken;
    private final Duration nextToken;
    private final boolean hurried;
    private final UniEmitter<? super Whole> emitter;
    private @Nullable Cancellable running;
    private long latest = System.nanoTime();
    private boolean begun;
    private boolean over;
    private long timer;

    private Attempt(Vertx vertx, Turn turn, ModelsConfig.Model config, UniEmitter<? super Whole> emitter) {
        this.vertx = vertx;
        this.turn = turn;
        this.firstToken = shorter(config.firstToken(), turn.patience());
        this.hurried = firstToken.compareTo(config.firstToken()) < 0;
        this.nextToken = config.nextToken();
        this.emitter = emitter;
    }

    static Uni<Whole> of(Provider provider, Turn turn, ModelsConfig.Model config, Vertx vertx) {
        return Uni.createFrom().emitter(emitter -> new Attempt(vertx, turn, config, emitter).start(provider));
    }

    private void start(Provider provider) {
        emitter.onTermination(this::end);
        watch(firstToken);
        var asked = provider.ask(turn.request(), this::token).subscribe().with(emitter::complete, emitter::fail);
        synchronized (this) {
            running = asked;
            if (!over) {
                return;
            }
        }
        asked.cancel();
    }

    private void token(String text) {
        synchronized (this) {
            if (over) {
                return;
            }
            begun = true;
            latest = System.nanoTime();
        }
        if (!text.isEmpty()) {
            turn.say(text);
        }
    }

    /** Looks again when the token that is waited for would be late: one timer for all of them. */
    private synchronized void watch(Duration left) {
        if (!over) {
            timer = vertx.setTimer(Math.max(1, shorter(left, turn.time()).toMillis()), _ -> look());
        }
    }

    private void look() {
        Duration left;
        synchronized (this) {
            var since = Duration.ofNanos(System.nanoTime() - latest);
            left = (begun ? nextToken : firstToken).minus(since);
        }
        if (left.toMillis() > 0 && turn.time().toMillis() > 0) {
            watch(left);
        } else {
            emitter.fail(late());
        }
    }

    private synchronized CannotAnswer late() {
        if (!begun) {
            var sentence = "didn't begin to answer within " + seconds(firstToken) + " s; try again later";
            return hurried ? CannotAnswer.hurried(sentence) : new CannotAnswer(ModelFailure.TIMED_OUT, sentence);
        }
        return turn.time().toMillis() > 0
                ? new CannotAnswer(
                        ModelFailure.TIMED_OUT,
                        "fell silent for " + seconds(nextToken) + " s in the middle of its answer; ask again")
                : CannotAnswer.hurried("didn't finish its answer in time; ask for less");
    }

    private void end() {
        Cancellable left;
        synchronized (this) {
            over = true;
            vertx.cancelTimer(timer);
            left = running;
        }
        if (left != null) {
            left.cancel();
        }
    }

    private static String seconds(Duration duration) {
        var tenths = Math.max(1, duration.toMillis() / 100);
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
