package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;

/** A conversation with the offline model, its tools played by a function. */
final class Talk {

    static final ObjectMapper JSON = new ObjectMapper();

    /** More rounds than any plan has. */
    private static final int MOST_ROUNDS = 6;

    private final OfflineReasoning reasoning = new OfflineReasoning();
    private final List<ChatMessage> messages = new ArrayList<>(List.of(SystemMessage.from("You are InfraAI.")));
    private final List<ToolSpecification> offered;
    private final Function<ToolExecutionRequest, String> platform;
    private final List<ToolExecutionRequest> called = new ArrayList<>();

    Talk(Function<ToolExecutionRequest, String> platform) {
        this(platform, Catalogue.specifications());
    }

    Talk(Function<ToolExecutionRequest, String> platform, List<ToolSpecification> offered) {
        this.platform = platform;
        this.offered = offered;
    }

    /** What it calls first, or says. */
    static AiMessage first(String message) {
        return new Talk(_ -> "").user(message).next();
    }

    Talk user(String message) {
        messages.add(UserMessage.from(message));
        called.clear();
        return this;
    }

    AiMessage next() {
        return reasoning.next(ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(offered)
                .build());
    }

    /** Says something, answers its calls until it has an answer, and returns that. */
    String says(String message) {
        user(message);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var next = next();
            messages.add(next);
            if (!next.hasToolExecutionRequests()) {
                return next.text();
            }
            for (var request : next.toolExecutionRequests()) {
                called.add(request);
                messages.add(ToolExecutionResultMessage.from(request, fenced(request.name(), platform.apply(request))));
            }
        }
        throw new AssertionError("It doesn't come to an end: " + calls());
    }

    private static String fenced(String tool, String result) {
        return "<tool-result tool=\"" + tool + "\" key=\"ab12\">\n" + result + "\n</tool-result key=\"ab12\">";
    }

    /** Of the last message, each as {@code tool {"argument":"value"}}. */
    List<String> calls() {
        return called.stream().map(Talk::shown).toList();
    }

    static String calls(AiMessage message) {
        return message.toolExecutionRequests().stream().map(Talk::shown).collect(Collectors.joining(" & "));
    }

    private static String shown(ToolExecutionRequest request) {
        return request.name() + " " + request.arguments();
    }

    static ObjectNode object(String json) {
        return (ObjectNode) tree(json);
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    static String done(String summary, String detail) {
        return JSON.createObjectNode()
                .put("status", "done")
                .put("summary", summary)
                .set("detail", tree(detail))
                .toString();
    }

    static String failed(String reason, String message) {
        return JSON.createObjectNode()
                .put("status", "failed")
                .put("reason", reason)
                .put("summary", message)
                .toString();
    }
}
