package io.infraai.engine.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.Usage;
import io.infraai.testkit.model.Reply;
import io.infraai.testkit.model.Reply.Ending;
import io.infraai.testkit.model.ScriptedOpenAi;

import static org.assertj.core.api.Assertions.assertThat;

class ModelsInOrderTest {

    private final ScriptedOpenAi backup = ScriptedOpenAi.of(Reply.text("From the backup."));

    @AfterEach
    void stop() {
        backup.close();
    }

    @Test
    void theNextModelAnswersForOneThatFails() {
        try (var primary = ScriptedOpenAi.of(Reply.error(401, "no"));
                var asking = both(primary)) {
            var heard = asking.ask();

            assertThat(heard.answered().model()).isEqualTo("backup");
            assertThat(heard.text()).isEqualTo("From the backup.");
        }
    }

    @Test
    void theNextModelAnswersForOneThatIsSilent() {
        try (var primary = ScriptedOpenAi.of(new Reply.Silence());
                var asking = both(primary)) {
            var heard = asking.ask();

            assertThat(heard.answered().model()).isEqualTo("backup");
            assertThat(heard.took()).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void anAnswerThatHasBegunIsNotContinuedByAnotherModel() {
        try (var primary = ScriptedOpenAi.of(Reply.text("From ", "me.").after(2, Ending.CUT));
                var asking = both(primary)) {
            var heard = asking.ask();

            assertThat(heard.failed().reason()).isEqualTo(ModelFailure.UNUSABLE_ANSWER);
            assertThat(heard.text()).isEqualTo("From ");
            assertThat(backup.requests()).isEmpty();
        }
    }

    @Test
    void whatOneModelRefusesIsNotAskedOfAnother() {
        try (var primary = ScriptedOpenAi.of(Reply.refusal("No."));
                var asking = both(primary)) {
            assertThat(asking.ask().failed().reason()).isEqualTo(ModelFailure.REFUSED);
            assertThat(backup.requests()).isEmpty();
        }
    }

    @Test
    void whenNoModelAnswersItIsSaidOfEach() {
        try (var primary = ScriptedOpenAi.of(Reply.error(401, "no"));
                var second = ScriptedOpenAi.of(Reply.html(200));
                var asking = new Asking(
                        Asking.keys(
                                Map.of("infraai.models.order", "primary,backup"),
                                Asking.model("primary", primary.url()),
                                Asking.model("backup", second.url())),
                        Map.of())) {
            var failed = asking.ask().failed();

            assertThat(failed.message())
                    .contains("The model primary doesn't accept", "The model backup doesn't stream");
            assertThat(failed.reason()).isEqualTo(ModelFailure.UNUSABLE_ANSWER);
        }
    }

    @Test
    void whoeverAsksIsToldBeforeThePatienceEnds() {
        try (var primary = ScriptedOpenAi.of(new Reply.Silence());
                var second = ScriptedOpenAi.of(new Reply.Silence());
                var asking = new Asking(
                        Asking.keys(
                                Map.of("infraai.models.order", "primary,backup", "infraai.models.patience", "1500ms"),
                                Asking.model("primary", primary.url()),
                                Asking.model("backup", second.url()),
                                Map.of("infraai.models.primary.first-token", "1s")),
                        Map.of())) {
            var heard = asking.ask();

            assertThat(heard.failed().message()).contains("The model backup didn't begin to answer within 0.");
            assertThat(heard.took()).isBetween(Duration.ofMillis(1_400), Duration.ofMillis(2_500));
        }
    }

    @Test
    void aModelThatKeepsFailingIsLeftAlone() {
        try (var primary = ScriptedOpenAi.of(Reply.error(500, "boom"));
                var asking = Asking.only(primary.url(), "primary.attempts", "1", "primary.breaker-failures", "2")) {
            asking.ask();
            asking.ask();
            var heard = asking.ask();

            assertThat(heard.failed().reason()).isEqualTo(ModelFailure.HELD_BACK);
            assertThat(heard.failed().message()).contains("left alone for 30 s");
            assertThat(primary.requests()).hasSize(2);
        }
    }

    @Test
    void aModelThatHadTooLittleTimeIsNotBlamed() {
        try (var primary = ScriptedOpenAi.of(new Reply.Silence());
                var asking = Asking.only(primary.url(), "primary.breaker-failures", "1")) {
            asking.ask(Asking.question(Duration.ofSeconds(1)));
            var heard = asking.ask(Asking.question(Duration.ofSeconds(1)));

            assertThat(heard.failed().reason()).isEqualTo(ModelFailure.TIMED_OUT);
            assertThat(primary.requests()).hasSize(2);
        }
    }

    @Test
    void requestsTokensAndCostsAreMeasured() {
        try (var primary = ScriptedOpenAi.of(Reply.error(500, "boom"), Reply.text("Yes."));
                var asking = Asking.only(primary.url())) {
            asking.ask();

            var metrics = asking.metrics();
            assertThat(metrics.timer("infraai_model_requests", "model", "primary", "outcome", "answered")
                            .count())
                    .isOne();
            assertThat(metrics.timer("infraai_model_requests", "model", "primary", "outcome", "provider_error")
                            .count())
                    .isOne();
            assertThat(metrics.counter("infraai_model_tokens", "model", "primary", "direction", "in")
                            .count())
                    .isEqualTo(11);
            assertThat(metrics.counter("infraai_model_tokens", "model", "primary", "direction", "out")
                            .count())
                    .isEqualTo(7);
            assertThat(metrics.counter("infraai_model_cost_micros", "model", "primary")
                            .count())
                    .isEqualTo(98);
        }
    }

    @Test
    void withNothingConfiguredItIsSaidWhatToConfigure() {
        try (var asking = new Asking(Map.of(), Map.of())) {
            var failed = asking.ask().failed();

            assertThat(failed.reason()).isEqualTo(ModelFailure.NOT_CONFIGURED);
            assertThat(failed.message())
                    .isEqualTo("The model offline has no provider: set infraai.models.offline.provider to openai,"
                            + " anthropic or ollama, with infraai.models.offline.model and"
                            + " infraai.models.offline.key-file.");
        }
    }

    @Test
    void aModelThatIsNotInTheOrderIsNotAsked() {
        try (var asking = Asking.only(backup.url())) {
            var question = Asking.question();
            var heard = asking.ask(
                    new ModelRequest(question.messages(), question.tools(), question.deadline(), Optional.of("other")));

            assertThat(heard.failed().message()).contains("no model named other", "primary");
        }
    }

    @Test
    void aModelOfThisProcessNeedsNothingButItsName() {
        StreamingChatModel echo = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                handler.onPartialResponse("Echo.");
                handler.onCompleteResponse(ChatResponse.builder()
                        .aiMessage(AiMessage.from("Echo."))
                        .tokenUsage(new TokenUsage(3, 1))
                        .build());
            }
        };
        try (var asking = new Asking(Map.of(), Map.of("offline", echo))) {
            var heard = asking.ask();

            assertThat(heard.text()).isEqualTo("Echo.");
            assertThat(heard.answered().usage()).isEqualTo(new Usage(3, 1, 0));
        }
    }

    @Test
    void aModelOfThisProcessThatBreaksFailsLikeAnyOther() {
        StreamingChatModel broken = new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                throw new IllegalStateException("broken");
            }
        };
        try (var asking = new Asking(Map.of(), Map.of("offline", broken))) {
            var failed = asking.ask().failed();

            assertThat(failed.reason()).isEqualTo(ModelFailure.PROVIDER_ERROR);
            assertThat(failed.message()).doesNotContain("broken");
        }
    }

    private Asking both(ScriptedOpenAi primary) {
        return new Asking(
                Asking.keys(
                        Map.of("infraai.models.order", "primary,backup"),
                        Asking.model("primary", primary.url()),
                        Asking.model("backup", backup.url()),
                        Map.of("infraai.models.primary.first-token", "1s")),
                Map.of());
    }
}
