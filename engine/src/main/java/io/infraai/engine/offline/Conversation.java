package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;

/**
 * What a request tells of the conversation.
 *
 * @param earlier the turns before, the oldest first
 * @param now the turn that is to be answered
 * @param offered names of the tools that may be called
 */
record Conversation(List<Exchange> earlier, Exchange now, Set<String> offered) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A user's message and what followed.
     *
     * @param answer empty while there is none
     */
    record Exchange(String message, List<Seen> seen, String answer) {}

    static Conversation of(ChatRequest request) {
        var exchanges = new ArrayList<Exchange>();
        var messages = request.messages();
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i) instanceof UserMessage user) {
                exchanges.add(exchange(text(user), messages.subList(i + 1, endOf(i, messages))));
            }
        }
        var specifications = request.toolSpecifications();
        var offered = specifications == null
                ? Set.<String>of()
                : specifications.stream().map(ToolSpecification::name).collect(Collectors.toUnmodifiableSet());
        return exchanges.isEmpty()
                ? new Conversation(List.of(), new Exchange("", List.of(), ""), offered)
                : new Conversation(
                        List.copyOf(exchanges.subList(0, exchanges.size() - 1)), exchanges.getLast(), offered);
    }

    private static int endOf(int user, List<ChatMessage> messages) {
        var end = user + 1;
        while (end < messages.size() && !(messages.get(end) instanceof UserMessage)) {
            end++;
        }
        return end;
    }

    private static Exchange exchange(String message, List<ChatMessage> followed) {
        var requests = new ArrayList<ToolExecutionRequest>();
        var results = new HashMap<String, SeenResult>();
        var answer = "";
        for (var each : followed) {
            switch (each) {
                case AiMessage said
                when said.hasToolExecutionRequests() -> requests.addAll(said.toolExecutionRequests());
                case AiMessage said -> answer = said.text() == null ? "" : said.text();
                case ToolExecutionResultMessage result -> results.put(result.id(), SeenResult.of(result.text()));
                default -> {
                    // what the system says is for language models
                }
            }
        }
        var seen = requests.stream()
                .map(asked -> new Seen(
                        new ToolCall(asked.name(), arguments(asked.arguments())),
                        results.getOrDefault(asked.id(), SeenResult.missing())))
                .toList();
        return new Exchange(message, seen, answer);
    }

    private static ObjectNode arguments(String text) {
        try {
            return JSON.readTree(text) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException _) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static String text(UserMessage user) {
        return user.contents().stream()
                .filter(TextContent.class::isInstance)
                .map(content -> ((TextContent) content).text())
                .collect(Collectors.joining("\n"));
    }
}
