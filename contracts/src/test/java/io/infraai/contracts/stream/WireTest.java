package io.infraai.contracts.stream;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.chat.NumberedReply;
import io.infraai.contracts.chat.ReplyEvent;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.remediation.TaskState;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pins what version 1 wrote: during a roll-out, and after one, such entries are still in the streams. Another shape is another
 * version beside this one, so an expectation here is never changed.
 */
class WireTest {

    private static final TenantId ACME = new TenantId("acme");

    /** Set up as Quarkus sets up the mapper that the connector is given. */
    private final ObjectMapper json = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new ParameterNamesModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void episodesOpenedKeepsItsForm() throws Exception {
        var first = UUID.fromString("0190a4b2-0000-7000-8000-000000000001");
        var second = UUID.fromString("0190a4b2-0000-7000-8000-000000000002");

        keeps(new EpisodesOpened(ACME, List.of(first, second)), """
                {"tenant":"acme","episodes":["0190a4b2-0000-7000-8000-000000000001",\
                "0190a4b2-0000-7000-8000-000000000002"]}""", EpisodesOpened.class);
    }

    @Test
    void taskRungKeepsItsForm() throws Exception {
        keeps(new TaskRung(ACME, 42), """
                {"tenant":"acme","taskId":42}""", TaskRung.class);
    }

    @Test
    void remediationFinishedKeepsItsForm() throws Exception {
        keeps(new RemediationFinished(ACME, 42, TaskState.IN_DOUBT), """
                {"tenant":"acme","taskId":42,"state":"in_doubt"}""", RemediationFinished.class);
    }

    @Test
    void whatIsSaidOfTurnsKeepsItsForm() throws Exception {
        var turn = UUID.fromString("0190a4b2-0000-7000-8000-000000000001");

        keeps(new TurnRung(ACME, turn), """
                {"tenant":"acme","turnId":"0190a4b2-0000-7000-8000-000000000001"}""", TurnRung.class);
        keeps(new TurnCancelled(ACME, turn), """
                {"tenant":"acme","turnId":"0190a4b2-0000-7000-8000-000000000001"}""", TurnCancelled.class);
        keeps(
                new TurnsReplied(List.of(
                        new TurnReplied(ACME, "s-1", turn, new NumberedReply(1025, new ReplyEvent.Delta("Two "))))),
                """
                {"replies":[{"tenant":"acme","sessionId":"s-1","turnId":"0190a4b2-0000-7000-8000-000000000001",\
                "reply":{"sequence":1025,"event":{"type":"delta","text":"Two "}}}]}""",
                TurnsReplied.class);
    }

    @Test
    void policiesChangedKeepsItsForm() throws Exception {
        keeps(new PoliciesChanged(ACME), """
                {"tenant":"acme"}""", PoliciesChanged.class);
    }

    @Test
    void toolCalledKeepsItsForm() throws Exception {
        var arguments = JsonNodeFactory.instance.objectNode().put("namespace", "shop");

        keeps(
                new ToolCalled(
                        ACME,
                        "c-7",
                        "infraai:{replies}:g-1",
                        "list_pods",
                        arguments,
                        "ada",
                        Instant.parse("2026-01-02T03:04:05.678Z")),
                """
                {"tenant":"acme","callId":"c-7","replyTo":"infraai:{replies}:g-1","tool":"list_pods",\
                "arguments":{"namespace":"shop"},"actor":"ada","deadline":"2026-01-02T03:04:05.678Z"}""",
                ToolCalled.class);
    }

    @Test
    void toolAnsweredKeepsItsForm() throws Exception {
        keeps(
                new ToolAnswered(ACME, "c-7", new Failed(FailureReason.TIMED_OUT, "No answer within 5 s")),
                """
                {"tenant":"acme","callId":"c-7",\
                "result":{"type":"failed","reason":"TIMED_OUT","message":"No answer within 5 s"}}""",
                ToolAnswered.class);
    }

    @Test
    void aDoneResultKeepsItsForm() throws Exception {
        keeps(new Done("2 pods", JsonNodeFactory.instance.objectNode().put("count", 2)), """
                {"type":"done","summary":"2 pods","detail":{"count":2}}""", ToolResult.class);
    }

    @Test
    void aDoneResultWithoutDetailKeepsItsForm() throws Exception {
        keeps(new Done("Evicted web-0"), """
                {"type":"done","summary":"Evicted web-0","detail":{}}""", ToolResult.class);
    }

    @Test
    void aFailedResultKeepsItsForm() throws Exception {
        keeps(new Failed(FailureReason.TARGET_NOT_FOUND, "There is no pod web-0 in shop"), """
                {"type":"failed","reason":"TARGET_NOT_FOUND","message":"There is no pod web-0 in shop"}""", ToolResult.class);
    }

    @Test
    void everyReasonToFailIsReadBackByItsName() throws Exception {
        for (var reason : FailureReason.values()) {
            var written = "{\"type\":\"failed\",\"reason\":\"" + reason.name() + "\",\"message\":\"m\"}";

            assertThat(json.readValue(written, ToolResult.class)).isEqualTo(new Failed(reason, "m"));
        }
    }

    @Test
    void aFieldThatANewerVersionAddedIsPassedOver() throws Exception {
        var newer = """
                {"tenant":"acme","taskId":42,"urgency":"high"}""";

        assertThat(json.readValue(newer, TaskRung.class)).isEqualTo(new TaskRung(ACME, 42));
    }

    @Test
    void streamsKeepTheirNames() {
        assertThat(List.of(
                        Streams.EPISODES,
                        Streams.TASKS,
                        Streams.OUTCOMES,
                        Streams.POLICIES,
                        Streams.CALLS,
                        Streams.REPLIES,
                        Streams.TURNS,
                        Streams.CANCELS,
                        Streams.CHAT))
                .containsExactly(
                        "infraai:{episodes}",
                        "infraai:{tasks}",
                        "infraai:{outcomes}",
                        "infraai:{policies}",
                        "infraai:{calls}",
                        "infraai:{replies}",
                        "infraai:{turns}",
                        "infraai:{cancels}",
                        "infraai:{chat}");
    }

    private <T> void keeps(T value, String version1, Class<T> type) throws JsonProcessingException {
        assertThat(json.readValue(version1, type)).isEqualTo(value);
        // as trees: the order of fields is nobody's promise
        assertThat(json.readTree(json.writeValueAsString(value))).isEqualTo(json.readTree(version1));
    }
}
