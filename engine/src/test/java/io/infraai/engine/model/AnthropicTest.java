package io.infraai.engine.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.Usage;
import io.infraai.testkit.model.Reply;
import io.infraai.testkit.model.ScriptedOpenAi;

import static org.assertj.core.api.Assertions.assertThat;

class AnthropicTest {

    private static final String START =
            "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":20,\"cache_read_input_tokens\":5,"
                    + "\"output_tokens\":1}}}";
    private static final String STOP = "{\"type\":\"message_stop\"}";

    @Test
    void textAndToolsAreReadFromTheirBlocks() {
        var reply = events(
                START,
                "{\"type\":\"ping\"}",
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"I \"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"look.\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"content_block_start\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t1\","
                        + "\"name\":\"list_pods\",\"input\":{}}}",
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\","
                        + "\"partial_json\":\"{\\\"namespace\\\":\"}}",
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\","
                        + "\"partial_json\":\"\\\"shop\\\"}\"}}",
                "{\"type\":\"content_block_start\",\"index\":2,\"content_block\":{\"type\":\"tool_use\",\"id\":\"t2\","
                        + "\"name\":\"get_policies\",\"input\":{}}}",
                "{\"type\":\"to_be_invented\"}",
                stop("tool_use"),
                STOP);
        try (var server = ScriptedOpenAi.of(reply);
                var asking = claude(server)) {
            var heard = asking.ask();

            assertThat(heard.text()).isEqualTo("I look.");
            assertThat(heard.answered().message())
                    .isEqualTo(AiMessage.from(
                            "I look.",
                            List.of(
                                    ScriptedModel.call("t1", "list_pods", "{\"namespace\":\"shop\"}"),
                                    ScriptedModel.call("t2", "get_policies", "{}"))));
            assertThat(heard.answered().usage()).isEqualTo(new Usage(25, 9, 153));
        }
    }

    @Test
    void aConversationIsSentAsTurnsThatAlternate() {
        var one = ScriptedModel.call("t1", "list_pods", "{\"namespace\":\"shop\"}");
        var two = ScriptedModel.call("t2", "list_pods", "[");
        var messages = List.of(
                SystemMessage.from("You run things."),
                UserMessage.from("Pods?"),
                AiMessage.from(List.of(one, two)),
                ToolExecutionResultMessage.from(one, "web-0"),
                ToolExecutionResultMessage.from(two, "No JSON"));
        try (var server = ScriptedOpenAi.of(events(START, STOP));
                var asking = claude(server)) {
            asking.ask(new ModelRequest(
                    messages, List.of(Asking.TOOL), Instant.now().plusSeconds(5)));

            var asked = server.requests().getFirst();
            assertThat(asked.path()).isEqualTo("/v1/messages");
            assertThat(asked.headers())
                    .containsEntry("x-api-key", "s3cr3t")
                    .containsEntry("anthropic-version", "2023-06-01")
                    .doesNotContainKey("authorization");
            assertThat(asked.json().toString())
                    .isEqualTo("{\"stream\":true,\"max_tokens\":4096,\"model\":\"scripted-1\",\"system\":"
                            + "\"You run things.\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                            + "\"text\":\"Pods?\"}]},{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\","
                            + "\"id\":\"t1\",\"name\":\"list_pods\",\"input\":{\"namespace\":\"shop\"}},{\"type\":"
                            + "\"tool_use\",\"id\":\"t2\",\"name\":\"list_pods\",\"input\":{\"malformed\":\"[\"}}]},"
                            + "{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t1\","
                            + "\"content\":\"web-0\"},{\"type\":\"tool_result\",\"tool_use_id\":\"t2\",\"content\":"
                            + "\"No JSON\"}]}],\"tools\":[{\"name\":\"list_pods\",\"description\":\"Lists pods\","
                            + "\"input_schema\":{\"type\":\"object\",\"properties\":{\"namespace\":{\"type\":"
                            + "\"string\"}},\"required\":[\"namespace\"]}}]}");
        }
    }

    @Test
    void overloadInTheMiddleIsToldAndTriedOnceMore() {
        var error = "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";
        try (var server = ScriptedOpenAi.of(events(START, error));
                var asking = claude(server)) {
            assertThat(asking.ask().failed().reason()).isEqualTo(ModelFailure.HELD_BACK);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aRefusalIsToldAsOne() {
        try (var server = ScriptedOpenAi.of(events(START, stop("refusal"), STOP));
                var asking = claude(server)) {
            assertThat(asking.ask().failed().reason()).isEqualTo(ModelFailure.REFUSED);
        }
    }

    @Test
    void anAnswerWithoutItsEndIsNoAnswer() {
        var text = "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"I\"}}";
        try (var server = ScriptedOpenAi.of(events(START, text));
                var asking = claude(server)) {
            assertThat(asking.ask().failed().reason()).isEqualTo(ModelFailure.UNUSABLE_ANSWER);
        }
    }

    private static Asking claude(ScriptedOpenAi server) {
        return new Asking(
                Asking.keys(
                        Map.of("infraai.models.order", "claude", "infraai.models.claude.key", "s3cr3t"),
                        Asking.model("claude", server.url()),
                        Map.of("infraai.models.claude.provider", "anthropic")),
                Map.of());
    }

    private static String stop(String reason) {
        return "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + reason
                + "\"},\"usage\":{\"output_tokens\":9}}";
    }

    private static Reply events(String... events) {
        return Reply.frames(Stream.of(events)
                .map(event -> "event: named\ndata: " + event + "\n\n")
                .toList());
    }
}
