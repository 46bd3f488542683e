package io.infraai.gateway.request;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.infraai.gateway.problem.ErrorCode;
import io.infraai.gateway.problem.Problem;
import io.infraai.gateway.problem.ProblemException;

/** Reads the bodies of our own API: what is doubtful is refused, since a typo must not switch off a guard. */
public final class StrictJson {

    /** How deep JSON may be nested. */
    public static final int DEPTH = 64;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * @throws ProblemException when it is anything but one JSON object
     */
    public static ObjectNode object(byte[] body) {
        if (read(body) instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(ErrorCode.MALFORMED_JSON, "The body must be one JSON object");
    }

    /** As {@link #object}, and no body at all reads as an empty object. */
    public static ObjectNode optionalObject(byte[] body) {
        return body.length == 0 ? MAPPER.createObjectNode() : object(body);
    }

    private static JsonNode read(byte[] body) {
        var start = Utf8.check(body);
        try {
            var node = MAPPER.readTree(body, start, body.length - start);
            requireStorable(node);
            return node;
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.MALFORMED_JSON, reason(e));
        }
    }

    /** What is wrong, without the names of our classes that a parser's message ends in. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case StreamConstraintsException _ -> "The body is nested too deep or holds an overlong number or text";
            case JsonProcessingException json -> {
                var at = json.getLocation();
                var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
                yield Texts.start(String.valueOf(json.getOriginalMessage()), 200) + where;
            }
            default -> "The body could not be read";
        };
    }

    private static void requireStorable(JsonNode node) {
        var stored = true;
        if (node.isTextual()) {
            stored = Texts.storable(node.textValue());
        }
        for (var property : node.properties()) {
            stored = stored && Texts.storable(property.getKey());
        }
        if (!stored) {
            throw Problem.of(ErrorCode.MALFORMED_JSON, "The body holds U+0000 or half a surrogate pair")
                    .asException();
        }
        node.forEach(StrictJson::requireStorable);
    }
}
