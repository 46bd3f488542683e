package io.infraai.adapters.tool;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Documents;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;

import static org.assertj.core.api.Assertions.assertThat;

class ToolOutputTest {

    private static final TenantId TENANT = TenantId.DEFAULT;

    private final Shelf shelf = new Shelf();
    private final ToolOutput output = new ToolOutput(shelf);

    @Test
    void aShortAnswerIsHandedOnWithoutItsSecrets() {
        var detail = JsonNodeFactory.instance.objectNode().put("line", "token=c4n4ry");

        assertThat(handedOn(new Done("ok, password=c4n4ry", detail)).toString()).doesNotContain("c4n4ry");
        assertThat(handedOn(new Failed(FailureReason.UNREACHABLE, "http://u:c4n4ry@host refused"))
                        .toString())
                .doesNotContain("c4n4ry");
        assertThat(shelf.kept).isEmpty();
    }

    @Test
    void aLongAnswerIsKeptWholeAndCanBeReadOn() {
        var detail = JsonNodeFactory.instance.objectNode().put("log", "\"line\" ".repeat(20_000));

        var done = (Done) handedOn(new Done("Log", detail));

        assertThat(done.detail().toString().length()).isLessThan(ToolOutput.MOST_CHARACTERS);
        var id = done.detail().path("document").asText();
        assertThat(readWhole(id)).isEqualTo(detail.toString());
    }

    @Test
    void aLongAnswerThatCannotBeKeptIsShownInPart() {
        shelf.away = true;

        var done = (Done) handedOn(
                new Done("Log", JsonNodeFactory.instance.objectNode().put("log", "line ".repeat(20_000))));

        assertThat(done.summary()).contains("couldn't be kept");
        assertThat(done.detail().path("preview").asText()).startsWith("{\"log\":\"line");
    }

    private String readWhole(String id) {
        var text = new StringBuilder();
        var tool = new ReadDocument(shelf);
        var context = new ToolContext(TENANT, "test", "c", Instant.MAX);
        for (int offset = 0; offset >= 0; ) {
            var page = (Done) awaited(tool.read(new ReadDocument.Parameters(id, offset), context)
                    .chain(result -> output.of(TENANT, ReadDocument.NAME, result)));
            text.append(page.detail().path("text").asText());
            offset = page.detail().path("next_offset").asInt(-1);
        }
        return text.toString();
    }

    private ToolResult handedOn(ToolResult result) {
        return awaited(output.of(TENANT, "pod_logs", result));
    }

    private static <T> T awaited(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    /** As the database keeps them. */
    private static final class Shelf implements Documents {

        private final Map<String, String> kept = new HashMap<>();
        private boolean away;

        @Override
        public Uni<String> keep(TenantId tenant, String origin, String text) {
            if (away) {
                return Uni.createFrom().failure(new IllegalStateException("away"));
            }
            var id = origin + "-" + kept.size();
            kept.put(id, text);
            return Uni.createFrom().item(id);
        }

        @Override
        public Uni<Optional<Page>> page(TenantId tenant, String id, int offset, int length) {
            return Uni.createFrom().item(Optional.ofNullable(kept.get(id)).map(text -> {
                var from = Math.min(offset, text.length());
                return new Page(text.substring(from, Math.min(from + length, text.length())), offset, text.length());
            }));
        }
    }
}
