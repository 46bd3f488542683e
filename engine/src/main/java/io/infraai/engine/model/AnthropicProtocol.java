package io.infraai.engine.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;

import io.infraai.contracts.identity.Secret;

/** Anthropic's Messages API. */
final class AnthropicProtocol implements Protocol {

    private static final String VERSION = "2023-06-01";

    private final ObjectMapper json;

    AnthropicProtocol(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String path() {
        return "/messages";
    }

    @Override
    public Map<String, String> headers(Optional<Secret> key) {
        var headers = new HashMap<>(Map.of("anthropic-version", VERSION));
        key.ifPresent(it -> headers.put("x-api-key", it.reveal()));
        return headers;
    }

    @Override
    public ObjectNode body(ModelRequest request, ModelsConfig.Model config) {
        var body = json.createObjectNode().put("stream", true).put("max_tokens", config.maxOutputTokens());
        config.model().ifPresent(model -> body.put("model", model));
        config.temperature().ifPresent(temperature -> body.put("temperature", temperature));
        var system = request.messages().stream()
                .filter(SystemMessage.class::isInstance)
                .map(message -> ((SystemMessage) message).text())
                .collect(Collectors.joining("\n\n"));
        if (!system.isEmpty()) {
            body.put("system", system);
        }
        var turns = body.putArray("messages");
        request.messages().forEach(message -> add(turns, message));
        if (!request.tools().isEmpty()) {
            var tools = body.putArray("tools");
            request.tools().forEach(tool -> add(tools, tool));
        }
        return body;
    }

    @Override
    public Reading reading() {
        return new AnthropicReading();
    }

    private void add(ArrayNode turns, ChatMessage message) {
        switch (message) {
            case SystemMessage _ -> {
                // has a place of its own
            }
            case UserMessage user -> addText(content(turns, "user"), user.singleText());
            case ToolExecutionResultMessage result ->
                content(turns, "user")
                        .addObject()
                        .put("type", "tool_result")
                        .put("tool_use_id", result.id())
                        .put("content", result.text());
            case AiMessage said -> add(said, content(turns, "assistant"));
            default -> throw new IllegalArgumentException("Messages are texts, unlike a " + message.type());
        }
    }

    private void add(AiMessage said, ArrayNode content) {
        if (said.text() != null) {
            addText(content, said.text());
        }
        for (var call : said.toolExecutionRequests()) {
            content.addObject()
                    .put("type", "tool_use")
                    .put("id", call.id())
                    .put("name", call.name())
                    .set("input", ToolArguments.of(call, json));
        }
    }

    /** Empty text is rejected. */
    private static void addText(ArrayNode content, String text) {
        if (!text.isBlank()) {
            content.addObject().put("type", "text").put("text", text);
        }
    }

    /** Turns alternate: all results of a turn's tools belong into the one that follows. */
    private static ArrayNode content(ArrayNode turns, String role) {
        var last = turns.path(turns.size() - 1);
        return last instanceof ObjectNode turn && turn.path("role").asText("").equals(role)
                ? turn.withArray("content")
                : turns.addObject().put("role", role).putArray("content");
    }

    private void add(ArrayNode tools, ToolSpecification tool) {
        tools.addObject()
                .put("name", tool.name())
                .put("description", tool.description())
                .set("input_schema", ToolArguments.schema(tool, json));
    }
}
