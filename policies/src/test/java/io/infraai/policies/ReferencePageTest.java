package io.infraai.policies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.infraai.policies.PolicyReading.Invalid;
import io.infraai.policies.PolicyReading.Valid;

import static org.assertj.core.api.Assertions.assertThat;

/** What the reference page shows must be true. */
class ReferencePageTest {

    static List<String> accepted() {
        return blocks("policy");
    }

    static List<String> refused() {
        return blocks("refused");
    }

    private static List<String> blocks(String kind) {
        try {
            var page = Files.readString(Path.of("../docs/policies.md"));
            return Pattern.compile("```json " + kind + "\n(.*?)```", Pattern.DOTALL)
                    .matcher(page)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePageHasBothKindsOfExamples() {
        assertThat(accepted()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(refused()).hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatThePageShowsIsAccepted(String policy) {
        assertThat(Samples.read(Samples.json(policy))).isInstanceOf(Valid.class);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatThePageSaysIsRefusedIs(String policy) {
        assertThat(Samples.read(Samples.json(policy))).isInstanceOf(Invalid.class);
    }
}
