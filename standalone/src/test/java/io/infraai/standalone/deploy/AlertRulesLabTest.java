package io.infraai.standalone.deploy;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules, as Prometheus itself reads and evaluates them. */
@Tag("lab")
class AlertRulesLabTest {

    private static final Path PROMETHEUS = Path.of("..", "deploy", "prometheus");

    @Test
    void everyRuleIsWellFormed() {
        assertThat(promtool("check", "rules", "rules.yaml")).contains("SUCCESS");
    }

    @Test
    void eachFiresWhenItShouldAndNotOtherwise() {
        assertThat(promtool("test", "rules", "rules_test.yaml")).contains("SUCCESS");
    }

    private static String promtool(String... arguments) {
        RealPeer.assumeInstalled("promtool");
        return Program.run(
                        "promtool",
                        arguments[0],
                        arguments[1],
                        PROMETHEUS.resolve(arguments[2]).toString())
                .good();
    }
}
