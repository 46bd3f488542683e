package io.infraai.gateway.tools;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.datasource.stream.StreamRange;
import io.quarkus.redis.datasource.stream.XReadArgs;

import io.infraai.contracts.stream.Streams;

/** Answers reading calls as an engine would. */
public final class ScriptedEngine {

    private final RedisDataSource redis;
    private final ObjectMapper json = new ObjectMapper();

    public ScriptedEngine(RedisDataSource redis) {
        this.redis = redis;
    }

    /** Answers the first call after now with this text, in which {@code %s} stands for the call's id. */
    public Thread answering(String form) {
        var newest = redis.stream(String.class).xrevrange(Streams.CALLS, StreamRange.of("+", "-"), 1);
        var from = newest.isEmpty() ? "0" : newest.getFirst().id();
        return Thread.ofVirtual().start(() -> answerCallAfter(from, form));
    }

    private void answerCallAfter(String from, String form) {
        var streams = redis.stream(String.class);
        var read = streams.xread(Streams.CALLS, from, new XReadArgs().count(1).block(Duration.ofSeconds(5)));
        try {
            var call = json.readTree(read.getFirst().payload().get("data"));
            streams.xadd(
                    call.path("replyTo").asText(),
                    Map.of("data", form.formatted(call.path("callId").asText())));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
