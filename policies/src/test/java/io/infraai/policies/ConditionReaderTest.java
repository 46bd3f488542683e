package io.infraai.policies;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.infraai.contracts.alert.AlertStatus;
import io.infraai.contracts.policy.Condition.AllOf;
import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.Condition.StatusIs;
import io.infraai.contracts.policy.MatchOperator;

import static io.infraai.policies.Samples.alert;
import static io.infraai.policies.Samples.condition;
import static io.infraai.policies.Samples.conditionFault;
import static io.infraai.policies.Samples.holds;
import static org.assertj.core.api.Assertions.assertThat;

class ConditionReaderTest {

    @Test
    void theSeedsThreeShapesTogetherAreAConjunction() {
        var read = condition("""
                {"labels": {"alertname": "A"}, "label": "team", "value": "x", "status": "resolved"}""");

        assertThat(read)
                .isEqualTo(new AllOf(List.of(
                        new LabelMatch("alertname", MatchOperator.EQUAL, "A"),
                        new LabelMatch("team", MatchOperator.EQUAL, "x"),
                        new StatusIs(AlertStatus.RESOLVED))));
    }

    @Test
    void labelsAndLabelOnTheSameNameBothCount() {
        var both = """
                {"label": "alertname", "value": "X", "labels": {"alertname": "Y"}}""";

        assertThat(holds(both, alert("alertname", "X"))).isFalse();
    }

    @Test
    void withoutAStatusFiringIsMeant() {
        var condition = """
                {"labels": {"alertname": "A"}}""";

        assertThat(holds(condition, alert("alertname", "A"))).isTrue();
        assertThat(holds(condition, alert(AlertStatus.RESOLVED, "alertname", "A")))
                .isFalse();
    }

    @Test
    void aStatusWithinAnyOrNotCountsAsSaid() {
        var any = """
                {"labels": {"alertname": "A"}, "any": [{"status": "firing"}, {"status": "resolved"}]}""";
        var not = """
                {"labels": {"alertname": "A"}, "not": {"status": "firing"}}""";

        assertThat(holds(any, alert(AlertStatus.RESOLVED, "alertname", "A"))).isTrue();
        assertThat(holds(not, alert(AlertStatus.RESOLVED, "alertname", "A"))).isTrue();
        assertThat(holds(not, alert("alertname", "A"))).isFalse();
    }

    @Test
    void anExpressionThatNamesTheStatusCountsAsSaid() {
        var condition = """
                {"expr": "status == 'resolved'"}""";

        assertThat(holds(condition, alert(AlertStatus.RESOLVED, "alertname", "A")))
                .isTrue();
    }

    @Test
    void aMissingLabelComparesAsTheEmptyString() {
        var condition = """
                {"label": "team", "value": ""}""";

        assertThat(holds(condition, alert("alertname", "A"))).isTrue();
        assertThat(holds(condition, alert("team", ""))).isTrue();
        assertThat(holds(condition, alert("team", "x"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"a", "'A '", "' A'", "Á"})
    void comparisonIsExact(String value) {
        assertThat(holds("""
                {"labels": {"alertname": "A"}}""", alert("alertname", value))).isFalse();
    }

    @Test
    void unicodeIsNotNormalised() {
        assertThat(holds("""
                {"labels": {"alertname": "\\u00e9"}}""", alert("alertname", "e\u0301"))).isFalse();
    }

    @Test
    void anAnnotationIsComparedWithItsValue() {
        var condition = """
                {"annotation": "runbook", "value": "r1"}""";
        var annotated = Samples.alert(AlertStatus.FIRING, Samples.labels(), Samples.labels("runbook", "r1"));

        assertThat(holds(condition, annotated)).isTrue();
        assertThat(holds(condition, alert("runbook", "r1"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|/condition|empty",
                "{\"labels\": {}}|/condition/labels|empty",
                "{\"labels\": {\"\": \"x\"}}|/condition/labels/|empty",
                "{\"labels\": []}|/condition/labels|must be an object, not a list",
                "{\"labels\": \"A\"}|/condition/labels|must be an object, not a string",
                "{\"labels\": {\"alertname\": null}}|/condition/labels/alertname|not null",
                "{\"labels\": {\"alertname\": 7}}|/condition/labels/alertname|not a number",
                "{\"labels\": {\"alertname\": true}}|/condition/labels/alertname|not a boolean",
                "{\"labels\": {\"a/b\": [\"A\"]}}|/condition/labels/a~1b|not a list",
                "{\"labels\": {\"alertname\": {}}}|/condition/labels/alertname|not an object",
                "{\"label\": \"a\"}|/condition/value|missing",
                "{\"value\": \"a\"}|/condition/value|stands alone",
                "{\"label\": null, \"value\": \"a\"}|/condition/label|not null",
                "{\"label\": \"a\", \"value\": 5}|/condition/value|not a number",
                "{\"label\": \"\", \"value\": \"a\"}|/condition/label|empty",
                "{\"annotation\": \"a\"}|/condition/value|missing",
                "{\"label\": \"a\", \"annotation\": \"b\", \"value\": \"c\"}|/condition/label|share one",
                "{\"status\": \"Firing\"}|/condition/status|did you mean \"firing\"?",
                "{\"status\": \"active\"}|/condition/status|firing, resolved",
                "{\"status\": null}|/condition/status|not null",
                "{\"lables\": {\"a\": \"b\"}}|/condition/lables|did you mean \"labels\"?",
                "{\"Labels\": {\"a\": \"b\"}}|/condition/Labels|did you mean \"labels\"?",
                "{\"alertname\": \"b\"}|/condition/alertname|did you mean \"labels\": {\"alertname\"",
                "{\"match_all\": true}|/condition/match_all|unknown condition",
                "{\"all\": []}|/condition/all|empty",
                "{\"any\": {}}|/condition/any|must be a list",
                "{\"any\": [{}]}|/condition/any/0|empty",
                "{\"any\": [\"x\"]}|/condition/any/0|must be an object, not a string",
                "{\"not\": {}}|/condition/not|empty",
                "{\"not\": []}|/condition/not|must be an object",
                "{\"firing_for\": 5}|/condition/firing_for|must be a string",
                "{\"firing_for\": \"5 minutes\"}|/condition/firing_for|duration such as",
                "{\"firing_for\": \"0s\"}|/condition/firing_for|between",
                "{\"firing_for\": \"\"}|/condition/firing_for|duration such as",
                "[]|/condition|must be an object, not a list",
                "null|/condition|must be an object, not null",
                "\"alertname\"|/condition|must be an object, not a string",
            })
    void whatCannotWorkIsRefusedWithItsPath(String condition, String path, String message) {
        var fault = conditionFault(condition);

        assertThat(fault.path()).isEqualTo(path);
        assertThat(fault.message()).contains(message);
    }

    @Test
    void everyFaultIsToldAtOnce() {
        assertThat(Samples.faults(Samples.withCondition("""
                {"lables": {"a": "b"}, "status": "on", "any": []}"""))).hasSize(3);
    }

    @Test
    void nestingIsBounded() {
        assertThat(conditionFault("{\"not\": ".repeat(20) + "{\"status\": \"firing\"}" + "}".repeat(20))
                        .message())
                .contains("deeper than 16");
        assertThat(condition("{\"not\": ".repeat(15) + "{\"status\": \"firing\"}" + "}".repeat(15)))
                .isNotNull();
    }

    @Test
    void theNumberOfConditionsIsBounded() {
        var many = new StringBuilder("{\"any\": [");
        many.repeat("{\"label\": \"a\", \"value\": \"b\"},", 120).append("{\"status\": \"firing\"}]}");

        assertThat(conditionFault(many.toString()).message()).contains("at most 100");
    }

    @Test
    void firingForCountsFromTheStart() {
        assertThat(holds("{\"firing_for\": \"10m\"}", alert("a", "b"))).isTrue();
        assertThat(holds("{\"firing_for\": \"10m1s\"}", alert("a", "b"))).isFalse();
    }

    @Test
    void allAnyAndNotNest() {
        var condition = """
                {"all": [{"label": "a", "value": "1"}, {"any": [{"label": "b", "value": "2"}, {"not": {"label": "c", "value": "3"}}]}]}""";

        assertThat(holds(condition, alert("a", "1", "c", "3"))).isFalse();
        assertThat(holds(condition, alert("a", "1", "b", "2", "c", "3"))).isTrue();
        assertThat(holds(condition, alert("a", "1"))).isTrue();
        assertThat(holds(condition, alert("b", "2"))).isFalse();
    }
}
