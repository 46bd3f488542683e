package io.infraai.engine.model;

import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A model of this process: a bean. It may block, and is asked on a virtual thread. */
final class LocalProvider implements Provider {

    private static final Logger LOG = Logger.getLogger(LocalProvider.class);

    private final StreamingChatModel model;
    private final Executor threads;

    LocalProvider(StreamingChatModel model, Executor threads) {
        this.model = model;
        this.threads = threads;
    }

    @Override
    public Uni<Whole> ask(ModelRequest request, Consumer<String> tokens) {
        var chat = ChatRequest.builder()
                .messages(request.messages())
                .toolSpecifications(request.tools())
                .build();
        return Uni.createFrom()
                .<Whole>emitter(emitter -> model.chat(chat, new Handler(emitter, tokens)))
                .runSubscriptionOn(threads)
                .onFailure(failure -> !(failure instanceof CannotAnswer))
                .transform(LocalProvider::failed);
    }

    private static CannotAnswer failed(Throwable bug) {
        LOG.error("A model of this process hit a bug", bug);
        return new CannotAnswer(ModelFailure.PROVIDER_ERROR, "failed; see the engine's log");
    }

    private record Handler(UniEmitter<? super Whole> emitter, Consumer<String> tokens)
            implements StreamingChatResponseHandler {

        @Override
        public void onPartialResponse(String text) {
            tokens.accept(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            var message = response.aiMessage();
            var empty = !message.hasToolExecutionRequests()
                    && (message.text() == null || message.text().isEmpty());
            if (empty) {
                emitter.fail(Complaint.empty());
                return;
            }
            var usage = response.tokenUsage();
            emitter.complete(new Whole(
                    message,
                    count(usage == null ? null : usage.inputTokenCount()),
                    count(usage == null ? null : usage.outputTokenCount())));
        }

        @Override
        public void onError(Throwable failure) {
            emitter.fail(failure);
        }

        private static OptionalInt count(@Nullable Integer count) {
            return count == null ? OptionalInt.empty() : OptionalInt.of(count);
        }
    }
}
