package io.infraai.worker.execution;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

/** Parameters and identities of tools as JSON, in snake case as policies write them. */
@ApplicationScoped
class ToolJson {

    private final ObjectMapper json;

    ToolJson(ObjectMapper json) {
        this.json = json.copy()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    /** Empty when the tree doesn't fit the record. */
    <R extends Record> Optional<R> read(JsonNode tree, Class<R> type) {
        try {
            return Optional.of(json.treeToValue(tree, type));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    JsonNode write(Record value) {
        return json.valueToTree(value);
    }
}
