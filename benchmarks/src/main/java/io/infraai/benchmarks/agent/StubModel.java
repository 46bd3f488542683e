package io.infraai.benchmarks.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.jackson.DatabindCodec;

import io.infraai.benchmarks.loop.StubServer;

/**
 * An OpenAI-compatible server that thinks for no time. {@code calls=20} in a message makes it call a tool twenty times, one
 * after the other; {@code tokens=200} makes it write so many, at a steady rate, each the time at which it was sent.
 */
final class StubModel implements AutoCloseable {

    /** Reads a table that is empty. */
    private static final String TOOL = "list_episodes";

    static final int TOKENS_A_SECOND = 20;

    private static final Pattern CALLS = Pattern.compile("calls=(\\d+)");
    private static final Pattern TOKENS = Pattern.compile("tokens=(\\d+)");

    private final Vertx vertx;
    private final StubServer server;

    StubModel(Vertx vertx) {
        this.vertx = vertx;
        this.server = StubServer.start(vertx, this::answer);
    }

    String url() {
        return server.url() + "/v1";
    }

    private void answer(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            var response = request.response().setChunked(true).putHeader("Content-Type", "text/event-stream");
            var messages = messages(body);
            var asked = asked(messages);
            var called = results(messages);
            if (called < number(CALLS, asked)) {
                call(response, called);
            } else {
                write(response, number(TOKENS, asked));
            }
        });
    }

    private static JsonNode messages(Buffer body) {
        try {
            return DatabindCodec.mapper().readTree(body.getBytes()).path("messages");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String asked(JsonNode messages) {
        var asked = "";
        for (var message : messages) {
            if (message.path("role").asText().equals("user")) {
                asked = message.path("content").toString();
            }
        }
        return asked;
    }

    private static int results(JsonNode messages) {
        return (int) messages.valueStream()
                .filter(message -> message.path("role").asText().equals("tool"))
                .count();
    }

    private static int number(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    /** Each time for another span: what repeats itself isn't called. */
    private static void call(HttpServerResponse response, int number) {
        var delta = JsonNodeFactory.instance.objectNode();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", 0)
                .put("id", "call-" + number)
                .put("type", "function")
                .putObject("function")
                .put("name", TOOL)
                .put("arguments", "{\"hours\":" + (number + 1) + "}");
        response.write(event(chunk(delta, "")));
        end(response, "tool_calls");
    }

    private void write(HttpServerResponse response, int tokens) {
        if (tokens == 0) {
            response.write(event(chunk(JsonNodeFactory.instance.objectNode().put("content", "Done."), "")));
            end(response, "stop");
            return;
        }
        var written = new AtomicInteger();
        vertx.setPeriodic(1_000 / TOKENS_A_SECOND, timer -> {
            var text = "@" + micros() + " ";
            response.write(event(chunk(JsonNodeFactory.instance.objectNode().put("content", text), "")));
            if (written.incrementAndGet() == tokens) {
                vertx.cancelTimer(timer);
                end(response, "stop");
            }
        });
    }

    static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    private static void end(HttpServerResponse response, String reason) {
        response.write(event(chunk(JsonNodeFactory.instance.objectNode(), reason)));
        var usage = envelope();
        usage.putArray("choices");
        usage.putObject("usage")
                .put("prompt_tokens", 1)
                .put("completion_tokens", 1)
                .put("total_tokens", 2);
        response.write(event(usage));
        response.end("data: [DONE]\n\n");
    }

    private static ObjectNode chunk(ObjectNode delta, String finish) {
        var chunk = envelope();
        var choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finish.isEmpty() ? null : finish);
        return chunk;
    }

    private static ObjectNode envelope() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", "chatcmpl-1")
                .put("object", "chat.completion.chunk")
                .put("model", "stub");
    }

    private static String event(JsonNode chunk) {
        return "data: " + chunk + "\n\n";
    }

    @Override
    public void close() {
        server.close();
    }
}
