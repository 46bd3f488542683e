package io.infraai.engine.tools;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import dev.langchain4j.data.message.AiMessage;
import io.smallrye.mutiny.Multi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.Usage;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.engine.model.ModelEvent;
import io.infraai.engine.model.ModelFailure;
import io.infraai.engine.model.ModelRequest;

import static org.assertj.core.api.Assertions.assertThat;

class LlmReasoningTest {

    private static final ToolContext CONTEXT =
            new ToolContext(TenantId.DEFAULT, "ann", "c-1", Instant.parse("2026-01-01T00:00:00Z"));

    private final AtomicReference<@Nullable ModelRequest> asked = new AtomicReference<>();

    @Test
    void theModelsAnswerIsTheResult() {
        var result = ask(new ModelEvent.Answered("gpt", AiMessage.from("The database is away."), Usage.NONE));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Done.class,
                        done -> assertThat(done.detail().path("text").asText()).isEqualTo("The database is away."));
    }

    @Test
    void theModelIsOfferedNoTools() {
        ask(new ModelEvent.Answered("gpt", AiMessage.from("ok"), Usage.NONE));

        assertThat(asked.get())
                .isNotNull()
                .satisfies(request -> assertThat(request.tools()).isEmpty());
    }

    @Test
    void theOfflineModelIsNoLanguageModel() {
        var result = ask(new ModelEvent.Answered("offline", AiMessage.from("I don't understand that."), Usage.NONE));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.message()).contains("No language model is configured"));
    }

    @Test
    void aModelThatIsHeldBackMayBeAskedAgain() {
        var result = ask(new ModelEvent.Failed(ModelFailure.HELD_BACK, "Too many requests"));

        assertThat(result).isEqualTo(new Failed(FailureReason.HELD_BACK, "Too many requests"));
    }

    private ToolResult ask(ModelEvent last) {
        var tool = new LlmReasoning(request -> {
            asked.set(request);
            return Multi.createFrom().item(last);
        });
        return tool.read(new LlmReasoning.Parameters("why?", "no database"), CONTEXT)
                .await()
                .indefinitely();
    }
}
