package io.infraai.policies;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.policy.Condition.LabelMatch;
import io.infraai.contracts.policy.MatchOperator;

import static io.infraai.policies.Samples.alert;
import static io.infraai.policies.Samples.conditionFault;
import static io.infraai.policies.Samples.holds;
import static org.assertj.core.api.Assertions.assertThat;

class MatcherTest {

    private static String match(String matcher) {
        return JsonNodeFactory.instance.objectNode().put("match", matcher).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "severity=\"critical\"; true",
                "severity = critical; true",
                "severity!=\"critical\"; false",
                "severity=~\"crit.*\"; true",
                "severity=~\"crit\"; false",
                "severity=~\"ritical\"; false",
                "severity=~\"warning|critical\"; true",
                "severity=~\"warn|crit\"; false",
                "severity!~\"crit.*\"; false",
                "severity=~\"(?i)CRITICAL\"; true",
                "severity=~\"criticala?\"; true",
                "severity=~\"criticall*\"; true",
                "severity=~\"crit|x.*\"; false",
                "team=\"\"; true",
                "team=~\".*\"; true",
                "team=~\".+\"; false",
                "team!~\"x|y\"; true",
                "{severity=\"critical\", alertname=~\"A.*\"}; true",
                "{severity=\"critical\", alertname=~\"B.*\",}; false",
                "severity=\"critical\",alertname=\"A1\"; true",
                "{\"severity\"=\"critical\"}; true",
            })
    void matchersMeanWhatTheyMeanInAlertmanager(String matcher, boolean expected) {
        assertThat(holds(match(matcher), alert("severity", "critical", "alertname", "A1")))
                .isEqualTo(expected);
    }

    @Test
    void quotedValuesKnowThreeEscapes() {
        assertThat(MatcherSyntax.parse("a=\"x\\\"y\\\\z\\n\\d\""))
                .isEqualTo(List.of(new LabelMatch("a", MatchOperator.EQUAL, "x\"y\\z\n\\d")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "severity",
                "severity=",
                "=\"x\"",
                "severity==\"x\"",
                "severity=\"x",
                "{severity=\"x\"",
                "severity=\"x\"}",
                "a=\"b\" c=\"d\"",
                "{a=\"b\"} x",
                ",a=\"b\"",
                "a=~\"a(?=b)\"",
                "a=~\"(x)\\1\"",
                "a=~\"(\"",
                "a=~\"((x{100}){100}){100}\"",
                "a=~\"*\""
            })
    void badMatchersAreRefusedAtTheirPath(String matcher) {
        assertThat(conditionFault(match(matcher)).path()).isEqualTo("/condition/match");
    }

    @Test
    void thePatternParserSpeaksForItself() {
        assertThat(conditionFault(match("a=~\"x(?=y)\"")).message()).contains("invalid or unsupported Perl syntax");
    }

    @Test
    void patternsHaveALimit() {
        assertThat(conditionFault(match("a=~\"" + "x".repeat(513) + "\"")).message())
                .contains("512");
    }

    @Test
    void aPatternThatHangsOthersIsLinearHere() {
        var pattern = TextPattern.compile("(a+)+$");
        var text = "a".repeat(50_000) + "!";
        var started = System.nanoTime();

        assertThat(pattern.matches(text)).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({"ab?c, ac, true", "ab*, a, true", "x😀?, x, true", "ab{0}, a, true", "ab+, a, false", "'', '', true"})
    void theFixedBeginningIsNoMoreThanWhatMustBeThere(String pattern, String text, boolean expected) {
        assertThat(TextPattern.compile(pattern).matches(text)).isEqualTo(expected);
    }
}
