package io.infraai.policies;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.contracts.alert.Alert;
import io.infraai.contracts.alert.AlertStatus;
import io.infraai.policies.Template.Rendered;
import io.infraai.policies.Template.Unresolved;

import static org.assertj.core.api.Assertions.assertThat;

class TemplateTest {

    private static final Alert ALERT = Samples.alert(
            AlertStatus.FIRING,
            Samples.labels(
                    "pod",
                    "web-0",
                    "app.kubernetes.io/name",
                    "web",
                    "empty",
                    "",
                    "blank",
                    " \t",
                    "evil",
                    "${label.pod}",
                    "quoted",
                    "a\"b\\c\n'd`",
                    "dollar",
                    "$1\\"),
            Samples.labels("summary", "It is down"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${label.pod}|web-0",
                "a-${label.pod}-${label.pod}-b|a-web-0-web-0-b",
                "${label.app.kubernetes.io/name}|web",
                "${annotation.summary}|It is down",
                "${alert.status} ${alert.fingerprint} ${alert.starts_at}|firing f1 2026-03-04T11:50:00Z",
                "${env.HOME} ${foo} #{x} {{y}} ${jndi:z} $${} ${label.}|${env.HOME} ${foo} #{x} {{y}} ${jndi:z} $${} ${label.}",
                "${alert.labels}|${alert.labels}",
                "${Label.pod}|${Label.pod}",
                "plain|plain",
                "${label.dollar}|$1\\",
            })
    void placeholdersAreFilledInOnePass(String template, String expected) {
        assertThat(Template.parse(template).render(ALERT)).isEqualTo(new Rendered(expected));
    }

    @Test
    void whatAValueHoldsIsNeverExpandedAgain() {
        assertThat(Template.parse("${label.evil}").render(ALERT)).isEqualTo(new Rendered("${label.pod}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${label.missing}", "x${label.empty}", "${label.blank}", "${annotation.pod}"})
    void aPlaceholderWithoutAValueIsUnresolved(String template) {
        assertThat(Template.parse(template).render(ALERT)).isInstanceOf(Unresolved.class);
    }

    @Test
    void anAlertMayLackAFingerprint() {
        var without = new Alert(AlertStatus.FIRING, Samples.labels(), Samples.labels(), Samples.NOW, null, null, null);

        assertThat(Template.parse("${alert.fingerprint}").render(without))
                .isEqualTo(new Unresolved("${alert.fingerprint}"));
    }

    @Test
    void noValueCanEndThePromQlStringItStandsIn() {
        assertThat(Template.parse("up{x=\"${label.quoted}\"}").renderPromQl(ALERT))
                .isEqualTo(new Rendered("up{x=\"a\\\"b\\\\c\\n\\x27d\\x60\"}"));
    }

    @Test
    void emptyTextStaysEmpty() {
        assertThat(Template.parse("").render(ALERT)).isEqualTo(new Rendered(""));
    }

    @Test
    void quotesAreFollowedThroughEscapes() {
        assertThat(Template.parse("a{b=\"x\\\"${label.pod}\", c='${label.pod}', d=`\\${label.pod}`} ${label.x}")
                        .placeholdersOutsideQuotes())
                .containsExactly("${label.x}");
    }
}
