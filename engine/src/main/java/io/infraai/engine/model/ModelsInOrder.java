package io.infraai.engine.model;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.core.Vertx;
import org.jboss.logging.Logger;

import io.infraai.messaging.redis.tracing.Spans;

/** Asks the first configured model; the next one when it can't answer and nothing was told yet. */
@ApplicationScoped
class ModelsInOrder implements ModelTurns {

    private static final Logger LOG = Logger.getLogger(ModelsInOrder.class);

    private final Map<String, ConfiguredModel> models = new LinkedHashMap<>();
    private final Duration patience;
    private final Vertx vertx;
    private final Clock clock;

    ModelsInOrder(
            ModelsConfig config, Providers providers, Vertx vertx, MeterRegistry metrics, Clock clock, Spans spans) {
        this.patience = config.patience();
        this.vertx = vertx;
        this.clock = clock;
        for (var name : config.order()) {
            var model = Objects.requireNonNull(config.byName().get(name), "the mapping has defaults");
            models.put(
                    name,
                    new ConfiguredModel(
                            name,
                            model,
                            providers.of(name, model),
                            vertx,
                            new ModelMeters(name, metrics),
                            new ModelSpans(name, model, spans),
                            clock));
        }
    }

    /** Events come on the Vert.x context of whoever subscribes. */
    @Override
    public Multi<ModelEvent> ask(ModelRequest request) {
        return Multi.createFrom().deferred(() -> {
            var context = vertx.getOrCreateContext();
            return Multi.createFrom()
                    .<ModelEvent>emitter(
                            emitter -> {
                                var turn = new Turn(request, patience, emitter::emit, clock);
                                var running = last(turn).subscribe().with(event -> {
                                    emitter.emit(event);
                                    emitter.complete();
                                });
                                emitter.onTermination(running::cancel);
                            },
                            BackPressureStrategy.BUFFER)
                    .emitOn(event -> context.runOnContext(_ -> event.run()));
        });
    }

    private Uni<ModelEvent> last(Turn turn) {
        var asked = turn.request().model();
        var order = asked.map(
                        name -> Optional.ofNullable(models.get(name)).stream().toList())
                .orElseGet(() -> List.copyOf(models.values()));
        if (order.isEmpty()) {
            return Uni.createFrom().item(new ModelEvent.Failed(ModelFailure.NOT_CONFIGURED, unknown(asked)));
        }
        return from(order, turn, "").onFailure().recoverWithItem(ModelsInOrder::bug);
    }

    private Uni<ModelEvent> from(List<ConfiguredModel> order, Turn turn, String before) {
        var model = order.getFirst();
        var rest = order.subList(1, order.size());
        return model.answer(turn)
                .<ModelEvent>map(answered -> answered)
                .onFailure(CannotAnswer.class)
                .recoverWithUni(failure -> {
                    var said = before + "The model " + model.name() + " " + failure.sentence() + ".";
                    var over = rest.isEmpty() || turn.hasSpoken() || !failure.otherModelMay();
                    return over
                            ? Uni.createFrom().item(new ModelEvent.Failed(failure.reason(), said))
                            : from(rest, turn, said + " ");
                });
    }

    private String unknown(Optional<String> asked) {
        return asked.map(name -> "There is no model named " + name + " in infraai.models.order, only "
                        + String.join(", ", models.keySet()) + ".")
                .orElse("No model is configured; name one in infraai.models.order.");
    }

    private static ModelEvent bug(Throwable bug) {
        LOG.error("Asking a model hit a bug", bug);
        return new ModelEvent.Failed(ModelFailure.PROVIDER_ERROR, "Internal error, see the engine's log.");
    }
}
