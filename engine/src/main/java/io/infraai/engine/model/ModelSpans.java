package io.infraai.engine.model;

import java.util.Locale;
import java.util.function.Supplier;

import io.smallrye.mutiny.Uni;

import io.infraai.messaging.redis.tracing.Spans;
import io.infraai.messaging.redis.tracing.Trail;

/** What one model does, told in spans by OpenTelemetry's conventions for generative models. Nothing of what is said. */
final class ModelSpans {

    private final String name;
    private final String provider;
    private final String model;
    private final Spans spans;

    ModelSpans(String name, ModelsConfig.Model config, Spans spans) {
        this.name = name;
        this.provider = config.provider().orElse(name);
        this.model = config.model().orElse(name);
        this.spans = spans;
    }

    /** One request. */
    Uni<ModelEvent.Answered> during(Turn turn, Supplier<Uni<ModelEvent.Answered>> request) {
        var trail = Trail.under(turn.request().traceparent());
        return spans.calling("chat " + name, trail, step -> {
            step.tell("gen_ai.operation.name", "chat")
                    .tell("gen_ai.provider.name", provider)
                    .tell("gen_ai.request.model", model);
            return request.get()
                    .invoke(answered -> step.tell(
                                    "gen_ai.usage.input_tokens",
                                    answered.usage().tokensIn())
                            .tell("gen_ai.usage.output_tokens", answered.usage().tokensOut()))
                    .onFailure(CannotAnswer.class)
                    .invoke(failure -> step.tell(
                            "infraai.model.failure", failure.reason().name().toLowerCase(Locale.ROOT)));
        });
    }
}
