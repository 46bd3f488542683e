package io.infraai.worker.execution;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.inject.Inject;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.infraai.adapters.tool.ToolCatalog;
import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.identity.TenantId;
import io.infraai.contracts.policy.Outcome;
import io.infraai.contracts.policy.PolicyMode;
import io.infraai.contracts.tool.ToolDescription;
import io.infraai.policies.ActionPlanner;
import io.infraai.policies.Evaluation;
import io.infraai.policies.PolicyEvaluator;
import io.infraai.policies.PolicyIndex;
import io.infraai.policies.PolicyLibrary;
import io.infraai.policies.PolicyReader;
import io.infraai.policies.PolicyReading;
import io.infraai.policies.PolicyTemplate;
import io.infraai.policies.PolicyTemplate.Filled;
import io.infraai.policies.ToolLookup;
import io.infraai.testkit.EmbeddedServices;

import static org.assertj.core.api.Assertions.assertThat;

/** The policy library's templates with the tools that there really are. */
@QuarkusTest
@QuarkusTestResource(EmbeddedServices.class)
@QuarkusTestResource(SimulatedPlatforms.class)
class PolicyTemplatesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than any template waits. */
    private static final Duration FIRING_FOR = Duration.ofHours(1);

    @Inject
    ToolCatalog catalog;

    private ToolLookup tools;

    @BeforeEach
    void knowTools() {
        var byName =
                catalog.descriptions().stream().collect(Collectors.toMap(ToolDescription::name, Function.identity()));
        tools = name -> Optional.ofNullable(byName.get(name));
    }

    @Test
    void everyTemplateIsAPolicyThatWorks() {
        for (var template : PolicyLibrary.load().all()) {
            assertThat(read(template, "observe")).as(template.name()).isInstanceOf(PolicyReading.Valid.class);
        }
    }

    @Test
    void everyTemplateActsOnItsExampleAndNotOnItsCounterexample() {
        for (var template : PolicyLibrary.load().all()) {
            assertThat(outcomes(template, "auto", template.example()))
                    .as(template.name())
                    .singleElement()
                    .satisfies(match -> {
                        assertThat(match.outcome()).isEqualTo(Outcome.DISPATCHED);
                        assertThat(match.action()).isNotNull();
                    });
            assertThat(outcomes(template, "observe", template.example()))
                    .as(template.name())
                    .extracting(Evaluation::outcome)
                    .containsExactly(Outcome.OBSERVED);
            assertThat(outcomes(template, "auto", template.counterexample()))
                    .as(template.name())
                    .isEmpty();
        }
    }

    @Test
    void noTemplateNamesAToolThatCannotBeUndone() {
        for (var template : PolicyLibrary.load().all()) {
            assertThat(template.policy().findValuesAsText("tool"))
                    .as(template.name())
                    .isNotEmpty()
                    .allSatisfy(tool -> assertThat(
                                    tools.find(tool).orElseThrow().risk().name())
                            .isIn("READS", "CHANGES"));
        }
    }

    private List<Evaluation> outcomes(PolicyTemplate template, String mode, ObjectNode alert) {
        var index = new PolicyIndex();
        index.put(((PolicyReading.Valid) read(template, mode)).policy());
        var sent = alert(alert);
        return new PolicyEvaluator(index, new ActionPlanner(tools, Set.of("kube-system")))
                .evaluate(sent, sent.startsAt().plus(FIRING_FOR));
    }

    private PolicyReading read(PolicyTemplate template, String mode) {
        var filled = (Filled.Ready) template.fill(template.exampleValues());
        return new PolicyReader(tools, PolicyMode.OBSERVE)
                .read(TenantId.DEFAULT, 1, 1, filled.policy().put("mode", mode));
    }

    private static Alert alert(ObjectNode json) {
        return new Alert(
                AlertStatus.valueOf(json.path("status").asText().toUpperCase(Locale.ROOT)),
                JSON.convertValue(json.path("labels"), new TypeReference<>() {}),
                Map.of(),
                Instant.parse(json.path("startsAt").asText()),
                null,
                null,
                null);
    }
}
