package io.infraai.adapters.alertmanager;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MatcherTest {

    @Test
    void allFourOperatorsAreReadAndWritten() {
        var text = "a=\"1\", b!=\"2\", c=~\"3|4\", d!~\"5, 6\"";

        var matchers = Matcher.parse("{" + text + "}").orElseThrow();

        assertThat(matchers)
                .containsExactly(
                        new Matcher("a", false, true, "1"),
                        new Matcher("b", false, false, "2"),
                        new Matcher("c", true, true, "3|4"),
                        new Matcher("d", true, false, "5, 6"));
        assertThat(String.join(", ", matchers.stream().map(Matcher::toString).toList()))
                .isEqualTo(text);
    }

    @Test
    void aValueKeepsItsQuotesAndLines() {
        var matcher = new Matcher("path", false, true, "C:\\new \"disk\"\nnext");

        assertThat(Matcher.parse(matcher.toString())).contains(List.of(matcher));
    }

    @Test
    void whatIsNoMatcherIsNotRead() {
        for (var text : new String[] {
            "", "{}", "a", "a=", "a=1", "a=\"1\" b=\"2\"", "a=\"1", "a==\"1\"", "1a=\"1\"", "a=\"\\x\"", ",a=\"1\""
        }) {
            assertThat(Matcher.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void onlyAnEqualityWithAValueNarrows() {
        assertThat(Matcher.parse("a=\"1\"").orElseThrow().getFirst().narrows()).isTrue();
        for (var text : new String[] {"a=\"\"", "a=\" \"", "a=~\".*\"", "a!=\"1\"", "a!~\"1\""}) {
            assertThat(Matcher.parse(text).orElseThrow().getFirst().narrows())
                    .as(text)
                    .isFalse();
        }
    }
}
