package io.infraai.persistence.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaVersionTest {

    private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__\\w+\\.sql");

    @Test
    void whatIsNeededIsTheNewestMigration() throws IOException {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            var newest = files.map(file -> MIGRATION.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(name -> Integer.parseInt(name.group(1)))
                    .max();

            assertThat(SchemaVersion.NEEDED).isEqualTo(newest.orElseThrow());
        }
    }

    @Test
    void anOlderSchemaIsToBeMigrated() {
        assertThat(new SchemaVersion(12, 11).objection(13)).get().asString().contains("run this release's migration");
        assertThat(SchemaVersion.UNTOLD.objection(13)).isPresent();
    }

    @Test
    void aNewerSchemaIsNoReasonUnlessItSaysSo() {
        assertThat(new SchemaVersion(20, 11).objection(13)).isEmpty();
        assertThat(new SchemaVersion(20, 13).objection(13)).isEmpty();
        assertThat(new SchemaVersion(20, 14).objection(13)).get().asString().contains("replace it");
    }
}
