package io.infraai.standalone.deploy;

import java.nio.file.Path;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.infraai.testkit.lab.RealPeer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The chart's output against the types of today's Kubernetes, and of the operators whose kinds it has; no server is asked. */
@Tag("lab")
class ChartTypesLabTest {

    static final String TYPES = Path.of("..", "lab", "schemas.sh").toString();

    @BeforeAll
    static void look() {
        RealPeer.assumeInstalled("helm", "node");
        assumeTrue(
                Program.run(TYPES, "present").exit() == 0,
                "The types aren't here; ./infraai lab tells how to get them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "production", "hpa", "namespaced", "sentinel", "secrets", "cluster", "demo"})
    void everyProfileFitsThem(String profile) {
        assertThat(Program.fed(RenderedChart.of(profile, "infraai"), TYPES, "check")
                        .good())
                .contains(" 0 complaints");
    }

    @ParameterizedTest
    @CsvSource({
        "maxReplicaCount,maxReplicas",
        "enableServiceLinks,enableServiceLynx",
        "'lagCount: \"500\"','lagCount: 500'",
        "maxUnavailable: 1,maxUnavailble: 1",
        "jobLabel,jobLable"
    })
    void aFieldThatIsWrittenWrongIsNoticed(String right, String wrong) {
        var manifests = RenderedChart.of("production", "infraai");
        assertThat(manifests).contains(right);

        assertThat(Program.fed(manifests.replace(right, wrong), TYPES, "check").exit())
                .isNotZero();
    }

    @Test
    void aMistakeInAnExternalSecretIsNoticed() {
        var manifests = RenderedChart.of("secrets", "infraai");

        assertThat(Program.fed(manifests.replace("remoteRef:", "remoteReference:"), TYPES, "check")
                        .exit())
                .isNotZero();
    }
}
