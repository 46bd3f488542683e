package io.infraai.messaging.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Turns payloads into what is written: text as it is, everything else as JSON. */
record PayloadWriter(ObjectMapper json) {

    /** @throws IllegalArgumentException if the payload has no JSON form */
    String write(@Nullable Object payload) {
        return switch (payload) {
            case null -> throw new IllegalArgumentException("A message without payload can't be written");
            case CharSequence text -> text.toString();
            case JsonObject object -> object.encode();
            case JsonArray array -> array.encode();
            case Buffer buffer -> buffer.toString();
            default -> encode(payload);
        };
    }

    private String encode(Object payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "No JSON can be made of a " + payload.getClass().getName(), e);
        }
    }
}
