package io.infraai.testkit.model;

import java.io.UncheckedIOException;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A request as it arrived.
 *
 * @param headers by names in lower case
 */
public record Asked(String path, Map<String, String> headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of the last message. */
    public String lastMessage() {
        var messages = json().path("messages");
        return messages.path(messages.size() - 1).path("content").asText("");
    }
}
