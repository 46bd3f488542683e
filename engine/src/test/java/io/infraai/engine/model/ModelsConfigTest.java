package io.infraai.engine.model;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.infraai.testkit.model.Reply;
import io.infraai.testkit.model.ScriptedOpenAi;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

class ModelsConfigTest {

    @TempDir
    Path files;

    @Test
    void withoutConfigurationTheModelIsTheOneOfThisProcess() {
        var config = Asking.config(Map.of());

        assertThat(config.order()).containsExactly("offline");
        assertThat(config.patience()).isEqualTo(Duration.ofSeconds(14));
    }

    @Test
    void modelsAreBoundedByDefault() {
        var models = Asking.config(Map.of("infraai.models.primary.provider", "openai"))
                .byName();
        var model = requireNonNull(models.get("primary"));

        assertThat(model.baseUrl()).isEmpty();
        assertThat(model.keyFile()).isEmpty();
        assertThat(model.key()).isEmpty();
        assertThat(model.plainHttp()).isFalse();
        assertThat(model.temperature()).isEmpty();
        assertThat(model.maxOutputTokens()).isEqualTo(4_096);
        assertThat(model.firstToken()).isEqualTo(Duration.ofSeconds(10));
        assertThat(model.nextToken()).isEqualTo(Duration.ofSeconds(15));
        assertThat(model.concurrency()).isEqualTo(100);
        assertThat(model.attempts()).isEqualTo(2);
        assertThat(model.breakerFailures()).isEqualTo(5);
        assertThat(model.breakerDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(model.priceIn()).isEqualTo(BigDecimal.ZERO);
        assertThat(model.priceOut()).isEqualTo(BigDecimal.ZERO);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://models.example/v1, isn't http:// or https://",
        "https://me:pass@models.example/v1, isn't http:// or https://",
        "https://models.example/v1?key=x, isn't http:// or https://",
        "http://models.example/v1, unencrypted"
    })
    void anAddressThatCannotBeAskedIsSaid(String url, String says) {
        try (var asking = Asking.only(url)) {
            var failed = asking.ask().failed();

            assertThat(failed.reason()).isEqualTo(ModelFailure.NOT_CONFIGURED);
            assertThat(failed.message())
                    .contains(says, "infraai.models.primary.")
                    .doesNotContain("pass@");
        }
    }

    @Test
    void aModelWithoutTheProvidersNameForItIsSaid() {
        try (var asking = new Asking(Map.of("infraai.models.order", "openai"), Map.of())) {
            assertThat(asking.ask().failed().message()).contains("set infraai.models.openai.model");
        }
    }

    @Test
    void aKeyIsReadFromItsFileForEveryRequest() throws Exception {
        var file = Files.writeString(files.resolve("key"), "first\n");
        try (var server = ScriptedOpenAi.of(Reply.text("Yes."));
                var asking = Asking.only(server.url(), "primary.key-file", file.toString())) {
            asking.ask();
            Files.writeString(file, "second\n");
            asking.ask();

            assertThat(server.requests())
                    .extracting(asked -> asked.headers().get("authorization"))
                    .containsExactly("Bearer first", "Bearer second");
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "'two\nlines'"})
    void aFileWithoutAKeyIsSaid(String content) throws Exception {
        var file = Files.writeString(files.resolve("key"), content);
        try (var server = ScriptedOpenAi.of(Reply.text("Yes."));
                var asking = Asking.only(server.url(), "primary.key-file", file.toString())) {
            var failed = asking.ask().failed();

            assertThat(failed.reason()).isEqualTo(ModelFailure.NOT_CONFIGURED);
            assertThat(failed.message())
                    .contains("infraai.models.primary.key-file")
                    .doesNotContain(file.toString());
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void twoKeysAreOneTooMany() {
        try (var server = ScriptedOpenAi.of(Reply.text("Yes."));
                var asking = Asking.only(server.url(), "primary.key", "s3cr3t", "primary.key-file", files.toString())) {
            assertThat(asking.ask().failed().message()).contains("two keys").doesNotContain("s3cr3t");
        }
    }
}
