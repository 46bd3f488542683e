package io.infraai.engine.offline;

import jakarta.enterprise.context.ApplicationScoped;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.smallrye.common.annotation.Identifier;

/** Answers without any language model, in the pieces in which one would. */
@ApplicationScoped
@Identifier(OfflineModel.NAME)
public class OfflineModel implements StreamingChatModel {

    public static final String NAME = "offline";

    /** Characters of a piece: a few words. */
    private static final int PIECE = 48;

    private final OfflineReasoning reasoning = new OfflineReasoning();

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        var message = reasoning.next(request);
        var text = message.text() == null ? "" : message.text();
        for (int begin = 0; begin < text.length(); ) {
            var end = end(text, begin);
            handler.onPartialResponse(text.substring(begin, end));
            begin = end;
        }
        handler.onCompleteResponse(ChatResponse.builder()
                .aiMessage(message)
                .modelName(NAME)
                .tokenUsage(new TokenUsage(0, 0))
                .finishReason(message.hasToolExecutionRequests() ? FinishReason.TOOL_EXECUTION : FinishReason.STOP)
                .build());
    }

    /** Never within a character that takes two places. */
    private static int end(String text, int begin) {
        var end = Math.min(text.length(), begin + PIECE);
        return end < text.length() && Character.isLowSurrogate(text.charAt(end)) ? end + 1 : end;
    }
}
