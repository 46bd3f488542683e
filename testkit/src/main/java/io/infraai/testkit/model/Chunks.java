package io.infraai.testkit.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The pieces of a streamed chat completion. */
final class Chunks {

    /** What every scripted answer says that it took. */
    static final int TOKENS_IN = 11;

    static final int TOKENS_OUT = 7;

    private Chunks() {}

    static String role() {
        return chunk(delta().put("role", "assistant").put("content", ""));
    }

    static String text(String text) {
        return chunk(delta().put("content", text));
    }

    static String refusal(String text) {
        return chunk(delta().put("refusal", text));
    }

    static String call(int index, String id, String tool, String arguments) {
        var delta = delta();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", index)
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", tool)
                .put("arguments", arguments);
        return chunk(delta);
    }

    static String more(int index, String arguments) {
        var delta = delta();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", index)
                .putObject("function")
                .put("arguments", arguments);
        return chunk(delta);
    }

    static String finish(String reason) {
        var chunk = envelope();
        var choice = chunk.withArray("choices").addObject().put("index", 0);
        choice.putObject("delta");
        choice.put("finish_reason", reason);
        return chunk.toString();
    }

    static String usage() {
        var chunk = envelope();
        chunk.putObject("usage")
                .put("prompt_tokens", TOKENS_IN)
                .put("completion_tokens", TOKENS_OUT)
                .put("total_tokens", TOKENS_IN + TOKENS_OUT);
        return chunk.toString();
    }

    static String empty() {
        return envelope().toString();
    }

    static String error(String message) {
        var error = JsonNodeFactory.instance.objectNode();
        error.putObject("error").put("message", message).put("type", "scripted");
        return error.toString();
    }

    private static ObjectNode delta() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String chunk(ObjectNode delta) {
        var chunk = envelope();
        var choice = chunk.withArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("finish_reason");
        return chunk.toString();
    }

    private static ObjectNode envelope() {
        var chunk = JsonNodeFactory.instance.objectNode();
        chunk.put("id", "chatcmpl-1").put("object", "chat.completion.chunk").put("model", "scripted");
        chunk.putArray("choices");
        return chunk;
    }
}
