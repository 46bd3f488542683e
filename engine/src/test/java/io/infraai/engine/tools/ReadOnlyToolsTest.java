package io.infraai.engine.tools;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.tool.ToolOutput;
import io.infraai.adapters.tool.ToolSource;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.tool.Documents;
import io.infraai.contracts.tool.FailureReason;
import io.infraai.contracts.tool.Parameter;
import io.infraai.contracts.tool.Risk;
import io.infraai.contracts.tool.Tool;
import io.infraai.contracts.tool.ToolContext;
import io.infraai.contracts.tool.ToolResult;
import io.infraai.contracts.tool.ToolResult.Done;
import io.infraai.contracts.tool.ToolResult.Failed;
import io.infraai.contracts.tool.ToolSpec;

import static org.assertj.core.api.Assertions.assertThat;

class ReadOnlyToolsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ToolContext CONTEXT =
            new ToolContext(TenantId.DEFAULT, "test", "call-1", Instant.parse("2030-01-01T00:00:00Z"));

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicReference<ListPods.@Nullable Parameters> seen = new AtomicReference<>();
    private final ReadOnlyTools tools = new ReadOnlyTools(
            List.of(new ListPods()), List.of(new Elsewhere()), new ToolOutput(new NoDocuments()), json);

    @Test
    void argumentsThatFitReachTheTool() {
        assertThat(call("list_pods", "{\"namespace\":\"shop\",\"limit\":5}")).isInstanceOf(Done.class);
        assertThat(seen).hasValue(new ListPods.Parameters("shop", 5));
        assertThat(call("list_pods", "{\"namespace\":\"shop\"}")).isInstanceOf(Done.class);
    }

    @Test
    void argumentsThatDoNotFitAreRefusedByName() {
        assertRefused("{\"namespace\":\"shop\",\"namespce\":\"x\"}", "no parameter \"namespce\"");
        assertRefused("{}", "needs the parameter \"namespace\"");
        assertRefused("{\"namespace\":7}", "\"namespace\" is 7");
        assertRefused("{\"namespace\":null}", "\"namespace\" is null");
        assertRefused("{\"namespace\":\"shop\",\"limit\":\"5\"}", "\"limit\" is \"5\"");
        assertRefused("{\"namespace\":\"shop\",\"limit\":1000}", "\"limit\" is 1000");
        assertRefused("{\"namespace\":\"\"}", "\"namespace\" is \"\"");
        assertRefused("[]", "must be an object");
        assertThat(seen).hasNullValue();
    }

    @Test
    void aToolThatComesInLaterIsCheckedAgainstItsOwnSchema() {
        assertThat(call("box__echo", "{\"deep\":{\"text\":\"hi\"}}")).isInstanceOf(Done.class);
        assertThat(failed(call("box__echo", "{\"deep\":{\"text\":1}}")).message())
                .contains("deep/text");
    }

    @Test
    void aToolThatHitsABugFailsAndNobodySeesIt() {
        assertThat(failed(call("box__broken", "{}"))).satisfies(it -> {
            assertThat(it.reason()).isEqualTo(FailureReason.TIMED_OUT);
            assertThat(it.message()).doesNotContain("boom");
        });
    }

    @Test
    void whatIsNotKnownIsRefused() {
        assertThat(failed(call("nonesuch", "{}")).reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
    }

    private void assertRefused(String arguments, String why) {
        assertThat(failed(call("list_pods", arguments))).satisfies(it -> {
            assertThat(it.reason()).isEqualTo(FailureReason.INVALID_PARAMETERS);
            assertThat(it.message()).contains(why);
        });
    }

    private ToolResult call(String tool, String arguments) {
        try {
            return tools.call(tool, json.readTree(arguments), CONTEXT).await().atMost(PATIENCE);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Failed failed(ToolResult result) {
        assertThat(result).isInstanceOf(Failed.class);
        return (Failed) result;
    }

    private final class ListPods implements Tool.Reading<ListPods.Parameters> {

        record Parameters(
                @Parameter("Where") String namespace,

                @Parameter(value = "How many", optional = true, min = 1, max = 100)
                int limit) {}

        @Override
        public ToolSpec<Parameters> spec() {
            return new ToolSpec<>("list_pods", "Lists", Parameters.class, Risk.READS, "", Duration.ofSeconds(1));
        }

        @Override
        public Uni<ToolResult> read(Parameters parameters, ToolContext context) {
            seen.set(parameters);
            return Uni.createFrom().item(new Done("Listed"));
        }
    }

    private static final class Elsewhere implements ToolSource {

        private final List<Tool<?>> tools = List.of(new External("box__echo"), new External("box__broken"));

        @Override
        public List<Tool<?>> tools() {
            return tools;
        }

        @Override
        public Optional<Tool<?>> find(String name) {
            return tools.stream()
                    .filter(tool -> tool.spec().name().equals(name))
                    .findFirst();
        }
    }

    private record External(String name) implements Tool.Reading<External.Nothing> {

        record Nothing(Object deep) {}

        @Override
        public ToolSpec<Nothing> spec() {
            var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
            schema.putObject("properties")
                    .putObject("deep")
                    .put("type", "object")
                    .putObject("properties")
                    .putObject("text")
                    .put("type", "string");
            return new ToolSpec<>(name, "Echoes", Nothing.class, Risk.READS, "", Duration.ofSeconds(1), schema);
        }

        @Override
        public Uni<ToolResult> read(Nothing parameters, ToolContext context) {
            return name.endsWith("broken")
                    ? Uni.createFrom().failure(new IllegalStateException("boom"))
                    : Uni.createFrom().item(new Done("Echoed"));
        }
    }

    private static final class NoDocuments implements Documents {

        @Override
        public Uni<String> keep(TenantId tenant, String tool, String text) {
            return Uni.createFrom().failure(new IllegalStateException("nothing is kept here"));
        }

        @Override
        public Uni<Optional<Page>> page(TenantId tenant, String id, int offset, int length) {
            return Uni.createFrom().item(Optional.empty());
        }
    }
}
