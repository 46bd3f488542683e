package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;

import io.infraai.engine.offline.Plan.Move;

/**
 * From a conversation to what is said or called next: a pure function, without a language model. What to do comes from the
 * user's own messages alone; what tools returned is looked at for names and facts, never for wishes.
 */
final class OfflineReasoning {

    AiMessage next(ChatRequest request) {
        var conversation = Conversation.of(request);
        var done = conversation.now().seen();
        return switch (Intents.of(conversation).next(done)) {
            case Move.Say(var text) -> AiMessage.from(Guide.introduced(text, conversation));
            case Move.Call(var calls) -> called(calls, done.size(), conversation);
        };
    }

    private static AiMessage called(List<ToolCall> calls, int before, Conversation conversation) {
        var missing = calls.stream()
                .map(ToolCall::tool)
                .filter(tool -> !conversation.offered().contains(tool))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            return AiMessage.from(Guide.introduced(Guide.missing(missing), conversation));
        }
        var requests = new ArrayList<ToolExecutionRequest>();
        for (var call : calls) {
            requests.add(ToolExecutionRequest.builder()
                    .id("offline-" + (before + requests.size() + 1))
                    .name(call.tool())
                    .arguments(call.arguments().toString())
                    .build());
        }
        return AiMessage.from(requests);
    }
}
