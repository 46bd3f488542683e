package io.infraai.engine.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.chat.Usage;
import io.infraai.testkit.model.Reply;
import io.infraai.testkit.model.Reply.Call;
import io.infraai.testkit.model.ScriptedOpenAi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class OpenAiTest {

    private static final String TEXT = "Größe: 3 Pods – ✅ 全部运行 🎉";

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 7, 100_000})
    void textIsTheSameWhereverTheNetworkCutsIt(int packet) {
        var reply = Reply.text("Größe: ", "3 Pods ", "– ✅ ", "全部运行 ", "🎉").inPacketsOf(packet);
        try (var server = ScriptedOpenAi.of(reply);
                var asking = Asking.only(server.url())) {
            var heard = asking.ask();

            assertThat(heard.text()).isEqualTo(TEXT);
            assertThat(heard.answered().message().text()).isEqualTo(TEXT);
            assertThat(heard.events()).hasSize(6);
        }
    }

    @Test
    void tokensArePaidAtTheConfiguredPrices() {
        try (var server = ScriptedOpenAi.of(Reply.text("Yes."));
                var asking = Asking.only(server.url())) {
            // 11 at 2.50 and 7 at 10 for a million: 97.5 millionths, rounded up
            assertThat(asking.ask().answered().usage()).isEqualTo(new Usage(11, 7, 98));
        }
    }

    @Test
    void tokensThatAreNotCountedAreEstimated() {
        try (var server = ScriptedOpenAi.of(
                        Reply.text("A sentence of some length.").withoutUsage());
                var asking = Asking.only(server.url())) {
            var usage = asking.ask().answered().usage();

            assertThat(usage.tokensIn()).isPositive();
            assertThat(usage.tokensOut()).isPositive();
        }
    }

    @Test
    void anAnswerWithoutTheLastWordCountsWhenItSaidThatItIsOver() {
        try (var server = ScriptedOpenAi.of(Reply.text("Yes.").withoutDone());
                var asking = Asking.only(server.url())) {
            assertThat(asking.ask().answered().message().text()).isEqualTo("Yes.");
        }
    }

    @Test
    void anUnknownReasonToEndIsAnEnd() {
        var chunk = "data: {\"choices\":[{\"delta\":{\"content\":\"Yes.\"},\"finish_reason\":\"bored\"}]}\r\n\r\n";
        try (var server = ScriptedOpenAi.of(Reply.frames(List.of(": hello\n\n", chunk, "data: [DONE]\n\n")));
                var asking = Asking.only(server.url())) {
            assertThat(asking.ask().answered().message().text()).isEqualTo("Yes.");
        }
    }

    @Test
    void toolsThatTheModelWantsAreHandedOnAsItWroteThem() {
        var reply = Reply.calls(
                new Call("a", "list_pods", "{\"namespace\":\"shop\"}"),
                new Call("b", "drop_database", "{}"),
                new Call("c", "list_pods", "{\"namespace\": shop"));
        try (var server = ScriptedOpenAi.of(reply);
                var asking = Asking.only(server.url())) {
            var heard = asking.ask();

            assertThat(heard.events()).hasSize(1);
            assertThat(heard.answered().message().toolExecutionRequests())
                    .containsExactly(
                            ScriptedModel.call("a", "list_pods", "{\"namespace\":\"shop\"}"),
                            ScriptedModel.call("b", "drop_database", "{}"),
                            ScriptedModel.call("c", "list_pods", "{\"namespace\": shop"));
        }
    }

    @Test
    void callsOfServersThatNumberNothingAreToldApart() {
        var calls = Stream.of("", "a", "b", "b")
                .map(id -> "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"id\":\"" + id
                        + "\",\"function\":{\"name\":\"t\",\"arguments\":\"1\"}}]}}]}");
        try (var server = ScriptedOpenAi.of(Reply.streamed(calls, "tool_calls"));
                var asking = Asking.only(server.url())) {
            assertThat(asking.ask().answered().message().toolExecutionRequests())
                    .containsExactly(
                            ScriptedModel.call("call_0", "t", "1"),
                            ScriptedModel.call("a", "t", "1"),
                            ScriptedModel.call("b", "tt", "11"));
        }
    }

    @Test
    void theQuestionIsSentWithToolsLimitsAndKey() {
        try (var server = ScriptedOpenAi.of(Reply.text("Yes."));
                var asking = Asking.only(server.url(), "primary.key", "s3cr3t", "primary.temperature", "0.2")) {
            asking.ask();

            var asked = server.requests().getFirst();
            assertThat(asked.path()).isEqualTo("/v1/chat/completions");
            assertThat(asked.headers()).containsEntry("authorization", "Bearer s3cr3t");
            assertThat(asked.json().toString())
                    .isEqualTo("{\"stream\":true,\"max_tokens\":4096,\"model\":\"scripted-1\",\"temperature\":0.2,"
                            + "\"stream_options\":{\"include_usage\":true},\"messages\":["
                            + "{\"role\":\"system\",\"content\":\"You run things.\"},"
                            + "{\"role\":\"user\",\"content\":\"Which pods are down?\"}],\"tools\":["
                            + "{\"type\":\"function\",\"function\":{\"name\":\"list_pods\",\"description\":"
                            + "\"Lists pods\",\"parameters\":{\"type\":\"object\",\"properties\":"
                            + "{\"namespace\":{\"type\":\"string\"}},\"required\":[\"namespace\"]}}}]}");
        }
    }

    @Test
    void whatToolsAnsweredIsSentWithTheCallsThatAskedForIt() {
        var call = ScriptedModel.call("a", "list_pods", "{\"namespace\": shop");
        var messages = List.of(
                UserMessage.from("Pods?"), AiMessage.from(call), ToolExecutionResultMessage.from(call, "No JSON"));
        try (var server = ScriptedOpenAi.of(Reply.text("Yes."));
                var asking = Asking.only(server.url())) {
            asking.ask(new ModelRequest(messages, List.of(), Instant.now().plusSeconds(5)));

            assertThat(server.requests().getFirst().json().path("messages").toString())
                    .isEqualTo("[{\"role\":\"user\",\"content\":\"Pods?\"},{\"role\":\"assistant\",\"content\":null,"
                            + "\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"list_pods\","
                            + "\"arguments\":\"{\\\"malformed\\\":\\\"{\\\\\\\"namespace\\\\\\\": shop\\\"}\"}}]},"
                            + "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"No JSON\"}]");
        }
    }

    @Test
    void aKeyThatTheServerRepeatsIsNotToldToAnybody() {
        try (var server = ScriptedOpenAi.of(Reply.error(400, "Bad key s3cr3t, or bad request"));
                var asking = Asking.only(server.url(), "primary.key", "s3cr3t")) {
            assertThat(asking.ask().failed().message()).contains("Bad key ***").doesNotContain("s3cr3t");
        }
    }

    @Test
    void connectionsServeOneAnswerAfterAnother() {
        try (var server = ScriptedOpenAi.of(Reply.text("Yes."));
                var asking = Asking.only(server.url())) {
            for (var time = 0; time < 10; time++) {
                asking.ask();
            }

            assertThat(server.requests()).hasSize(10);
            // the next question may come before the last bytes of the answer
            assertThat(server.accepted()).isLessThan(5);
        }
    }

    @Test
    void whoGoesAwayTakesTheConnectionAlong() {
        try (var server = ScriptedOpenAi.of(new Reply.Silence());
                var asking = Asking.only(server.url(), "primary.first-token", "30s")) {
            var running = asking.models()
                    .ask(Asking.question(Duration.ofMinutes(1)))
                    .subscribe()
                    .with(_ -> {});
            await().until(() -> server.requests().size() == 1);
            assertThat(server.connections()).isEqualTo(1);

            running.cancel();

            await().atMost(Duration.ofSeconds(5)).until(() -> server.connections() == 0);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void manyAnswersStreamAtOnce() {
        try (var server = ScriptedOpenAi.streaming(10, 50);
                var asking = Asking.only(server.url(), "primary.concurrency", "200")) {
            var heard = Stream.generate(() -> asking.models().ask(Asking.question(Duration.ofSeconds(20))))
                    .limit(200)
                    .map(answer -> answer.collect().last().subscribeAsCompletionStage())
                    .toList();

            assertThat(heard)
                    .allSatisfy(answer ->
                            assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(ModelEvent.Answered.class));
            assertThat(server.requests()).hasSize(200);
        }
    }

    @Test
    void aModelIsAskedByItsName() {
        try (var first = ScriptedOpenAi.of(Reply.text("first"));
                var second = ScriptedOpenAi.of(Reply.text("second"));
                var asking = new Asking(
                        Asking.keys(
                                Map.of("infraai.models.order", "one,two"),
                                Asking.model("one", first.url()),
                                Asking.model("two", second.url())),
                        Map.of())) {
            var question = Asking.question();
            var named = new ModelRequest(question.messages(), List.of(), question.deadline(), Optional.of("two"));

            assertThat(asking.ask(named).answered().model()).isEqualTo("two");
            assertThat(first.requests()).isEmpty();
        }
    }
}
