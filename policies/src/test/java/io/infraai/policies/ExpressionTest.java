package io.infraai.policies;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.infraai.policies.Samples.alert;
import static io.infraai.policies.Samples.conditionFault;
import static io.infraai.policies.Samples.holds;
import static org.assertj.core.api.Assertions.assertThat;

class ExpressionTest {

    private static String expr(String cel) {
        return JsonNodeFactory.instance.objectNode().put("expr", cel).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "labels.severity == 'critical'; true",
                "labels['severity'].startsWith('crit'); true",
                "'team' in labels; false",
                "int(labels.replicas) > 2; true",
                "now - starts_at >= duration('10m'); true",
                "now - starts_at > duration('10m'); false",
                "status == 'firing' && size(annotations) == 0; true",
                "labels.exists(name, name.startsWith('sev')); true",
                "labels.missing == 'x'; false",
                "labels.missing != 'x'; false",
                "int(labels.severity) > 0; false",
                "labels.severity.matches('(a+)+$'); false",
            })
    void expressionsAreAnsweredFromTheAlert(String cel, boolean expected) {
        assertThat(holds(expr(cel), alert("severity", "critical", "replicas", "3")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"labels.severity", "1 + 1", "label.severity == 'x'", "status ==", "now > 5", ""})
    void whatIsNoBooleanExpressionIsRefused(String cel) {
        var fault = conditionFault(expr(cel));

        assertThat(fault.path()).isEqualTo("/condition/expr");
        assertThat(fault.message()).contains("no boolean expression of CEL: column");
    }

    @Test
    void anExpressionThatFailsMakesNoPolicyMatch() {
        var failing = expr("labels.missing == 'x'");

        assertThat(holds("{\"not\": " + failing + "}", alert("a", "b"))).isFalse();
        assertThat(holds("{\"not\": {\"not\": " + failing + "}}", alert("a", "b")))
                .isFalse();
        assertThat(holds("{\"any\": [" + failing + ", {\"label\": \"a\", \"value\": \"b\"}]}", alert("a", "b")))
                .isTrue();
    }

    @Test
    void expressionsHaveALimit() {
        assertThat(conditionFault(expr("status == '" + "x".repeat(2_048) + "'")).message())
                .contains("2048");
    }

    @Test
    void anExpressionThatLoopsTooLongDoesNotHold() {
        var ten = "[1,2,3,4,5,6,7,8,9,10]";
        var cel = "%s.all(a, %s.all(b, %s.all(c, %s.all(d, true))))".formatted(ten, ten, ten, ten);

        assertThat(holds(expr(cel), alert("a", "b"))).isFalse();
    }
}
