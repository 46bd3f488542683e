package io.infraai.engine.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the events of a streamed message. Kinds that aren't known are passed over, as the protocol asks for. */
final class AnthropicReading implements Protocol.Reading {

    private final Draft draft = new Draft();
    private OptionalInt tokensIn = OptionalInt.empty();
    private OptionalInt tokensOut = OptionalInt.empty();
    private String stop = "";
    private boolean ended;

    @Override
    public void take(JsonNode event, Consumer<String> tokens) {
        switch (event.path("type").asText("")) {
            case "message_start" -> count(event.path("message").path("usage"));
            case "content_block_start" -> begin(event.path("index"), event.path("content_block"), tokens);
            case "content_block_delta" -> more(event.path("index"), event.path("delta"), tokens);
            case "message_delta" -> {
                stop = event.path("delta").path("stop_reason").asText(stop);
                count(event.path("usage"));
            }
            case "message_stop" -> ended = true;
            case "error" -> throw Complaint.during(event.path("error"));
            default -> {
                // ping, the end of a block, and what is yet to be invented
            }
        }
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public Whole whole() {
        if (stop.equals("refusal")) {
            throw Complaint.refused("");
        }
        if (stop.isEmpty() && !ended) {
            throw Complaint.cut(draft.isEmpty());
        }
        return new Whole(draft.message(), tokensIn, tokensOut);
    }

    private void begin(JsonNode index, JsonNode block, Consumer<String> tokens) {
        if (block.path("type").asText("").equals("tool_use")) {
            draft.call(
                    Optional.of(index.asInt()),
                    block.path("id").asText(""),
                    block.path("name").asText(""),
                    "");
            tokens.accept("");
        }
    }

    private void more(JsonNode index, JsonNode delta, Consumer<String> tokens) {
        switch (delta.path("type").asText("")) {
            case "text_delta" -> {
                var text = delta.path("text").asText("");
                draft.say(text);
                tokens.accept(text);
            }
            case "input_json_delta" -> {
                draft.call(
                        Optional.of(index.asInt()),
                        "",
                        "",
                        delta.path("partial_json").asText(""));
                tokens.accept("");
            }
            default -> tokens.accept("");
        }
    }

    /** Tokens read from and written to the cache are sent as well. */
    private void count(JsonNode usage) {
        if (usage.has("input_tokens")) {
            tokensIn = OptionalInt.of(Math.max(
                    0,
                    usage.path("input_tokens").asInt()
                            + usage.path("cache_read_input_tokens").asInt()
                            + usage.path("cache_creation_input_tokens").asInt()));
        }
        if (usage.has("output_tokens")) {
            tokensOut = OptionalInt.of(Math.max(0, usage.path("output_tokens").asInt()));
        }
    }
}
