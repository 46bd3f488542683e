package io.infraai.contracts.tool;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import io.infraai.contracts.tool.ToolResult.Done;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ToolDescriptionTest {

    private final ObjectMapper json = new ObjectMapper();

    enum Strategy {
        GENTLE,
        PROMPT
    }

    record Everything(
            @Parameter(value = "The pod", pattern = Parameter.DNS_SUBDOMAIN)
            String podName,

            @Parameter(value = "Where", maxLength = 63, optional = true, defaultValue = "default")
            String namespace,

            @Parameter(value = "How many", min = 0, max = 100)
            int replicas,

            @Parameter(value = "Counted", min = 1, optional = true)
            Long generation,

            boolean force,
            double threshold,
            Strategy strategy) {}

    record Nothing() {}

    record Nested(List<String> names) {}

    record Identity(String uid) {}

    @Test
    void parametersBecomeAClosedSchemaInSnakeCase() throws Exception {
        var expected = json.readTree("""
                {"type":"object",
                 "properties":{
                   "pod_name":{"type":"string","description":"The pod","minLength":1,"maxLength":253,
                               "pattern":"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$"},
                   "namespace":{"type":"string","description":"Where","minLength":1,"maxLength":63,"default":"default"},
                   "replicas":{"type":"integer","description":"How many","minimum":0,"maximum":100},
                   "generation":{"type":"integer","description":"Counted","minimum":1},
                   "force":{"type":"boolean"},
                   "threshold":{"type":"number"},
                   "strategy":{"type":"string","enum":["GENTLE","PROMPT"]}},
                 "required":["pod_name","replicas","force","threshold","strategy"],
                 "additionalProperties":false}
                """);

        // by their texts: a number's Java type is no part of a schema
        assertThat(schemaOf(Everything.class)).isEqualTo(expected.toString());
    }

    @Test
    void aToolWithoutParametersTakesNone() {
        assertThat(schemaOf(Nothing.class))
                .isEqualTo("{\"type\":\"object\",\"properties\":{},\"required\":[],\"additionalProperties\":false}");
    }

    @Test
    void aParameterThatIsNoPlainValueIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schemaOf(Nested.class))
                .withMessageContaining("java.util.List");
    }

    @Test
    void theKindIsTheToolsOwn() {
        assertThat(ToolDescription.of(new Looks<>(Nothing.class)).kind()).isEqualTo(ToolKind.READING);
        assertThat(ToolDescription.of(new Applies()).kind()).isEqualTo(ToolKind.GUARDED);
        assertThat(ToolDescription.of(new Fires()).kind()).isEqualTo(ToolKind.ONE_SHOT);
    }

    @Test
    void whatTheSpecSaysIsAdvertised() {
        var description = ToolDescription.of(new Applies());

        assertThat(description.name()).isEqualTo("apply_it");
        assertThat(description.description()).isEqualTo("Applies");
        assertThat(description.risk()).isEqualTo(Risk.CHANGES);
        assertThat(description.target()).isEqualTo("k8s:{cluster}/{namespace}");
        assertThat(description.timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aToolThatChangesSomethingNamesItsTarget() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changing("apply_it", ""))
                .withMessageContaining("apply_it");
    }

    @Test
    void aToolsNameIsLowerSnakeCase() {
        for (var name : List.of("", "Restart", "restart-pod", "2fast", "_x", "a".repeat(64))) {
            assertThatIllegalArgumentException().isThrownBy(() -> changing(name, "x"));
        }
    }

    private static String schemaOf(Class<? extends Record> parameters) {
        return ToolDescription.of(new Looks<>(parameters)).inputSchema().toString();
    }

    private static ToolSpec<Nothing> changing(String name, String target) {
        return new ToolSpec<>(name, "Applies", Nothing.class, Risk.CHANGES, target, Duration.ofSeconds(10));
    }

    private record Looks<P extends Record>(Class<P> parameters) implements Tool.Reading<P> {

        @Override
        public ToolSpec<P> spec() {
            return new ToolSpec<>("look", "Looks", parameters, Risk.READS, "", Duration.ofSeconds(1));
        }

        @Override
        public Uni<ToolResult> read(P parameters, ToolContext context) {
            return Uni.createFrom().item(new Done("Looked"));
        }
    }

    private static final class Applies implements Tool.Guarded<Nothing, Identity> {
        @Override
        public ToolSpec<Nothing> spec() {
            return changing("apply_it", "k8s:{cluster}/{namespace}");
        }

        @Override
        public Class<Identity> identity() {
            return Identity.class;
        }

        @Override
        public Uni<Tool.Identified<Identity>> identify(Nothing parameters, ToolContext context) {
            return Uni.createFrom().item(new Tool.Identified.Found<>(new Identity("u-1")));
        }

        @Override
        public String describe(Nothing parameters, Identity target) {
            return "Change " + target.uid();
        }

        @Override
        public Uni<ToolResult> apply(Nothing parameters, Identity target, ToolContext context) {
            return Uni.createFrom().item(new Done("Changed"));
        }

        @Override
        public Uni<Settlement> settle(Nothing parameters, Identity target, ToolContext context) {
            return Uni.createFrom().item(new Settlement.StillUnknown("Not asked"));
        }
    }

    private static final class Fires implements Tool.OneShot<Nothing, Identity> {
        @Override
        public ToolSpec<Nothing> spec() {
            return changing("fire_it", "k8s:{cluster}/{namespace}");
        }

        @Override
        public Class<Identity> identity() {
            return Identity.class;
        }

        @Override
        public Uni<Tool.Identified<Identity>> identify(Nothing parameters, ToolContext context) {
            return Uni.createFrom().item(new Tool.Identified.Found<>(new Identity("u-1")));
        }

        @Override
        public String describe(Nothing parameters, Identity target) {
            return "Change " + target.uid();
        }

        @Override
        public Uni<ToolResult> fire(Nothing parameters, Identity target, ToolContext context) {
            return Uni.createFrom().item(new Done("Changed"));
        }

        @Override
        public Uni<Settlement> settle(Nothing parameters, Identity target, ToolContext context) {
            return Uni.createFrom().item(new Settlement.StillUnknown("Not asked"));
        }
    }
}
