package io.infraai.engine.offline;

import java.util.ArrayList;
import java.util.List;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OfflineModelTest {

    private final List<String> pieces = new ArrayList<>();
    private final List<ChatResponse> whole = new ArrayList<>();

    @Test
    void theTextComesInPiecesThatMakeUpTheWhole() {
        ask("help");

        assertThat(pieces).hasSizeGreaterThan(10).allMatch(piece -> piece.length() <= 49);
        assertThat(String.join("", pieces))
                .isEqualTo(whole.getFirst().aiMessage().text());
    }

    @Test
    void callsComeWithoutText() {
        ask("list pods in shop");

        assertThat(pieces).isEmpty();
        assertThat(whole.getFirst().aiMessage().toolExecutionRequests()).hasSize(1);
    }

    private void ask(String message) {
        var request = ChatRequest.builder()
                .messages(UserMessage.from(message))
                .toolSpecifications(Catalogue.specifications())
                .build();
        new OfflineModel().chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                pieces.add(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.add(response);
            }

            @Override
            public void onError(Throwable failure) {
                throw new AssertionError(failure);
            }
        });
    }
}
