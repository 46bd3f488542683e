package io.infraai.engine.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** One question on its way through the models: what is left of its time, and whether something was told already. */
final class Turn {

    private final ModelRequest request;
    private final Consumer<ModelEvent> told;
    private final Clock clock;
    private final Instant patienceEnds;
    private volatile boolean spoken;

    Turn(ModelRequest request, Duration patience, Consumer<ModelEvent> told, Clock clock) {
        this.request = request;
        this.told = told;
        this.clock = clock;
        this.patienceEnds = clock.instant().plus(patience);
    }

    ModelRequest request() {
        return request;
    }

    void say(String delta) {
        spoken = true;
        told.accept(new ModelEvent.Text(delta));
    }

    /** Once the user has read something, no other answer may follow it. */
    boolean hasSpoken() {
        return spoken;
    }

    /** Until a first token has to be there; not positive when there is none left. */
    Duration patience() {
        var left = Duration.between(clock.instant(), patienceEnds);
        var whole = time();
        return left.compareTo(whole) < 0 ? left : whole;
    }

    /** Until the answer has to be whole. */
    Duration time() {
        return Duration.between(clock.instant(), request.deadline());
    }
}
