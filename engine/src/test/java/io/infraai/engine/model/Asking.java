package io.infraai.engine.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

import io.infraai.messaging.redis.tracing.Spans;

/** Models as they are configured, asked the same question again and again. */
final class Asking implements AutoCloseable {

    static final ToolSpecification TOOL = ToolSpecification.builder()
            .name("list_pods")
            .description("Lists pods")
            .parameters(JsonObjectSchema.builder()
                    .addStringProperty("namespace")
                    .required("namespace")
                    .build())
            .build();

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry metrics = new SimpleMeterRegistry();
    private final ModelsInOrder models;

    Asking(Map<String, String> keys, Map<String, StreamingChatModel> local) {
        var config = config(keys);
        var clock = Clock.systemUTC();
        LocalModels beans = name -> Optional.ofNullable(local.get(name));
        this.models = new ModelsInOrder(
                config,
                new Providers(beans, vertx, new ObjectMapper(), clock),
                vertx,
                metrics,
                clock,
                Spans.untraced());
    }

    /** One model, with more of its keys where a test needs them. */
    static Asking only(String url, String... more) {
        return new Asking(
                keys(Map.of("infraai.models.order", "primary"), model("primary", url), pairs(more)), Map.of());
    }

    static Map<String, String> model(String name, String url) {
        var prefix = "infraai.models." + name;
        return Map.of(
                prefix + ".provider", "openai",
                prefix + ".base-url", url,
                prefix + ".model", "scripted-1",
                prefix + ".first-token", "5s",
                prefix + ".next-token", "400ms",
                prefix + ".price-in", "2.50",
                prefix + ".price-out", "10");
    }

    @SafeVarargs
    static Map<String, String> keys(Map<String, String>... parts) {
        var keys = new HashMap<String, String>();
        for (var part : parts) {
            keys.putAll(part);
        }
        return keys;
    }

    static ModelsConfig config(Map<String, String> keys) {
        var builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ModelsConfig.class);
        keys.forEach(builder::withDefaultValue);
        return builder.build().getConfigMapping(ModelsConfig.class);
    }

    static ModelRequest question() {
        return question(Duration.ofSeconds(10));
    }

    static ModelRequest question(Duration time) {
        return new ModelRequest(
                List.of(SystemMessage.from("You run things."), UserMessage.from("Which pods are down?")),
                List.of(TOOL),
                Instant.now().plus(time));
    }

    Heard ask() {
        return ask(question());
    }

    Heard ask(ModelRequest request) {
        var start = System.nanoTime();
        var events = models.ask(request).collect().asList().await().atMost(Duration.ofSeconds(20));
        return new Heard(events, Duration.ofNanos(System.nanoTime() - start));
    }

    MeterRegistry metrics() {
        return metrics;
    }

    ModelTurns models() {
        return models;
    }

    @Override
    public void close() {
        vertx.close();
    }

    private static Map<String, String> pairs(String... more) {
        var pairs = new HashMap<String, String>();
        for (var index = 0; index < more.length; index += 2) {
            pairs.put("infraai.models." + more[index], more[index + 1]);
        }
        return pairs;
    }

    /** What came of a question. */
    record Heard(List<ModelEvent> events, Duration took) {

        String text() {
            var text = new StringBuilder();
            for (var event : events) {
                if (event instanceof ModelEvent.Text(var delta)) {
                    text.append(delta);
                }
            }
            return text.toString();
        }

        ModelEvent last() {
            return events.getLast();
        }

        ModelEvent.Answered answered() {
            return (ModelEvent.Answered) last();
        }

        ModelEvent.Failed failed() {
            return (ModelEvent.Failed) last();
        }
    }
}
