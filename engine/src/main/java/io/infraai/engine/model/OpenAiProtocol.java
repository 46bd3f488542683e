package io.infraai.engine.model;

import java.util.Map;
import java.util.Optional;

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

/** OpenAI's chat completions, which most servers speak. */
final class OpenAiProtocol implements Protocol {

    private final ObjectMapper json;
    private final String limit;

    /**
     * @param limit what the server calls the most tokens to answer with: OpenAI has renamed it, others haven't followed
     */
    OpenAiProtocol(ObjectMapper json, String limit) {
        this.json = json;
        this.limit = limit;
    }

    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> headers(Optional<Secret> key) {
        return key.map(it -> Map.of("Authorization", "Bearer " + it.reveal())).orElseGet(Map::of);
    }

    @Override
    public ObjectNode body(ModelRequest request, ModelsConfig.Model config) {
        var body = json.createObjectNode().put("stream", true).put(limit, config.maxOutputTokens());
        config.model().ifPresent(model -> body.put("model", model));
        config.temperature().ifPresent(temperature -> body.put("temperature", temperature));
        body.putObject("stream_options").put("include_usage", true);
        var messages = body.putArray("messages");
        request.messages().forEach(message -> add(messages, message));
        if (!request.tools().isEmpty()) {
            var tools = body.putArray("tools");
            request.tools().forEach(tool -> add(tools, tool));
        }
        return body;
    }

    @Override
    public Reading reading() {
        return new OpenAiReading();
    }

    private void add(ArrayNode messages, ChatMessage message) {
        switch (message) {
            case SystemMessage system ->
                messages.addObject().put("role", "system").put("content", system.text());
            case UserMessage user -> messages.addObject().put("role", "user").put("content", user.singleText());
            case ToolExecutionResultMessage result ->
                messages.addObject()
                        .put("role", "tool")
                        .put("tool_call_id", result.id())
                        .put("content", result.text());
            case AiMessage said -> add(messages.addObject().put("role", "assistant"), said);
            default -> throw new IllegalArgumentException("Messages are texts, unlike a " + message.type());
        }
    }

    private void add(ObjectNode message, AiMessage said) {
        message.put("content", said.text());
        if (said.hasToolExecutionRequests()) {
            var calls = message.putArray("tool_calls");
            for (var call : said.toolExecutionRequests()) {
                calls.addObject()
                        .put("id", call.id())
                        .put("type", "function")
                        .putObject("function")
                        .put("name", call.name())
                        .put("arguments", ToolArguments.of(call, json).toString());
            }
        }
    }

    private void add(ArrayNode tools, ToolSpecification tool) {
        var function = tools.addObject().put("type", "function").putObject("function");
        function.put("name", tool.name()).put("description", tool.description());
        function.set("parameters", ToolArguments.schema(tool, json));
    }
}
