package io.infraai.engine.model;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Reads the chunks of a streamed chat completion. */
final class OpenAiReading implements Protocol.Reading {

    private final Draft draft = new Draft();
    private final StringBuilder refusal = new StringBuilder();
    private JsonNode usage = MissingNode.getInstance();
    private String finish = "";

    @Override
    public void take(JsonNode chunk, Consumer<String> tokens) {
        if (chunk.hasNonNull("error")) {
            throw Complaint.during(chunk.path("error"));
        }
        if (chunk.path("usage").isObject()) {
            usage = chunk.path("usage");
        }
        var choice = chunk.path("choices").path(0);
        finish = choice.path("finish_reason").asText(finish);
        var delta = choice.path("delta");
        refusal.append(text(delta, "refusal"));
        var content = text(delta, "content");
        if (!content.isEmpty()) {
            draft.say(content);
            tokens.accept(content);
        } else if (isToken(delta)) {
            tokens.accept("");
        }
        for (var call : delta.path("tool_calls")) {
            add(call);
        }
    }

    /** The count of tokens follows the end, so it is the connection that says when there is no more. */
    @Override
    public boolean ended() {
        return false;
    }

    @Override
    public Whole whole() {
        if (!refusal.isEmpty()) {
            throw Complaint.refused(refusal.toString());
        }
        if (finish.equals("content_filter")) {
            throw Complaint.filtered();
        }
        if (finish.isEmpty()) {
            throw Complaint.cut(draft.isEmpty());
        }
        return new Whole(draft.message(), count("prompt_tokens"), count("completion_tokens"));
    }

    private void add(JsonNode call) {
        var function = call.path("function");
        var index = call.path("index");
        draft.call(
                index.isInt() ? Optional.of(index.intValue()) : Optional.empty(),
                text(call, "id"),
                text(function, "name"),
                text(function, "arguments"));
    }

    /** Servers that show how a model reasons agree on no name for it. */
    private static boolean isToken(JsonNode delta) {
        return !delta.path("tool_calls").isEmpty()
                || !text(delta, "refusal").isEmpty()
                || !text(delta, "reasoning_content").isEmpty()
                || !text(delta, "reasoning").isEmpty();
    }

    private OptionalInt count(String name) {
        var count = usage.path(name);
        return count.isInt() && count.intValue() >= 0 ? OptionalInt.of(count.intValue()) : OptionalInt.empty();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asText("");
    }
}
