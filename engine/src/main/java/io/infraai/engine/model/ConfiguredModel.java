package io.infraai.engine.model;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

import io.infraai.contracts.chat.Usage;

/** One model by its configured name: repeats what failed for a passing reason, and leaves alone what keeps failing. */
final class ConfiguredModel {

    private static final Logger LOG = Logger.getLogger(ConfiguredModel.class);

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    /** English and JSON have some four characters a token. */
    private static final int CHARACTERS_A_TOKEN = 4;

    private final String name;
    private final ModelsConfig.Model config;
    private final Provider provider;
    private final Breaker breaker;
    private final Vertx vertx;
    private final ModelMeters meters;
    private final ModelSpans spans;

    ConfiguredModel(
            String name,
            ModelsConfig.Model config,
            Provider provider,
            Vertx vertx,
            ModelMeters meters,
            ModelSpans spans,
            Clock clock) {
        this.name = name;
        this.config = config;
        this.provider = provider;
        this.breaker = new Breaker(config.breakerFailures(), config.breakerDelay(), clock);
        this.vertx = vertx;
        this.meters = meters;
        meters.watch(breaker);
        this.spans = spans;
    }

    String name() {
        return name;
    }

    /** What was foreseen fails as {@link CannotAnswer}. */
    Uni<ModelEvent.Answered> answer(Turn turn) {
        return attempt(turn, 1);
    }

    private Uni<ModelEvent.Answered> attempt(Turn turn, int number) {
        return Uni.createFrom()
                .deferred(() -> once(turn))
                .onFailure(CannotAnswer.class)
                .recoverWithUni(failure -> again(turn, number, failure));
    }

    private Uni<ModelEvent.Answered> once(Turn turn) {
        if (turn.patience().toMillis() <= 0) {
            return Uni.createFrom()
                    .failure(new CannotAnswer(ModelFailure.TIMED_OUT, "wasn't asked any more: the time was up"));
        }
        if (!breaker.lets()) {
            return Uni.createFrom()
                    .failure(new CannotAnswer(
                            ModelFailure.HELD_BACK,
                            "failed several times in a row and is left alone for "
                                    + config.breakerDelay().toSeconds() + " s; try again later"));
        }
        return spans.during(turn, () -> asked(turn));
    }

    private Uni<ModelEvent.Answered> asked(Turn turn) {
        var start = System.nanoTime();
        return Attempt.of(provider, turn, config, vertx)
                .map(whole -> new ModelEvent.Answered(name, whole.message(), usage(turn, whole)))
                .onItem()
                .invoke(answered -> succeeded(answered, since(start)))
                .onFailure(CannotAnswer.class)
                .invoke(failure -> failed(failure, since(start)));
    }

    private void succeeded(ModelEvent.Answered answered, Duration took) {
        breaker.succeeded();
        meters.answered(took, answered.usage());
    }

    private void failed(CannotAnswer failure, Duration took) {
        meters.failed(took, failure.reason());
        LOG.warnf("The model %s gave no answer: %s", name, failure.reason());
        LOG.debugf("The model %s %s", name, failure.sentence());
        if (failure.blamesTheProvider()) {
            breaker.failed();
        }
    }

    private Uni<ModelEvent.Answered> again(Turn turn, int number, CannotAnswer failure) {
        var wait = failure.retryAfter().orElse(FIRST_WAIT.multipliedBy(number));
        var pointless = !failure.passing()
                || number >= config.attempts()
                || turn.hasSpoken()
                || wait.compareTo(turn.patience()) >= 0;
        if (pointless) {
            return Uni.createFrom().failure(failure);
        }
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(wait.plusMillis(1))
                .chain(() -> attempt(turn, number + 1));
    }

    private Usage usage(Turn turn, Whole whole) {
        var in = counted(whole.tokensIn(), () -> turn.request().messages().toString());
        var out = counted(whole.tokensOut(), () -> whole.message().toString());
        var cost = config.priceIn()
                .multiply(BigDecimal.valueOf(in))
                .add(config.priceOut().multiply(BigDecimal.valueOf(out)));
        // a price for a million tokens is millionths for one
        return new Usage(in, out, cost.setScale(0, RoundingMode.CEILING).longValue());
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static int counted(OptionalInt count, Supplier<String> text) {
        return count.orElseGet(() -> text.get().length() / CHARACTERS_A_TOKEN);
    }
}
