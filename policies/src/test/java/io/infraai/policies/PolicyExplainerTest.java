package io.infraai.policies;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PolicyExplainerTest {

    private final PolicyExplainer explainer = new PolicyExplainer();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"labels\": {\"alertname\": \"A\", \"severity\": \"critical\"}}|severity=\"warning\" is not \"critical\"",
                "{\"match\": \"severity=~\\\"crit.*\\\"\"}|severity=\"warning\" doesn't match \"crit.*\"",
                "{\"match\": \"severity!=\\\"warning\\\"\"}|severity=\"warning\" is \"warning\"",
                "{\"annotation\": \"a\", \"value\": \"b\"}|annotation a=\"\" is not \"b\"",
                "{\"status\": \"resolved\"}|the alert is firing, not resolved",
                "{\"firing_for\": \"1h\"}|it has fired since 2026-03-04T11:50:00Z, not yet for 1h",
                "{\"not\": {\"label\": \"alertname\", \"value\": \"A\"}}|what must not hold does: alertname=\"A\"",
                "{\"any\": [{\"label\": \"a\", \"value\": \"b\"}, {\"label\": \"c\", \"value\": \"d\"}]}|none of 2 alternatives holds, the first since a=\"\" is not \"b\"",
                "{\"expr\": \"labels.severity == 'x'\"}|the expression is false: labels.severity == 'x'",
                "{\"expr\": \"labels.nope == 'x'\"}|key 'nope' is not present",
                "{\"during\": {\"days\": [\"sun\"], \"zone\": \"UTC\"}}|it is 2026-03-04T12:00 in UTC, outside of [SUNDAY]",
            })
    void theFirstPartThatFailsIsNamed(String condition, String reason) {
        var alert = Samples.alert("alertname", "A", "severity", "warning");

        assertThat(explainer.whyNot(Samples.condition(condition), alert, Samples.NOW))
                .hasValueSatisfying(text -> assertThat(text).contains(reason));
    }

    @Test
    void whatHoldsNeedsNoExplanation() {
        var alert = Samples.alert("alertname", "A");

        assertThat(explainer.whyNot(Samples.condition("{\"labels\": {\"alertname\": \"A\"}}"), alert, Samples.NOW))
                .isEmpty();
    }
}
