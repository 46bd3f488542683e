package io.infraai.policies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.infraai.policies.PolicyTemplate.Filled;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether the templates fit the real tools is looked at where those are: in the worker's tests. */
class PolicyLibraryTest {

    private static final Path FOLDER = Path.of("src/main/resources/policy-templates");
    private static final Path PAGE = Path.of("../docs/policies.md");
    private static final Pattern TABLE =
            Pattern.compile("(?<=<!-- templates -->\n)(.*?)(?=<!-- end -->)", Pattern.DOTALL);
    private static final Pattern GAP = Pattern.compile("\\{\\{([a-z_]+)}}");

    private static final PolicyLibrary LIBRARY = PolicyLibrary.load();

    static List<PolicyTemplate> templates() {
        return LIBRARY.all();
    }

    @Test
    void theIndexNamesEveryFile() throws IOException {
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> !file.equals("index.json")))
                    .containsExactlyInAnyOrderElementsOf(LIBRARY.all().stream()
                            .map(template -> template.name() + ".json")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyGapHasItsParameterAndEveryParameterItsGap(PolicyTemplate template) {
        assertThat(GAP.matcher(template.policy().toString())
                        .results()
                        .map(found -> found.group(1))
                        .distinct())
                .as(template.name())
                .containsExactlyInAnyOrderElementsOf(template.parameters().stream()
                        .map(PolicyTemplate.Parameter::name)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("templates")
    void everyTemplateObservesAndSaysWhyItIsBounded(PolicyTemplate template) {
        assertThat(template.policy().path("mode").asText()).isEqualTo("observe");
        assertThat(template.policy().path("limits")).isNotEmpty();
        assertThat(template.why()).isNotBlank();
        assertThat(filled(template)).isInstanceOf(Filled.Ready.class);
    }

    @Test
    void gapsAreFilledWithTextsAndNumbersAndWithNothingElse() {
        var template = LIBRARY.find("saturation-scale-out").orElseThrow();
        var values = template.exampleValues();

        var policy = ((Filled.Ready) template.fill(values)).policy();
        assertThat(policy.at("/action/params/replicas").isInt()).isTrue();
        assertThat(policy.at("/condition/promql/query").asText())
                .isEqualTo(
                        "max(request_saturation{deployment=\"${label.deployment}\",namespace=\"${label.namespace}\"})");

        for (var wrong : new String[] {"x\"", "a\\", "{{b}}", "${label.x}", "", "a\u0000"}) {
            assertThat(refused(template, values.deepCopy().put("alert", wrong)))
                    .as(wrong)
                    .contains("/alert");
        }
        assertThat(refused(template, values.deepCopy().put("replicas", "6"))).containsExactly("/replicas");
        assertThat(refused(template, values.deepCopy().put("replica", 6))).containsExactly("/replica");
        assertThat(refused(template, values.deepCopy().without(List.of("above"))))
                .containsExactly("/above");
    }

    @Test
    void thePageListsTheLibrary() throws IOException {
        var page = Files.readString(PAGE);
        var table = LIBRARY.all().stream().map(PolicyLibraryTest::row).collect(Collectors.joining("\n")) + "\n";
        var head = "| template | fits | does | fill in |\n|---|---|---|---|\n";
        if (System.getenv("INFRAAI_WRITE_DOCS") != null) {
            Files.writeString(PAGE, TABLE.matcher(page).replaceFirst(found -> Matcher.quoteReplacement(head + table)));
            page = Files.readString(PAGE);
        }

        assertThat(TABLE.matcher(page).results().map(found -> found.group(1))).containsExactly(head + table);
    }

    private static String row(PolicyTemplate template) {
        var alerts = template.alerts().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        var parameters = template.parameters().stream()
                .map(each -> each.standard() == null ? "`" + each.name() + "`" : "(`" + each.name() + "`)")
                .collect(Collectors.joining(", "));
        var tools = template.policy().findValuesAsText("tool").stream()
                .map(each -> "`" + each + "`")
                .collect(Collectors.joining(", then "));
        return "| `%s` | %s | %s: %s | %s |"
                .formatted(
                        template.name(),
                        alerts.isEmpty() ? "an alert of yours" : alerts,
                        template.title(),
                        tools,
                        parameters.isEmpty() ? "\u2013" : parameters);
    }

    private static Filled filled(PolicyTemplate template) {
        return template.fill(template.exampleValues());
    }

    private static List<String> refused(PolicyTemplate template, ObjectNode values) {
        return ((Filled.Refused) template.fill(values))
                .faults().stream().map(PolicyReading.Fault::path).toList();
    }
}
